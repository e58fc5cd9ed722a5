from __future__ import annotations

from collections.abc import Iterator

from simcloud import tagging
from simcloud.binding import Binding
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _vpc_outputs

_MADE = "defaultVpcMade"


class DefaultVpc(Binding):
    """The VPC that every account has in every region, taken over; deleting lets go of it unless forced."""

    token = "aws:ec2/defaultVpc:DefaultVpc"
    service = "ec2"
    defaults = {"enableDnsSupport": True, "enableDnsHostnames": True, "forceDestroy": False}
    tagging = tagging.EC2

    def create(self, ctx: Context, new: Props) -> str:
        ec2 = ctx.client("ec2")
        found = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
        if found:
            return str(found[0]["VpcId"])
        identity = str(ec2.create_default_vpc()["Vpc"]["VpcId"])
        ctx.store.put(_MADE, identity, {})
        return identity

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        _vpc_outputs.set_attributes(ctx, identity, new, old)
        ipv6 = new.get("assignGeneratedIpv6CidrBlock")
        if ipv6 is not None and ipv6 != old.get("assignGeneratedIpv6CidrBlock"):
            _vpc_outputs.set_ipv6(ctx, identity, ipv6)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        return {
            **_vpc_outputs.read(ctx, identity),
            "existingDefaultVpc": ctx.store.get(_MADE, identity) is None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if not old.get("forceDestroy"):
            return
        ec2 = ctx.client("ec2")
        of_vpc = [{"Name": "vpc-id", "Values": [identity]}]
        for subnet in ec2.describe_subnets(Filters=of_vpc)["Subnets"]:
            ec2.delete_subnet(SubnetId=subnet["SubnetId"])
        attached = [{"Name": "attachment.vpc-id", "Values": [identity]}]
        for gateway in ec2.describe_internet_gateways(Filters=attached)["InternetGateways"]:
            ec2.detach_internet_gateway(InternetGatewayId=gateway["InternetGatewayId"], VpcId=identity)
            ec2.delete_internet_gateway(InternetGatewayId=gateway["InternetGatewayId"])
        ec2.delete_vpc(VpcId=identity)
        ctx.store.drop(_MADE, identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        for name in ("ipv6IpamPoolId", "ipv6NetmaskLength"):
            if new.get(name) is not None:
                yield Refusal(
                    "UnsupportedOperation", "the simulated cloud has no address pools (IPAM).", name
                )
