from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.values import Props


class InternetGatewayAttachment(Binding):
    """Which VPC an internet gateway is the door of."""

    token = "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment"
    service = "ec2"
    operation = "attach_internet_gateway"
    replaces = frozenset({"internetGatewayId", "vpcId"})
    references = (Reference("internetGatewayId", "internet_gateway"), Reference("vpcId", "vpc"))

    def request(self, ctx: Context, new: Props) -> Params:
        return {"InternetGatewayId": new["internetGatewayId"], "VpcId": new["vpcId"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['internetGatewayId']}:{new['vpcId']}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        gateway, _, vpc = identity.partition(":")
        found = ctx.client("ec2").describe_internet_gateways(InternetGatewayIds=[gateway])
        attached = [item["VpcId"] for item in found["InternetGateways"][0].get("Attachments", ())]
        return {"internetGatewayId": gateway, "vpcId": vpc} if vpc in attached else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        gateway, _, vpc = identity.partition(":")
        ctx.client("ec2").detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
