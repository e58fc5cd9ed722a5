"""What associations and propagations have in common: an attachment and a table of one transit gateway."""

from __future__ import annotations

from typing import Any, ClassVar

from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.values import Props

from . import _tables


class Membership(Binding):
    """An attachment in a route table, as `kind` says."""

    service = "ec2"
    kind: ClassVar[str]
    replaces = frozenset({"transitGatewayAttachmentId", "transitGatewayRouteTableId"})
    faults = {
        "Resource.AlreadyAssociated": "transitGatewayAttachmentId",
        "TransitGatewayRouteTablePropagation.Duplicate": "transitGatewayAttachmentId",
    }
    references = (
        Reference("transitGatewayAttachmentId", "transit_gateway_attachment"),
        Reference("transitGatewayRouteTableId", "transit_gateway_route_table"),
    )

    def create(self, ctx: Context, new: Props) -> str:
        table, attachment = new["transitGatewayRouteTableId"], new["transitGatewayAttachmentId"]
        _tables.enter(ctx, table, attachment, self.kind)
        return f"{table}_{attachment}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        table, _, attachment = identity.partition("_")
        found: dict[str, Any] | None = _tables.find(ctx, table, attachment, self.kind)
        if found is None:
            return None
        return {
            "resourceId": found["ResourceId"],
            "resourceType": found["ResourceType"],
            "transitGatewayAttachmentId": attachment,
            "transitGatewayRouteTableId": table,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        table, _, attachment = identity.partition("_")
        _tables.leave(ctx, table, attachment, self.kind)
