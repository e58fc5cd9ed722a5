from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known, without_none

from . import _vpc_outputs
from ._cidr import block_problems


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
        _vpc_outputs.set_attributes(ctx, identity, new, old)
        if not old:
            return
        if new.get("instanceTenancy") != old.get("instanceTenancy"):
            ctx.client("ec2").modify_vpc_tenancy(VpcId=identity, InstanceTenancy=new["instanceTenancy"])
        ipv6 = bool(new.get("assignGeneratedIpv6CidrBlock"))
        if ipv6 != bool(old.get("assignGeneratedIpv6CidrBlock")):
            _vpc_outputs.set_ipv6(ctx, identity, ipv6)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        return _vpc_outputs.read(ctx, identity)

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
        for name in ("ipv4IpamPoolId", "ipv6IpamPoolId"):
            if new.get(name) is not None:
                yield Refusal(
                    "UnsupportedOperation", "the simulated cloud has no address pools (IPAM).", name
                )
