"""Subnets that hold databases or caches have no route to the internet, and in production none to a NAT.

Matters here because the database tier is private by its routes, not by its security groups alone: one
association with the wrong table makes it public, and no single resource shows that.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from policies import tokens
from policies.environment import Environment
from policies.graph import Graph
from policies.resource import Resource
from policies.verdict import Verdict, require, unknown
from policies.view import Truth, View, any_of, truth

TYPES = (tokens.DB_SUBNET_GROUP, tokens.CACHE_SUBNET_GROUP)

_ASSOCIATIONS = (tokens.ROUTE_TABLE_ASSOCIATION, tokens.MAIN_ROUTE_TABLE_ASSOCIATION)


@dataclass(frozen=True)
class _Way:
    """A way out of a subnet: the route's property, how its values begin, the resource, and words for it."""

    key: str
    prefix: str
    gateway: str
    words: str


_INTERNET = _Way("gatewayId", "igw-", tokens.INTERNET_GATEWAY, "an internet gateway")
_NAT = _Way(
    "natGatewayId",
    "nat-",
    tokens.NAT_GATEWAY,
    "a NAT gateway, which production forbids",
)


def check(group: Resource, graph: Graph) -> Iterator[Verdict]:
    subnets = graph.targets(group, "subnetIds", tokens.SUBNET)
    if not subnets or graph.unresolved("subnetId", *_ASSOCIATIONS) is Truth.MAYBE:
        yield unknown("subnetIds")
    for subnet in subnets:
        yield from _judge(subnet, graph)


def _judge(subnet: Resource, graph: Graph) -> Iterator[Verdict]:
    ways = (_INTERNET, _NAT) if graph.environment is Environment.PRODUCTION else (_INTERNET,)
    for table in _tables(subnet, graph):
        for way in ways:
            message = f"hold {subnet.name}, which {table.name} routes to {way.words}"
            yield require(~_leads_out(table, way, graph), message, "subnetIds")
    if graph.unresolved("routeTableId", *_ASSOCIATIONS, tokens.ROUTE) is Truth.MAYBE:
        yield unknown("subnetIds")


def _tables(subnet: Resource, graph: Graph) -> list[Resource]:
    """The subnet's own tables; a subnet without one follows the main table of its network."""
    own = graph.referrers(subnet, "subnetId", tokens.ROUTE_TABLE_ASSOCIATION)
    associations = own or graph.of_type(tokens.MAIN_ROUTE_TABLE_ASSOCIATION)
    named = [
        table
        for association in associations
        for table in graph.targets(association, "routeTableId", tokens.ROUTE_TABLE)
    ]
    return named if own else named + graph.of_type(tokens.DEFAULT_ROUTE_TABLE)


def _leads_out(table: Resource, way: _Way, graph: Graph) -> Truth:
    routes = graph.referrers(table, "routeTableId", tokens.ROUTE)
    inline = (route.at(way.key) for route in table.at("routes").items())
    return any_of(
        [
            *(_is_way_out(route.at(way.key), route.references.get(way.key, ()), way) for route in routes),
            *(graph.refers(route, way.key, way.gateway) for route in routes),
            *(_is_way_out(target, table.references.get("routes", ()), way) for target in inline),
            truth(bool(graph.targets(table, "routes", way.gateway))),
        ]
    )


def _is_way_out(target: View, references: tuple[str, ...], way: _Way) -> Truth:
    """Unknown but referring to something: the graph, not the value, says to what."""
    if target.is_unknown:
        return Truth.FALSE if references else Truth.MAYBE
    return truth(str(target.value).startswith(way.prefix))
