from __future__ import annotations

from simcloud.binding import Params
from simcloud.bindings._regional import RegionalRecord
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class VpcBlockPublicAccessOptions(RegionalRecord):
    """What internet gateways of the account do in a region, whatever its VPCs say. moto has none: it is recorded.

    There is one setting per region, so making it takes it over and removing it turns it off. The id is the region's.
    """

    token = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions"
    service = "ec2"
    operation = "modify_vpc_block_public_access_options"

    def request(self, ctx: Context, new: Props) -> Params:
        return {"InternetGatewayBlockMode": new["internetGatewayBlockMode"]}

    def create(self, ctx: Context, new: Props) -> str:
        try:
            return super().create(ctx, new)
        except Refusal:
            super().delete(ctx, ctx.region, new)
            return super().create(ctx, new)

    def new_identity(self, ctx: Context, new: Props) -> str:
        return ctx.region

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        return {"awsAccountId": ctx.account, "awsRegion": ctx.region}
