from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.policy_document import ENDPOINT, problems
from simcloud.refusal import Refusal
from simcloud.values import Props, same, without_none

from . import _endpoint_conflicts

_LISTS = {"routeTableIds": "RouteTableIds", "subnetIds": "SubnetIds", "securityGroupIds": "SecurityGroupIds"}


class VpcEndpoint(Binding):
    """A private way from a VPC to a service: by route (gateway) or by network interface."""

    token = "aws:ec2/vpcEndpoint:VpcEndpoint"
    service = "ec2"
    operation = "create_vpc_endpoint"
    parameters = {"PolicyDocument": "policy"}
    replaces = frozenset(
        {
            "resourceConfigurationArn",
            "serviceName",
            "serviceNetworkArn",
            "serviceRegion",
            "vpcEndpointType",
            "vpcId",
        }
    )
    defaults = {"vpcEndpointType": "Gateway"}
    tagging = tagging.EC2
    references = (
        Reference("vpcId", "vpc"),
        Reference("subnetIds[]", "subnet"),
        Reference("routeTableIds[]", "route_table"),
        Reference("securityGroupIds[]", "security_group"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        dns = new.get("dnsOptions") or {}
        return without_none(
            {
                "VpcId": new["vpcId"],
                "VpcEndpointType": new["vpcEndpointType"],
                "ServiceName": new.get("serviceName"),
                "PolicyDocument": new.get("policy"),
                "PrivateDnsEnabled": new.get("privateDnsEnabled"),
                "IpAddressType": new.get("ipAddressType"),
                "DnsOptions": without_none({"DnsRecordIpType": dns.get("dnsRecordIpType")}) or None,
                **{api: new.get(name) or None for name, api in _LISTS.items()},
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        for refusal in _endpoint_conflicts.problems(ctx, new):
            raise refusal
        return super().create(ctx, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["VpcEndpoint"]["VpcEndpointId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        changes: Params = {}
        for name, api in _LISTS.items():
            before, after = set(old.get(name) or ()), set(new.get(name) or ())
            changes |= {f"Add{api}": sorted(after - before), f"Remove{api}": sorted(before - after)}
        if new.get("policy") and not same(new["policy"], old.get("policy")):
            changes["PolicyDocument"] = new["policy"]
        if new.get("privateDnsEnabled") != old.get("privateDnsEnabled"):
            changes["PrivateDnsEnabled"] = bool(new.get("privateDnsEnabled"))
        changes = {key: value for key, value in changes.items() if value not in (None, [])}
        if old and changes:
            ctx.client("ec2").modify_vpc_endpoint(VpcEndpointId=identity, **changes)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_vpc_endpoints(VpcEndpointIds=[identity])["VpcEndpoints"][0]
        if found["State"] in ("deleted", "deleting"):
            return None
        prefix_list = _prefix_list(ctx, found["ServiceName"]) if found["VpcEndpointType"] == "Gateway" else {}
        return {
            "arn": ctx.arn("ec2", f"vpc-endpoint/{identity}"),
            "cidrBlocks": prefix_list.get("Cidrs", []),
            "dnsEntries": [_dns_entry(entry) for entry in found.get("DnsEntries", ())],
            "dnsOptions": given.get("dnsOptions") or {},
            "ipAddressType": given.get("ipAddressType") or ("ipv4" if found.get("SubnetIds") else ""),
            "networkInterfaceIds": found.get("NetworkInterfaceIds", []),
            "ownerId": found.get("OwnerId", ctx.account),
            "policy": found.get("PolicyDocument", ""),
            "prefixListId": prefix_list.get("PrefixListId", ""),
            "privateDnsEnabled": bool(found.get("PrivateDnsEnabled")),
            "requesterManaged": bool(found.get("RequesterManaged")),
            "routeTableIds": found.get("RouteTableIds", []),
            "securityGroupIds": [group["GroupId"] for group in found.get("Groups", ())],
            "serviceName": found["ServiceName"],
            "serviceRegion": given.get("serviceRegion") or ctx.region,
            "state": found["State"],
            "subnetConfigurations": given.get("subnetConfigurations") or [],
            "subnetIds": found.get("SubnetIds", []),
            "vpcEndpointType": found["VpcEndpointType"],
            "vpcId": found["VpcId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_vpc_endpoints(VpcEndpointIds=[identity])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        service = new.get("serviceName")
        if service is None and not (new.get("resourceConfigurationArn") or new.get("serviceNetworkArn")):
            yield Refusal("MissingParameter", "a service name is needed.", "serviceName")
        if isinstance(service, str) and not _is_known_service(ctx, service):
            yield Refusal(
                "InvalidServiceName", f"The Vpc Endpoint Service '{service}' does not exist", "serviceName"
            )
        yield from _kind_problems(new)
        yield from problems(new.get("policy"), "policy", ENDPOINT)
        yield from _subnet_problems(ctx, new)


def _kind_problems(new: Props) -> Iterator[Refusal]:
    kind, service = new.get("vpcEndpointType"), new.get("serviceName")
    # AWS: «Gateway endpoints», AWS PrivateLink guide: S3 and DynamoDB only; per reference notes, not verified.
    if kind == "Gateway" and isinstance(service, str) and not service.endswith((".s3", ".dynamodb")):
        yield Refusal(
            "InvalidParameter",
            f"Endpoint type (Gateway) does not match available service types ([Interface]) of {service}.",
            "vpcEndpointType",
        )
    wrong = {
        "Gateway": ("subnetIds", "securityGroupIds", "privateDnsEnabled"),
        "Interface": ("routeTableIds",),
    }
    for name in wrong.get(str(kind), ()):
        if new.get(name):
            yield Refusal("InvalidParameter", f"{name} does not go with endpoints of type {kind}.", name)


def _subnet_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    ids = [item for item in new.get("subnetIds") or () if isinstance(item, str)]
    wanted = [{"Name": "subnet-id", "Values": ids}]
    subnets = ctx.client("ec2").describe_subnets(Filters=wanted)["Subnets"] if ids else []
    zones = [subnet["AvailabilityZone"] for subnet in subnets]
    if len(zones) != len(set(zones)):
        yield Refusal(
            "DuplicateSubnetsInSameZone", "Found another VPC endpoint subnet in the same zone.", "subnetIds"
        )
    for subnet in subnets:
        if isinstance(new["vpcId"], str) and subnet["VpcId"] != new["vpcId"]:
            path = f"subnetIds[{(new.get('subnetIds') or []).index(subnet['SubnetId'])}]"
            text = f"The subnet {subnet['SubnetId']} does not belong to VPC {new['vpcId']}."
            yield Refusal("InvalidParameter", text, path)


def _is_known_service(ctx: Context, service: str) -> bool:
    if ".vpce." in service:
        return True
    if not service.startswith(("com.amazonaws.", "aws.")):
        return False
    if service in (f"com.amazonaws.{ctx.region}.s3", f"com.amazonaws.{ctx.region}.dynamodb"):
        # moto takes seconds to list the others.
        return True
    found = ctx.client("ec2").describe_vpc_endpoint_services()["ServiceNames"]
    return service in found or (
        service.startswith(f"com.amazonaws.{ctx.region}.") and service.rsplit(".", 1)[-1] in _MORE
    )


# Services that moto's list lacks; AWS: «AWS services that integrate with AWS PrivateLink»; not verified against AWS.
_MORE = frozenset({"bedrock-runtime", "ecs-telemetry", "ecs-agent", "guardduty-data", "rds-data", "xray"})


def _prefix_list(ctx: Context, service: str) -> dict[str, Any]:
    wanted = [{"Name": "prefix-list-name", "Values": [service]}]
    found = ctx.client("ec2").describe_prefix_lists(Filters=wanted)["PrefixLists"]
    return dict(found[0]) if found else {}


def _dns_entry(entry: Mapping[str, Any]) -> Props:
    return {"dnsName": entry.get("DnsName", ""), "hostedZoneId": entry.get("HostedZoneId", "")}
