from __future__ import annotations

from typing import ClassVar

from simcloud.binding import Params, Reference
from simcloud.context import Context
from simcloud.values import Props

from . import _routes
from .route_table import RouteTable


class DefaultRouteTable(RouteTable):
    """The route table that AWS made with a VPC, taken over: its routes are what is written here, or none."""

    token = "aws:ec2/defaultRouteTable:DefaultRouteTable"
    operation = ""
    replaces = frozenset({"defaultRouteTableId"})
    references: ClassVar[tuple[Reference, ...]] = (
        Reference("defaultRouteTableId", "route_table"),
        *(reference for reference in RouteTable.references if reference.path != "vpcId"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return {}

    def create(self, ctx: Context, new: Props) -> str:
        table = str(new["defaultRouteTableId"])
        for route in _routes.routes_of(ctx, table):
            where = {api: route[api] for api in _routes.DESTINATIONS.values() if route.get(api)}
            ctx.client("ec2").delete_route(RouteTableId=table, **where)
        return table

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        table = _main_of(ctx, identity) if identity.startswith("vpc-") else identity
        found = super().read(ctx, table, given)
        return None if found is None else {**found, "defaultRouteTableId": table}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """AWS keeps the main table of a VPC; the provider forgets it."""

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        """An import names the VPC."""
        return str(found["defaultRouteTableId"])

    def tag_key(self, identity: str, state: Props) -> str:
        return str(state["defaultRouteTableId"])


def _main_of(ctx: Context, vpc_id: str) -> str:
    wanted = [{"Name": "vpc-id", "Values": [vpc_id]}, {"Name": "association.main", "Values": ["true"]}]
    tables = ctx.client("ec2").describe_route_tables(Filters=wanted)["RouteTables"]
    return str(tables[0]["RouteTableId"]) if tables else vpc_id
