"""Ingress in the three shapes in which AWS security groups can be written, seen as one."""

from dataclasses import dataclass
from ipaddress import ip_network

from policies import tokens
from policies.graph import Graph
from policies.resource import Resource
from policies.view import ABSENT, UNKNOWN, Absence, Truth, View, all_of, any_of, truth

INGRESS_TYPES = (
    tokens.SECURITY_GROUP,
    tokens.SECURITY_GROUP_RULE,
    tokens.SECURITY_GROUP_INGRESS_RULE,
)

_ALL_PORTS = range(65536)
_EVERY_PROTOCOL = ("-1", "all")
_WITH_PORTS = ("tcp", "udp", "6", "17")
# Our choice: a wider prefix cannot be a private network, and two halves of the internet are the internet.
_WIDEST_PRIVATE = {4: 8, 6: 16}


@dataclass(frozen=True)
class Ingress:
    """One opening: whether the whole internet may use it, and on which ports (None: not known yet)."""

    path: str
    from_world: Truth
    ports: range | None

    def reaches(self, *ports: int) -> Truth:
        if self.ports is None:
            return Truth.MAYBE
        return truth(any(port in self.ports for port in ports))

    def stays_within(self, *ports: int) -> Truth:
        return Truth.MAYBE if self.ports is None else truth(set(self.ports) <= set(ports))


def ingresses(resource: Resource) -> list[Ingress]:
    """All openings that a security group or a single rule declares."""
    if resource.type == tokens.SECURITY_GROUP:
        return [_from_lists(rule, "protocol") for rule in resource.at("ingress").items()]
    if resource.type == tokens.SECURITY_GROUP_RULE:
        is_ingress = resource.at("type").equals("ingress")
        rule = _from_lists(View(resource.properties), "protocol")
        world = all_of([is_ingress, rule.from_world])
        return [Ingress("cidrBlocks", world, rule.ports)]
    return [_from_single(View(resource.properties))]


def openings(group: Resource, graph: Graph) -> list[Ingress]:
    """All openings of a group, its own and those that other resources of the stack add to it."""
    added = [
        rule
        for type_ in (tokens.SECURITY_GROUP_RULE, tokens.SECURITY_GROUP_INGRESS_RULE)
        for rule in graph.referrers(group, "securityGroupId", type_)
    ]
    return [opening for resource in (group, *added) for opening in ingresses(resource)]


def _from_lists(rule: View, protocol: str) -> Ingress:
    blocks = [*rule.at("cidrBlocks").items(), *rule.at("ipv6CidrBlocks").items()]
    if rule.is_unknown:
        return Ingress(rule.path, Truth.MAYBE, None)
    return Ingress(rule.path, any_of(_is_world(block) for block in blocks), _ports(rule, protocol))


def _from_single(rule: View) -> Ingress:
    four, six = rule.at("cidrIpv4"), rule.at("cidrIpv6")
    path = six.path if four.value is ABSENT else four.path
    return Ingress(path, any_of([_is_world(four), _is_world(six)]), _ports(rule, "ipProtocol"))


def _is_world(block: View) -> Truth:
    value = block.value
    if value is UNKNOWN:
        return Truth.MAYBE
    if not isinstance(value, str):
        return Truth.FALSE
    try:
        network = ip_network(value, strict=False)
    except ValueError:
        return Truth.FALSE  # AWS refuses it; it opens nothing
    return truth(network.prefixlen < _WIDEST_PRIVATE[network.version])


def _ports(rule: View, protocol_key: str) -> range | None:
    protocol, first, last = (
        rule.at(protocol_key),
        rule.at("fromPort").number(),
        rule.at("toPort").number(),
    )
    if protocol.is_unknown:
        return None
    if str(protocol.value).lower() in _EVERY_PROTOCOL:
        return _ALL_PORTS
    if str(protocol.value).lower() not in _WITH_PORTS:
        return range(0)
    if UNKNOWN in (first, last):
        return None
    if isinstance(first, Absence) or isinstance(last, Absence) or first == -1:
        return _ALL_PORTS
    return range(first, last + 1)
