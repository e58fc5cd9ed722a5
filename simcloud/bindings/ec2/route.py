from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _routes


class Route(Binding):
    """One route of a route table."""

    token = "aws:ec2/route:Route"
    service = "ec2"
    operation = "create_route"
    replaces = frozenset({"routeTableId", *_routes.DESTINATIONS})
    references = (
        Reference("routeTableId", "route_table"),
        Reference("natGatewayId", "nat_gateway"),
        Reference("gatewayId", "route_gateway"),
        Reference("transitGatewayId", "transit_gateway"),
        Reference("vpcPeeringConnectionId", "peering_connection"),
        Reference("egressOnlyGatewayId", "egress_only_gateway"),
        Reference("networkInterfaceId", "network_interface"),
        Reference("vpcEndpointId", "vpc_endpoint"),
        Reference("destinationPrefixListId", "prefix_list"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "RouteTableId": new["routeTableId"],
            **_routes.translated(new, _routes.DESTINATIONS),
            **_routes.translated(new, _routes.TARGETS),
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return _routes.route_id(new["routeTableId"], new)

    def create(self, ctx: Context, new: Props) -> str:
        if _routes.destination(new) in _routes.taken(ctx, new["routeTableId"]):
            raise Refusal(
                "RouteAlreadyExists",
                f"The route identified by {_routes.destination(new)} already exists.",
                next(name for name in _routes.DESTINATIONS if new.get(name)),
            )
        return super().create(ctx, new)

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("ec2").replace_route(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _routes.find(ctx, given["routeTableId"], given)
        if found is None:
            return None
        return {
            "routeTableId": given["routeTableId"],
            **{name: found.get(api) for name, api in _routes.DESTINATIONS.items()},
            **{name: found.get(api) for name, api in _routes.TARGETS.items()},
            "networkInterfaceId": found.get("NetworkInterfaceId") or "",
            "instanceId": found.get("InstanceId") or "",
            "instanceOwnerId": found.get("InstanceOwnerId") or "",
            "origin": found["Origin"],
            "state": found["State"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        target = _routes.translated(old, _routes.DESTINATIONS)
        ctx.client("ec2").delete_route(RouteTableId=old["routeTableId"], **target)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _routes.problems(new)

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _routes.route_id(found["routeTableId"], found)

    def import_id(self, identity: str) -> Props:
        """Written as the provider wants it: `rtb-1_10.42.0.0/16`."""
        table, _, target = identity.partition("_")
        if target.startswith("pl-"):
            return {"routeTableId": table, "destinationPrefixListId": target}
        return {
            "routeTableId": table,
            "destinationIpv6CidrBlock" if ":" in target else "destinationCidrBlock": target,
        }
