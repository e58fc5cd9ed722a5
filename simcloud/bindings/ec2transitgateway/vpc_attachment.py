from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

from . import _subnets, _tables

OPTIONS = {
    "applianceModeSupport": "ApplianceModeSupport",
    "dnsSupport": "DnsSupport",
    "ipv6Support": "Ipv6Support",
    "securityGroupReferencingSupport": "SecurityGroupReferencingSupport",
}


class VpcAttachment(Binding):
    """A VPC at the hub, with one subnet in each zone that takes part."""

    token = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
    service = "ec2"
    operation = "create_transit_gateway_vpc_attachment"
    parameters = {f"Options.{api}": name for name, api in OPTIONS.items()}
    replaces = frozenset({"transitGatewayId", "vpcId"})
    defaults = {"applianceModeSupport": "disable", "dnsSupport": "enable", "ipv6Support": "disable"}
    tagging = tagging.EC2
    faults = {"DuplicateTransitGatewayAttachment": "vpcId", "DuplicateSubnetsInSameZone": "subnetIds"}
    references = (
        Reference("subnetIds[]", "subnet"),
        Reference("transitGatewayId", "transit_gateway"),
        Reference("vpcId", "vpc"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "TransitGatewayId": new["transitGatewayId"],
            "VpcId": new["vpcId"],
            "SubnetIds": new["subnetIds"],
            "Options": without_none({api: new.get(name) for name, api in OPTIONS.items()}),
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _modify(ctx, identity, new, old)
        _tables.follow(
            ctx,
            identity,
            new["transitGatewayId"],
            "Association",
            new.get("transitGatewayDefaultRouteTableAssociation"),
        )
        _tables.follow(
            ctx,
            identity,
            new["transitGatewayId"],
            "Propagation",
            new.get("transitGatewayDefaultRouteTablePropagation"),
        )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_transit_gateway_vpc_attachments(
            TransitGatewayAttachmentIds=[identity]
        )["TransitGatewayVpcAttachments"]
        if not found or found[0]["State"] in ("deleted", "deleting", "failed", "rejected"):
            return None
        hub, options = found[0]["TransitGatewayId"], found[0]["Options"]
        return {
            **{name: options.get(api) for name, api in OPTIONS.items()},
            "arn": ctx.arn("ec2", f"transit-gateway-attachment/{identity}"),
            "subnetIds": found[0]["SubnetIds"],
            "transitGatewayDefaultRouteTableAssociation": _tables.follows(ctx, identity, hub, "Association"),
            "transitGatewayDefaultRouteTablePropagation": _tables.follows(ctx, identity, hub, "Propagation"),
            "transitGatewayId": hub,
            "vpcId": found[0]["VpcId"],
            "vpcOwnerId": found[0]["VpcOwnerId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if new.get("subnetIds") == []:
            yield Refusal("MissingParameter", "at least one subnet is needed.", "subnetIds")
        yield from _subnets.problems(ctx, new.get("subnetIds"), new.get("vpcId"))


def _modify(ctx: Context, identity: str, new: Props, old: Props) -> None:
    before, after = set(old["subnetIds"]), set(new["subnetIds"])
    options = {api: new[name] for name, api in OPTIONS.items() if name in new and new[name] != old.get(name)}
    changes = {
        "AddSubnetIds": sorted(after - before),
        "RemoveSubnetIds": sorted(before - after),
        "Options": options,
    }
    changes = {name: value for name, value in changes.items() if value}
    if changes:
        ctx.client("ec2").modify_transit_gateway_vpc_attachment(
            TransitGatewayAttachmentId=identity, **changes
        )
