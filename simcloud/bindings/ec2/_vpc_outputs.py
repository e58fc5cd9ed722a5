"""What AWS says of a VPC, in the provider's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.context import Context
from simcloud.values import Props

ATTRIBUTES = {
    "enableDnsSupport": "EnableDnsSupport",
    "enableDnsHostnames": "EnableDnsHostnames",
    "enableNetworkAddressUsageMetrics": "EnableNetworkAddressUsageMetrics",
}


def read(ctx: Context, identity: str) -> Props:
    """Every property of the VPC."""
    ec2 = ctx.client("ec2")
    vpc = ec2.describe_vpcs(VpcIds=[identity])["Vpcs"][0]
    return {
        "arn": ctx.arn("ec2", f"vpc/{identity}"),
        "cidrBlock": vpc["CidrBlock"],
        "instanceTenancy": vpc["InstanceTenancy"],
        "dhcpOptionsId": vpc.get("DhcpOptionsId", "default"),
        "ownerId": vpc["OwnerId"],
        **_ipv6(vpc),
        **_attributes(ec2, identity),
        **_children(ec2, identity),
    }


def ipv6_blocks(vpc: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The IPv6 ranges that the VPC has now: AWS tells of former ones too."""
    every = vpc.get("Ipv6CidrBlockAssociationSet") or ()
    return [block for block in every if block["Ipv6CidrBlockState"]["State"] in ("associating", "associated")]


def set_attributes(ctx: Context, identity: str, new: Props, old: Props) -> None:
    """Bring the changed ones of `ATTRIBUTES` to `new`."""
    for name, attribute in ATTRIBUTES.items():
        if name in new and new[name] != old.get(name):
            ctx.client("ec2").modify_vpc_attribute(VpcId=identity, **{attribute: {"Value": new[name]}})


def set_ipv6(ctx: Context, identity: str, wanted: bool) -> None:
    """Give the VPC a range of Amazon's, or take it away."""
    ec2 = ctx.client("ec2")
    blocks = ipv6_blocks(ec2.describe_vpcs(VpcIds=[identity])["Vpcs"][0])
    if wanted and not blocks:
        ec2.associate_vpc_cidr_block(VpcId=identity, AmazonProvidedIpv6CidrBlock=True)
    for block in () if wanted else blocks:
        ec2.disassociate_vpc_cidr_block(AssociationId=block["AssociationId"])


def _attributes(ec2: Any, identity: str) -> Props:
    return {
        name: ec2.describe_vpc_attribute(VpcId=identity, Attribute=name)[attribute]["Value"]
        for name, attribute in ATTRIBUTES.items()
    }


def _ipv6(vpc: Mapping[str, Any]) -> Props:
    blocks = ipv6_blocks(vpc)
    return {
        "assignGeneratedIpv6CidrBlock": bool(blocks),
        "ipv6CidrBlock": blocks[0]["Ipv6CidrBlock"] if blocks else "",
        "ipv6AssociationId": blocks[0]["AssociationId"] if blocks else "",
        "ipv6CidrBlockNetworkBorderGroup": blocks[0].get("NetworkBorderGroup", "") if blocks else "",
    }


def _children(ec2: Any, identity: str) -> Props:
    """What AWS makes together with a VPC."""
    of_vpc = {"Name": "vpc-id", "Values": [identity]}
    main = ec2.describe_route_tables(Filters=[of_vpc, {"Name": "association.main", "Values": ["true"]}])[
        "RouteTables"
    ]
    acls = ec2.describe_network_acls(Filters=[of_vpc, {"Name": "default", "Values": ["true"]}])["NetworkAcls"]
    groups = ec2.describe_security_groups(Filters=[of_vpc, {"Name": "group-name", "Values": ["default"]}])
    return {
        "mainRouteTableId": main[0]["RouteTableId"],
        "defaultRouteTableId": main[0]["RouteTableId"],
        "defaultNetworkAclId": acls[0]["NetworkAclId"],
        "defaultSecurityGroupId": groups["SecurityGroups"][0]["GroupId"],
    }
