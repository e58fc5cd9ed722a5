from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

from ._cidr import block_problems


class VpcIpv4CidrBlockAssociation(Binding):
    """One more address range of a VPC."""

    token = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"
    service = "ec2"
    operation = "associate_vpc_cidr_block"
    replaces = frozenset({"cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "vpcId"})
    faults = {"InvalidVpc.Range": "cidrBlock", "CidrLimitExceeded": "cidrBlock"}
    references = (Reference("vpcId", "vpc"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({"VpcId": new["vpcId"], "CidrBlock": new.get("cidrBlock")})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["CidrBlockAssociation"]["AssociationId"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        for vpc in ctx.client("ec2").describe_vpcs()["Vpcs"]:
            for association in vpc["CidrBlockAssociationSet"]:
                if association["AssociationId"] == identity and _lives(association):
                    return {"cidrBlock": association["CidrBlock"], "vpcId": vpc["VpcId"]}
        return None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").disassociate_vpc_cidr_block(AssociationId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        cidr = new.get("cidrBlock")
        if new.get("ipv4IpamPoolId") is not None:
            yield Refusal(
                "UnsupportedOperation", "the simulated cloud has no address pools (IPAM).", "ipv4IpamPoolId"
            )
        elif cidr is None:
            yield Refusal("MissingParameter", "either cidrBlock or ipv4IpamPoolId is needed.", "cidrBlock")
        if isinstance(cidr, str):
            yield from block_problems(cidr, "InvalidVpc.Range")


def _lives(association: Mapping[str, Any]) -> bool:
    return bool(association["CidrBlockState"]["State"] in ("associating", "associated"))
