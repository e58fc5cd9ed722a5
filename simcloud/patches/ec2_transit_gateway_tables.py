"""Route tables of transit gateways as EC2 has them: one association, any number of propagations, learnt routes."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError, InvalidTransitGatewayID
from moto.ec2.models.transit_gateway_route_tables import (
    TransitGatewayRelations,
    TransitGatewayRouteTableBackend,
)

from simcloud.patches import around
from simcloud.patches.ec2_transit_gateway_attachments import attachment_of

_FILTERS = {"type": "type", "state": "state", "route-search.exact-match": "destinationCidrBlock"}


@around(TransitGatewayRouteTableBackend)
def create_transit_gateway_route_table(
    original: Any, self: Any, transit_gateway_id: str, *args: Any, **kwargs: Any
) -> Any:
    """AWS: an unknown gateway is an error; moto: takes it. The gateway's own tables are made before it is known."""
    default = kwargs.get("default_association_route_table") or kwargs.get("default_propagation_route_table")
    if transit_gateway_id not in self.transit_gateways and not default:
        raise InvalidTransitGatewayID(
            transit_gateway_id, f"Transit Gateway {transit_gateway_id} was deleted or does not exist."
        )
    return original(self, transit_gateway_id, *args, **kwargs)


@around(TransitGatewayRouteTableBackend)
def delete_transit_gateway_route_table(original: Any, self: Any, transit_gateway_route_table_id: str) -> Any:
    """AWS: a table with associations stays; moto: it goes. The code is from memory, not verified."""
    table = _table(self, transit_gateway_route_table_id)
    if table.route_table_associations:
        raise EC2ClientError(
            "IncorrectState",
            f"{table.id} has non-deleted associations: {', '.join(table.route_table_associations)}.",
        )
    deleted = original(self, table.id)
    del self.transit_gateways_route_tables[table.id]
    return deleted


@around(TransitGatewayRouteTableBackend)
def associate_transit_gateway_route_table(
    original: Any, self: Any, transit_gateway_attachment_id: str, transit_gateway_route_table_id: str
) -> Any:
    """AWS: an attachment is associated once; moto: any number of times."""
    attachment, table = _both(self, transit_gateway_attachment_id, transit_gateway_route_table_id)
    if attachment.transit_gateway_route_table is not None:
        # AWS: cisagov/cool-assessment-terraform#57, read 2026-11
        raise EC2ClientError(
            "Resource.AlreadyAssociated",
            f"Transit Gateway Attachment {attachment.id} is already associated to a route table.",
        )
    attachment.transit_gateway_route_table = table
    return original(self, attachment.id, table.id)


@around(TransitGatewayRouteTableBackend)
def disassociate_transit_gateway_route_table(
    original: Any, self: Any, tgw_attach_id: str, tgw_rt_id: str
) -> Any:
    """AWS: the attachment has no table then; moto: still says the default one."""
    attachment, table = _both(self, tgw_attach_id, tgw_rt_id)
    if attachment.id not in table.route_table_associations:
        raise EC2ClientError(
            "InvalidAssociation.NotFound",
            f"Transit Gateway Attachment {attachment.id} is not associated to route table {table.id}.",
        )
    attachment.transit_gateway_route_table = None
    return original(self, attachment.id, table.id)


@around(TransitGatewayRouteTableBackend)
def enable_transit_gateway_route_table_propagation(
    original: Any, self: Any, transit_gateway_attachment_id: str, transit_gateway_route_table_id: str
) -> Any:
    """AWS: a propagation is there once; moto: any number of times."""
    attachment, table = _both(self, transit_gateway_attachment_id, transit_gateway_route_table_id)
    if _propagates(table, attachment.id):
        raise EC2ClientError(
            "TransitGatewayRouteTablePropagation.Duplicate",
            f"Propagation of {attachment.id} to {table.id} already exists.",
        )
    return original(self, attachment.id, table.id)


@around(TransitGatewayRouteTableBackend)
def disable_transit_gateway_route_table_propagation(
    original: Any, self: Any, transit_gateway_attachment_id: str, transit_gateway_route_table_id: str
) -> Any:
    """AWS: an attachment may propagate to many tables; moto: forgets all but the last one."""
    attachment, table = _both(self, transit_gateway_attachment_id, transit_gateway_route_table_id)
    if not _propagates(table, attachment.id):
        raise EC2ClientError(
            "TransitGatewayRouteTablePropagation.NotFound",
            f"Propagation of {attachment.id} to {table.id} does not exist.",
        )
    self.disable_route_table_propagation(attachment.id, table.id)
    return TransitGatewayRelations(self, attachment.id, table.id, state="disabled")


@around(TransitGatewayRouteTableBackend)
def create_transit_gateway_route(
    original: Any,
    self: Any,
    transit_gateway_route_table_id: str,
    destination_cidr_block: str,
    *args: Any,
    **kwargs: Any,
) -> Any:
    """AWS: a static route is there once and leads to an attachment of the same gateway; moto: overwrites it."""
    table = _table(self, transit_gateway_route_table_id)
    if destination_cidr_block in table.routes:
        raise EC2ClientError(
            "RouteAlreadyExists",
            f"Route {destination_cidr_block} already exists in Transit Gateway Route Table {table.id}.",
        )
    target = kwargs.get("transit_gateway_attachment_id")
    if target is not None and attachment_of(self, target).transit_gateway_id != table.transit_gateway_id:
        raise EC2ClientError(
            "InvalidTransitGatewayAttachmentID.NotFound",
            f"{target} is no attachment of {table.transit_gateway_id}, to which {table.id} belongs.",
        )
    return original(self, table.id, destination_cidr_block, *args, **kwargs)


@around(TransitGatewayRouteTableBackend)
def delete_transit_gateway_route(
    original: Any, self: Any, transit_gateway_route_table_id: str, destination_cidr_block: str
) -> Any:
    """AWS: an unknown route has an error of its own; moto: a bare KeyError."""
    if destination_cidr_block not in _table(self, transit_gateway_route_table_id).routes:
        raise EC2ClientError(
            "InvalidRoute.NotFound",
            f"Route {destination_cidr_block} does not exist in {transit_gateway_route_table_id}.",
        )
    return original(self, transit_gateway_route_table_id, destination_cidr_block)


@around(TransitGatewayRouteTableBackend)
def search_transit_gateway_routes(
    original: Any,
    self: Any,
    transit_gateway_route_table_id: str,
    filters: Any,
    max_results: int | None = None,
) -> Any:
    """AWS: propagated routes are found too, and those without an attachment are blackholes; moto: static ones only."""
    table = _table(self, transit_gateway_route_table_id)
    routes = [_seen(self, route) for route in table.routes.values()]
    routes += [route for route in _learnt(self, table) if route["destinationCidrBlock"] not in table.routes]
    wanted = {_FILTERS[name]: values for name, values in (filters or {}).items() if name in _FILTERS}
    found = [route for route in routes if all(route[key] in values for key, values in wanted.items())]
    return found[: int(max_results)] if max_results else found


def _seen(self: Any, route: dict[str, Any]) -> dict[str, Any]:
    target = route.get("transitGatewayAttachments")
    if target is None:
        return route
    there = target["transitGatewayAttachmentId"] in self.transit_gateway_attachments
    return {
        **route,
        "state": "active" if there else "blackhole",
        "transitGatewayAttachments": [target] if there else [],
    }


def _learnt(self: Any, table: Any) -> list[dict[str, Any]]:
    attachments = [
        self.transit_gateway_attachments[item.transitGatewayAttachmentId]
        for item in table.route_table_propagation
    ]
    return [
        {
            "destinationCidrBlock": block["cidr_block"],
            "prefixListId": None,
            "state": "active",
            "type": "propagated",
            "transitGatewayAttachments": [
                {
                    "resourceId": attachment.resource_id,
                    "resourceType": attachment.resource_type,
                    "transitGatewayAttachmentId": attachment.id,
                }
            ],
        }
        for attachment in attachments
        if attachment.resource_type == "vpc"
        for block in self.get_vpc(attachment.resource_id).get_cidr_block_association_set()
        if block["cidr_block_state"]["state"] == "associated"
    ]


def _both(self: Any, attachment: str, table: str) -> tuple[Any, Any]:
    return attachment_of(self, attachment), _table(self, table)


def _table(self: Any, identity: str) -> Any:
    if identity not in self.transit_gateways_route_tables:
        raise EC2ClientError(
            "InvalidRouteTableID.NotFound",
            f"Transit Gateway Route Table {identity} was deleted or does not exist.",
        )
    return self.transit_gateways_route_tables[identity]


def _propagates(table: Any, attachment: str) -> bool:
    return any(item.transitGatewayAttachmentId == attachment for item in table.route_table_propagation)
