from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known, without_none


class RouteTableAssociation(Binding):
    """Which route table a subnet or gateway uses."""

    token = "aws:ec2/routeTableAssociation:RouteTableAssociation"
    service = "ec2"
    operation = "associate_route_table"
    replaces = frozenset({"subnetId", "gatewayId"})
    references = (
        Reference("routeTableId", "route_table"),
        Reference("subnetId", "subnet"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "RouteTableId": new["routeTableId"],
                "SubnetId": new.get("subnetId"),
                "GatewayId": new.get("gatewayId"),
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        other = _table_of(ctx, new)
        if other is not None:
            raise Refusal(
                "Resource.AlreadyAssociated",
                f"the specified association for route table {new['routeTableId']} conflicts with an existing "
                f"association with {other}",
                "subnetId" if new.get("subnetId") else "gatewayId",
            )
        return super().create(ctx, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["AssociationId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and new["routeTableId"] != old.get("routeTableId"):
            ctx.client("ec2").replace_route_table_association(
                AssociationId=_current(ctx, identity, old), RouteTableId=new["routeTableId"]
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _find(ctx, identity, given)
        if found is None:
            return None
        return {
            "routeTableId": found["RouteTableId"],
            "subnetId": found.get("SubnetId"),
            "gatewayId": found.get("GatewayId"),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").disassociate_route_table(AssociationId=_current(ctx, identity, old))

    def import_id(self, identity: str) -> Props:
        """Written as the provider wants it: `subnet-1/rtb-1` or `igw-1/rtb-1`."""
        target, _, table = identity.partition("/")
        return {"subnetId" if target.startswith("subnet-") else "gatewayId": target, "routeTableId": table}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _current(ctx, identity, found)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        given = [name for name in ("subnetId", "gatewayId") if new.get(name) is not None]
        if len(given) != 1:
            yield Refusal(
                "InvalidParameterCombination",
                "either subnetId or gatewayId is needed.",
                given[-1] if given else "",
            )
        if is_known(new) and "subnetId" in new:
            yield from _other_vpc(ctx, new)


def _find(ctx: Context, identity: str, given: Props) -> Mapping[str, Any] | None:
    """The association by its id, or by its subnet: replacing a table gives a new id that the state never learns."""
    tables = ctx.client("ec2").describe_route_tables()["RouteTables"]
    associations = [association for table in tables for association in table.get("Associations", ())]
    for association in associations:
        if association["RouteTableAssociationId"] == identity:
            return dict(association)
    target = given.get("subnetId") or given.get("gatewayId")
    for association in associations:
        if target and target in (association.get("SubnetId"), association.get("GatewayId")):
            return dict(association)
    return None


def _current(ctx: Context, identity: str, given: Props) -> str:
    found = _find(ctx, identity, given)
    return str(found["RouteTableAssociationId"]) if found else identity


def _table_of(ctx: Context, new: Props) -> str | None:
    found = _find(ctx, "", new)
    return str(found["RouteTableId"]) if found else None


def _other_vpc(ctx: Context, new: Props) -> Iterator[Refusal]:
    ec2 = ctx.client("ec2")
    tables = ec2.describe_route_tables(Filters=[{"Name": "route-table-id", "Values": [new["routeTableId"]]}])
    subnets = ec2.describe_subnets(Filters=[{"Name": "subnet-id", "Values": [new["subnetId"]]}])
    for table in tables["RouteTables"]:
        for subnet in subnets["Subnets"]:
            if table["VpcId"] != subnet["VpcId"]:
                yield Refusal(
                    "InvalidParameterValue",
                    f"Route table {new['routeTableId']} and subnet {new['subnetId']} belong to different networks",
                    "subnetId",
                )
