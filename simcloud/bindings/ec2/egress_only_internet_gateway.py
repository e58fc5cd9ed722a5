from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.values import Props


class EgressOnlyInternetGateway(Binding):
    """The way out of a VPC for IPv6, which nobody can take in."""

    token = "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway"
    service = "ec2"
    operation = "create_egress_only_internet_gateway"
    replaces = frozenset({"vpcId"})
    tagging = tagging.EC2
    references = (Reference("vpcId", "vpc"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"VpcId": new["vpcId"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_egress_only_internet_gateways(
            EgressOnlyInternetGatewayIds=[identity]
        )["EgressOnlyInternetGateways"]
        return {"vpcId": found[0]["Attachments"][0]["VpcId"]} if found else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_egress_only_internet_gateway(EgressOnlyInternetGatewayId=identity)
