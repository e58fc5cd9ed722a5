from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.values import Props


class VpcDhcpOptionsAssociation(Binding):
    """Which DHCP options a VPC uses."""

    token = "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation"
    service = "ec2"
    operation = "associate_dhcp_options"
    replaces = frozenset({"vpcId"})
    references = (Reference("dhcpOptionsId", "dhcp_options"), Reference("vpcId", "vpc"))

    def request(self, ctx: Context, new: Props) -> Params:
        return {"DhcpOptionsId": new["dhcpOptionsId"], "VpcId": new["vpcId"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['dhcpOptionsId']}-{new['vpcId']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("ec2").associate_dhcp_options(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        vpc = ctx.client("ec2").describe_vpcs(VpcIds=[given["vpcId"]])["Vpcs"][0]
        options = vpc.get("DhcpOptionsId", "default")
        return None if options == "default" else {"dhcpOptionsId": options, "vpcId": given["vpcId"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").associate_dhcp_options(DhcpOptionsId="default", VpcId=old["vpcId"])

    def import_id(self, identity: str) -> Props:
        """Written as the provider wants it: the id of the VPC."""
        return {"vpcId": identity[identity.rindex("vpc-") :]}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return f"{found['dhcpOptionsId']}-{found['vpcId']}"
