from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params
from simcloud.bindings.ec2._cidr import block_problems
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known, without_none


class Vpc(Binding):
    """A VPC with the main route table, network ACL and default security group that AWS makes with it."""

    token = "aws:ec2/vpc:Vpc"
    service = "ec2"
    operation = "create_vpc"
    replaces = frozenset({"cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"})
    defaults = {"instanceTenancy": "default", "enableDnsSupport": True, "enableDnsHostnames": False}
    tagging = tagging.EC2

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "CidrBlock": new.get("cidrBlock"),
                "InstanceTenancy": new.get("instanceTenancy"),
                "AmazonProvidedIpv6CidrBlock": new.get("assignGeneratedIpv6CidrBlock"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Vpc"]["VpcId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        for name, attribute in _ATTRIBUTES.items():
            if name in new and new[name] != old.get(name):
                ctx.client("ec2").modify_vpc_attribute(VpcId=identity, **{attribute: {"Value": new[name]}})
        if old and new.get("instanceTenancy") != old.get("instanceTenancy"):
            ctx.client("ec2").modify_vpc_tenancy(VpcId=identity, InstanceTenancy=new["instanceTenancy"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
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

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_vpc(VpcId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        cidr = new.get("cidrBlock")
        if isinstance(cidr, str) and is_known(cidr):
            yield from block_problems(cidr, "InvalidVpc.Range")
        elif cidr is None and "ipv4IpamPoolId" not in new:
            yield Refusal("MissingParameter", "either cidrBlock or ipv4IpamPoolId is needed.", "cidrBlock")
        if new["enableDnsSupport"] is False and new["enableDnsHostnames"] is True:
            # AWS: «DNS attributes for your VPC», VPC User Guide; from memory of the documentation, not verified.
            yield Refusal(
                "InvalidParameterCombination",
                "DNS hostnames need DNS support: enableDnsSupport is false.",
                "enableDnsHostnames",
            )


_ATTRIBUTES = {
    "enableDnsSupport": "EnableDnsSupport",
    "enableDnsHostnames": "EnableDnsHostnames",
    "enableNetworkAddressUsageMetrics": "EnableNetworkAddressUsageMetrics",
}


def _attributes(ec2: Any, identity: str) -> Props:
    return {
        name: ec2.describe_vpc_attribute(VpcId=identity, Attribute=name)[attribute]["Value"]
        for name, attribute in _ATTRIBUTES.items()
    }


def _ipv6(vpc: Mapping[str, Any]) -> Props:
    blocks = vpc.get("Ipv6CidrBlockAssociationSet") or []
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
