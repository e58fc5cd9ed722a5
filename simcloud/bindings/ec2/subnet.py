from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import regions, tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.ec2._cidr import block_problems, cidr_problems
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class Subnet(Binding):
    """A subnet of a VPC, in one availability zone."""

    token = "aws:ec2/subnet:Subnet"
    service = "ec2"
    operation = "create_subnet"
    replaces = frozenset(
        {"vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native", "outpostArn"}
    )
    defaults = {
        "assignIpv6AddressOnCreation": False,
        "enableDns64": False,
        "enableResourceNameDnsARecordOnLaunch": False,
        "enableResourceNameDnsAaaaRecordOnLaunch": False,
        "ipv6Native": False,
        "mapPublicIpOnLaunch": False,
    }
    tagging = tagging.EC2
    references = (Reference("vpcId", "vpc"),)
    faults = {"InvalidSubnet.Conflict": "cidrBlock", "InvalidVpcID.NotFound": "vpcId"}

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "VpcId": new["vpcId"],
                "CidrBlock": new.get("cidrBlock"),
                "AvailabilityZone": new.get("availabilityZone"),
                "AvailabilityZoneId": new.get("availabilityZoneId"),
                "Ipv6CidrBlock": new.get("ipv6CidrBlock"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Subnet"]["SubnetId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        before = {**self.defaults, **old}
        if old and new.get("ipv6CidrBlock") != old.get("ipv6CidrBlock"):
            _replace_ipv6(ctx, identity, new.get("ipv6CidrBlock"))
        for name, attribute in _ATTRIBUTES.items():
            if new.get(name) != before.get(name):
                ctx.client("ec2").modify_subnet_attribute(
                    SubnetId=identity, **{attribute: {"Value": new[name]}}
                )

        kind = new.get("privateDnsHostnameTypeOnLaunch")
        if kind is not None and kind != old.get("privateDnsHostnameTypeOnLaunch"):
            ctx.client("ec2").modify_subnet_attribute(SubnetId=identity, PrivateDnsHostnameTypeOnLaunch=kind)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        subnet = ctx.client("ec2").describe_subnets(SubnetIds=[identity])["Subnets"][0]
        launch = subnet.get("PrivateDnsNameOptionsOnLaunch") or {}
        sixes = subnet.get("Ipv6CidrBlockAssociationSet") or []
        return {
            "arn": subnet["SubnetArn"],
            "vpcId": subnet["VpcId"],
            "cidrBlock": subnet["CidrBlock"],
            "availabilityZone": subnet["AvailabilityZone"],
            "availabilityZoneId": subnet["AvailabilityZoneId"],
            "mapPublicIpOnLaunch": subnet["MapPublicIpOnLaunch"],
            "assignIpv6AddressOnCreation": subnet["AssignIpv6AddressOnCreation"],
            "ownerId": subnet["OwnerId"],
            "enableDns64": bool(subnet.get("EnableDns64")),
            "enableResourceNameDnsARecordOnLaunch": bool(launch.get("EnableResourceNameDnsARecord")),
            "enableResourceNameDnsAaaaRecordOnLaunch": bool(launch.get("EnableResourceNameDnsAAAARecord")),
            "ipv6CidrBlock": sixes[0]["Ipv6CidrBlock"] if sixes else "",
            "ipv6CidrBlockAssociationId": sixes[0]["AssociationId"] if sixes else "",
            "privateDnsHostnameTypeOnLaunch": launch.get("HostnameType", "ip-name"),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_subnet(SubnetId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        cidr = new.get("cidrBlock")
        if isinstance(cidr, str):
            yield from _cidr_problems(ctx, cidr, new.get("vpcId"))
        elif cidr is None and new.get("ipv6Native") is not True and new.get("ipv4IpamPoolId") is None:
            yield Refusal("MissingParameter", "the subnet needs a cidrBlock.", "cidrBlock")
        yield from _zone_problems(ctx, new)
        yield from _six_problems(ctx, new)
        kind = new.get("privateDnsHostnameTypeOnLaunch")
        if isinstance(kind, str) and kind not in ("ip-name", "resource-name"):
            yield Refusal(
                "InvalidParameterValue",
                f"value {kind!r} is not one of: ip-name, resource-name",
                "privateDnsHostnameTypeOnLaunch",
            )


def _replace_ipv6(ctx: Context, identity: str, wanted: str | None) -> None:
    ec2 = ctx.client("ec2")
    subnet = ec2.describe_subnets(SubnetIds=[identity])["Subnets"][0]
    for association in subnet.get("Ipv6CidrBlockAssociationSet") or ():
        ec2.disassociate_subnet_cidr_block(AssociationId=association["AssociationId"])
    if wanted:
        ec2.associate_subnet_cidr_block(SubnetId=identity, Ipv6CidrBlock=wanted)


_ATTRIBUTES = {
    "mapPublicIpOnLaunch": "MapPublicIpOnLaunch",
    "assignIpv6AddressOnCreation": "AssignIpv6AddressOnCreation",
    "enableDns64": "EnableDns64",
    "enableResourceNameDnsARecordOnLaunch": "EnableResourceNameDnsARecordOnLaunch",
    "enableResourceNameDnsAaaaRecordOnLaunch": "EnableResourceNameDnsAAAARecordOnLaunch",
}


def _zone_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    known = regions.zones(ctx.region)
    for name, allowed in (("availabilityZone", known.keys()), ("availabilityZoneId", known.values())):
        zone = new.get(name)
        if isinstance(zone, str) and zone not in allowed:
            yield Refusal(
                "InvalidParameterValue",
                f"Value ({zone}) for parameter {name} is invalid. Subnets can currently only be created in the "
                f"following availability zones: {', '.join(allowed)}.",
                name,
            )
    if new.get("availabilityZone") is not None and new.get("availabilityZoneId") is not None:
        yield Refusal(
            "InvalidParameterCombination",
            "availabilityZone and availabilityZoneId cannot both be given.",
            "availabilityZoneId",
        )


def _six_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    six, vpc_id = new.get("ipv6CidrBlock"), new.get("vpcId")
    if six is None and new.get("assignIpv6AddressOnCreation") is True and new.get("ipv6IpamPoolId") is None:
        yield Refusal(
            "InvalidParameterCombination",
            "addresses can only be assigned in a subnet with an ipv6CidrBlock.",
            "assignIpv6AddressOnCreation",
        )
    if not isinstance(six, str):
        return
    problems = list(cidr_problems(six, "ipv6CidrBlock", 6))
    yield from problems
    if not problems and isinstance(vpc_id, str) and not _is_inside(ctx, six, vpc_id):
        yield Refusal("InvalidSubnet.Range", f"The CIDR '{six}' is not inside the VPC's.", "ipv6CidrBlock")


def _is_inside(ctx: Context, six: str, vpc_id: str) -> bool:
    wanted = ipaddress.IPv6Network(six)
    found = ctx.client("ec2").describe_vpcs(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])["Vpcs"]
    blocks = [block["Ipv6CidrBlock"] for vpc in found for block in vpc.get("Ipv6CidrBlockAssociationSet", ())]
    return not found or any(wanted.subnet_of(ipaddress.IPv6Network(block)) for block in blocks if block)


def _cidr_problems(ctx: Context, cidr: str, vpc_id: Any) -> Iterator[Refusal]:
    problems = list(block_problems(cidr, "InvalidSubnet.Range"))
    yield from problems
    if problems:
        return
    network = ipaddress.ip_network(cidr)
    vpcs = (
        ctx.client("ec2").describe_vpcs(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])
        if isinstance(vpc_id, str)
        else {}
    )
    for vpc in vpcs.get("Vpcs", ()):
        blocks = [ipaddress.ip_network(block["CidrBlock"]) for block in vpc["CidrBlockAssociationSet"]]
        if not any(network.subnet_of(block) for block in blocks):  # type: ignore[arg-type]
            yield Refusal(
                "InvalidSubnet.Range",
                f"The CIDR '{cidr}' is not inside the VPC's {', '.join(map(str, blocks))}.",
                "cidrBlock",
            )
