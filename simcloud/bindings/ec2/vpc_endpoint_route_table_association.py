from __future__ import annotations

from zlib import crc32

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.values import Props


class VpcEndpointRouteTableAssociation(Binding):
    """One route table that leads to a gateway endpoint."""

    token = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"
    service = "ec2"
    operation = "modify_vpc_endpoint"
    replaces = frozenset({"routeTableId", "vpcEndpointId"})
    references = (Reference("routeTableId", "route_table"), Reference("vpcEndpointId", "vpc_endpoint"))

    def request(self, ctx: Context, new: Props) -> Params:
        return {"VpcEndpointId": new["vpcEndpointId"], "AddRouteTableIds": [new["routeTableId"]]}

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("ec2").modify_vpc_endpoint(**self.request(ctx, new))
        return self.adopted(ctx, "", new)

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return f"a-{found['vpcEndpointId']}{crc32(found['routeTableId'].encode())}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        endpoint = ctx.client("ec2").describe_vpc_endpoints(VpcEndpointIds=[given["vpcEndpointId"]])[
            "VpcEndpoints"
        ][0]
        if endpoint["State"] == "deleted" or given["routeTableId"] not in endpoint.get("RouteTableIds", ()):
            return None
        return {"vpcEndpointId": given["vpcEndpointId"], "routeTableId": given["routeTableId"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").modify_vpc_endpoint(
            VpcEndpointId=old["vpcEndpointId"], RemoveRouteTableIds=[old["routeTableId"]]
        )

    def import_id(self, identity: str) -> Props:
        """Written as the provider wants it: `vpce-1/rtb-1`."""
        endpoint, _, table = identity.partition("/")
        return {"vpcEndpointId": endpoint, "routeTableId": table}
