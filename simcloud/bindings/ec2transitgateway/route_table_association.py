from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props

from . import _tables
from ._membership import Membership


class RouteTableAssociation(Membership):
    """The one route table that serves what comes from an attachment."""

    token = "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation"
    kind = "Association"
    replaces = Membership.replaces | {"replaceExistingAssociation"}

    def create(self, ctx: Context, new: Props) -> str:
        if new.get("replaceExistingAssociation"):
            _leave_current(ctx, new["transitGatewayAttachmentId"])
        return super().create(ctx, new)


def _leave_current(ctx: Context, attachment: str) -> None:
    found = ctx.client("ec2").describe_transit_gateway_attachments(TransitGatewayAttachmentIds=[attachment])
    for item in found["TransitGatewayAttachments"]:
        table = (item.get("Association") or {}).get("TransitGatewayRouteTableId")
        if table:
            _tables.leave(ctx, table, attachment, "Association")
