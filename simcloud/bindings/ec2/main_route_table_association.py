from __future__ import annotations

from typing import Any

from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.values import Props


class MainRouteTableAssociation(Binding):
    """Which route table of a VPC holds for subnets without one of their own."""

    token = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation"
    service = "ec2"
    references = (Reference("vpcId", "vpc"), Reference("routeTableId", "route_table"))
    replaces = frozenset({"vpcId"})

    def create(self, ctx: Context, new: Props) -> str:
        main = _main(ctx, new["vpcId"])
        # Not to be found in the cloud afterwards: the provider remembers it in its state, simcloud in its store.
        ctx.store.put(self.token, new["vpcId"], {"originalRouteTableId": main["RouteTableId"]})
        return _replace(ctx, main["RouteTableAssociationId"], new["routeTableId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _replace(ctx, _main(ctx, new["vpcId"])["RouteTableAssociationId"], new["routeTableId"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        record = ctx.store.get(self.token, given["vpcId"])
        if record is None:
            return None
        return {**record, "vpcId": given["vpcId"], "routeTableId": _main(ctx, given["vpcId"])["RouteTableId"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        record = ctx.store.get(self.token, old["vpcId"])
        if record is not None:
            main = _main(ctx, old["vpcId"])["RouteTableAssociationId"]
            _replace(ctx, main, record["originalRouteTableId"])
            ctx.store.drop(self.token, old["vpcId"])


def _replace(ctx: Context, association: str, table: str) -> str:
    answer = ctx.client("ec2").replace_route_table_association(AssociationId=association, RouteTableId=table)
    return str(answer["NewAssociationId"])


def _main(ctx: Context, vpc_id: str) -> dict[str, Any]:
    of_vpc = [{"Name": "vpc-id", "Values": [vpc_id]}, {"Name": "association.main", "Values": ["true"]}]
    table = ctx.client("ec2").describe_route_tables(Filters=of_vpc)["RouteTables"][0]
    return next(dict(association) for association in table["Associations"] if association["Main"])
