"""Which attachments the route tables of a transit gateway serve (association) and learn from (propagation)."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context

_ENTER = {
    "Association": "associate_transit_gateway_route_table",
    "Propagation": "enable_transit_gateway_route_table_propagation",
}
_LEAVE = {
    "Association": "disassociate_transit_gateway_route_table",
    "Propagation": "disable_transit_gateway_route_table_propagation",
}
_LISTED = {
    "Association": ("get_transit_gateway_route_table_associations", "Associations"),
    "Propagation": ("get_transit_gateway_route_table_propagations", "TransitGatewayRouteTablePropagations"),
}


def find(ctx: Context, table: str, attachment: str, kind: str) -> dict[str, Any] | None:
    """The association or propagation of an attachment in a table."""
    call, member = _LISTED[kind]
    found = getattr(ctx.client("ec2"), call)(TransitGatewayRouteTableId=table)[member]
    return next((dict(item) for item in found if item["TransitGatewayAttachmentId"] == attachment), None)


def enter(ctx: Context, table: str, attachment: str, kind: str) -> None:
    """Associate the attachment with the table, or have it propagate to it."""
    getattr(ctx.client("ec2"), _ENTER[kind])(
        TransitGatewayRouteTableId=table, TransitGatewayAttachmentId=attachment
    )


def leave(ctx: Context, table: str, attachment: str, kind: str) -> None:
    """Undo `enter`."""
    getattr(ctx.client("ec2"), _LEAVE[kind])(
        TransitGatewayRouteTableId=table, TransitGatewayAttachmentId=attachment
    )


def follows(ctx: Context, attachment: str, hub: str, kind: str) -> bool:
    """Whether the attachment is in the hub's default table."""
    table = _default(ctx, hub, kind)
    return bool(table) and find(ctx, table, attachment, kind) is not None


def follow(ctx: Context, attachment: str, hub: str, kind: str, wanted: bool | None) -> None:
    """Put the attachment into the hub's default table or take it out; None leaves it as AWS did."""
    table = _default(ctx, hub, kind)
    if wanted is None or not table:
        return
    inside = find(ctx, table, attachment, kind) is not None
    if wanted and not inside:
        enter(ctx, table, attachment, kind)
    if inside and not wanted:
        leave(ctx, table, attachment, kind)


def _default(ctx: Context, hub: str, kind: str) -> str:
    found = ctx.client("ec2").describe_transit_gateways(TransitGatewayIds=[hub])["TransitGateways"][0]
    return str(found["Options"].get(f"{kind}DefaultRouteTableId", ""))
