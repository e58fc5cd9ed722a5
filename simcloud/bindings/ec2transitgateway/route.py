from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.ec2._cidr import cidr_problems
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class Route(Binding):
    """A static route of a transit gateway."""

    token = "aws:ec2transitgateway/route:Route"
    service = "ec2"
    operation = "create_transit_gateway_route"
    replaces = frozenset(
        {"blackhole", "destinationCidrBlock", "transitGatewayAttachmentId", "transitGatewayRouteTableId"}
    )
    defaults = {"blackhole": False}
    faults = {"RouteAlreadyExists": "destinationCidrBlock"}
    references = (
        Reference("transitGatewayAttachmentId", "transit_gateway_attachment"),
        Reference("transitGatewayRouteTableId", "transit_gateway_route_table"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "DestinationCidrBlock": new["destinationCidrBlock"],
                "TransitGatewayRouteTableId": new["transitGatewayRouteTableId"],
                "TransitGatewayAttachmentId": new.get("transitGatewayAttachmentId"),
                "Blackhole": new.get("blackhole"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['transitGatewayRouteTableId']}_{new['destinationCidrBlock']}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        table, _, cidr = identity.partition("_")
        wanted = [
            {"Name": "type", "Values": ["static"]},
            {"Name": "route-search.exact-match", "Values": [cidr]},
        ]
        found = ctx.client("ec2").search_transit_gateway_routes(
            TransitGatewayRouteTableId=table, Filters=wanted
        )
        if not found["Routes"]:
            return None
        route = found["Routes"][0]
        attachments = route.get("TransitGatewayAttachments") or [{}]
        return {
            "blackhole": route["State"] == "blackhole" and not attachments[0],
            "destinationCidrBlock": route["DestinationCidrBlock"],
            "transitGatewayAttachmentId": attachments[0].get("TransitGatewayAttachmentId"),
            "transitGatewayRouteTableId": table,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        table, _, cidr = identity.partition("_")
        ctx.client("ec2").delete_transit_gateway_route(
            TransitGatewayRouteTableId=table, DestinationCidrBlock=cidr
        )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        cidr, target, hole = (
            new.get("destinationCidrBlock"),
            new.get("transitGatewayAttachmentId"),
            new.get("blackhole"),
        )
        yield from cidr_problems(
            cidr, "destinationCidrBlock", 6 if isinstance(cidr, str) and ":" in cidr else 4
        )
        if target is None and hole is False:
            yield Refusal(
                "MissingParameter",
                "a route that is no blackhole needs an attachment.",
                "transitGatewayAttachmentId",
            )
        if target is not None and hole is True:
            yield Refusal(
                "InvalidParameterCombination",
                "a blackhole route leads to no attachment.",
                "transitGatewayAttachmentId",
            )
