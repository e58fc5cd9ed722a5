from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props

_NAMES = {
    "cidrBlock": "cidr",
    "default": "is-default",
    "dhcpOptionsId": "dhcp-options-id",
    "id": "vpc-id",
    "state": "state",
}
_ATTRIBUTES = {
    "enableDnsHostnames": "EnableDnsHostnames",
    "enableDnsSupport": "EnableDnsSupport",
    "enableNetworkAddressUsageMetrics": "EnableNetworkAddressUsageMetrics",
}


def get_vpc(ctx: Context, args: Props) -> Props:
    """A VPC by id, tags, range or whatever else tells it from others."""
    ec2 = ctx.client("ec2")
    found = _one.only(ec2.describe_vpcs(Filters=_one.filters(args, _NAMES))["Vpcs"], "EC2 VPC")
    identity, sixes = found["VpcId"], found.get("Ipv6CidrBlockAssociationSet") or []
    return {
        "arn": ctx.arn("ec2", f"vpc/{identity}"),
        "cidrBlock": found["CidrBlock"],
        "cidrBlockAssociations": [_association(item) for item in found["CidrBlockAssociationSet"]],
        "default": found["IsDefault"],
        "dhcpOptionsId": found.get("DhcpOptionsId", "default"),
        "filters": args.get("filters"),
        "id": identity,
        "instanceTenancy": found["InstanceTenancy"],
        "ipv6AssociationId": sixes[0]["AssociationId"] if sixes else "",
        "ipv6CidrBlock": sixes[0]["Ipv6CidrBlock"] if sixes else "",
        "ipv6CidrBlockAssociations": [_association(item, "Ipv6") for item in sixes],
        "mainRouteTableId": _main(ec2, identity),
        "ownerId": found["OwnerId"],
        "region": ctx.region,
        "state": found["State"],
        "tags": _one.tags(found),
        **{
            name: ec2.describe_vpc_attribute(VpcId=identity, Attribute=name)[api]["Value"]
            for name, api in _ATTRIBUTES.items()
        },
    }


def _association(item: Mapping[str, Any], version: str = "") -> Props:
    name, block = ("ipv6CidrBlock", "Ipv6CidrBlock") if version else ("cidrBlock", "CidrBlock")
    return {
        "associationId": item["AssociationId"],
        name: item[block],
        "state": item[f"{block}State"]["State"],
    }


def _main(ec2: Any, identity: str) -> str:
    wanted = [{"Name": "vpc-id", "Values": [identity]}, {"Name": "association.main", "Values": ["true"]}]
    return str(ec2.describe_route_tables(Filters=wanted)["RouteTables"][0]["RouteTableId"])
