from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.values import Props


class InternetGateway(Binding):
    """The door between a VPC and the internet."""

    token = "aws:ec2/internetGateway:InternetGateway"
    service = "ec2"
    operation = "create_internet_gateway"
    tagging = tagging.EC2
    faults = {"Resource.AlreadyAssociated": "vpcId"}
    references = (Reference("vpcId", "vpc"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["InternetGateway"]["InternetGatewayId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        ec2 = ctx.client("ec2")
        before, after = old.get("vpcId"), new.get("vpcId")
        if before and before != after:
            ec2.detach_internet_gateway(InternetGatewayId=identity, VpcId=before)
        if after and before != after:
            ec2.attach_internet_gateway(InternetGatewayId=identity, VpcId=after)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_internet_gateways(InternetGatewayIds=[identity])[
            "InternetGateways"
        ][0]
        attachments = found.get("Attachments") or [{}]
        return {
            "arn": ctx.arn("ec2", f"internet-gateway/{identity}"),
            "ownerId": found["OwnerId"],
            "vpcId": attachments[0].get("VpcId", ""),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ec2 = ctx.client("ec2")
        found = ec2.describe_internet_gateways(InternetGatewayIds=[identity])["InternetGateways"][0]
        for attachment in found.get("Attachments", ()):
            ec2.detach_internet_gateway(InternetGatewayId=identity, VpcId=attachment["VpcId"])
        ec2.delete_internet_gateway(InternetGatewayId=identity)
