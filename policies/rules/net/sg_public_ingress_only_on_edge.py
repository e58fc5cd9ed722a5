"""Only a group tagged `plinth:edge = "true"` admits the internet, and only on ports 80 and 443.

Matters here because the whole design has one declared way in; anything else that is open is a mistake.
A stack rule, unlike its anchors: the tag is on the group, the opening often on a resource of its own.
"""

from collections.abc import Iterator

from policies import tokens
from policies.firewall import INGRESS_TYPES, Ingress, ingresses
from policies.graph import Graph
from policies.resource import Resource
from policies.verdict import Verdict, require
from policies.view import Truth, all_of, any_of

TYPES = INGRESS_TYPES

EDGE_TAG = "plinth:edge"
_WEB_PORTS = (80, 443)


def check(resource: Resource, graph: Graph) -> Iterator[Verdict]:
    edge = _is_edge(resource, graph)
    for opening in ingresses(resource):
        yield from _judge(opening, edge)


def _judge(opening: Ingress, edge: Truth) -> Iterator[Verdict]:
    closed = ~opening.from_world
    tagged = any_of([closed, edge])
    yield require(
        tagged,
        f"admits the internet to a group that is not tagged {EDGE_TAG}",
        opening.path,
    )
    if tagged is Truth.TRUE:
        web = any_of([closed, opening.stays_within(*_WEB_PORTS)])
        yield require(web, "admits the internet to other ports than 80 and 443", opening.path)


def _is_edge(resource: Resource, graph: Graph) -> Truth:
    if resource.type == tokens.SECURITY_GROUP:
        return _tagged(resource)
    groups = graph.targets(resource, "securityGroupId", tokens.SECURITY_GROUP)
    if not groups:
        return graph.refers(resource, "securityGroupId", tokens.SECURITY_GROUP)
    return all_of(_tagged(group) for group in groups)


def _tagged(group: Resource) -> Truth:
    return group.at("tags", EDGE_TAG).is_true()
