"""What each tier's network ACL says, decided from who talks to whom.

An ACL forgets connections: whoever may open one needs a rule for the answers too, which go to a port that the
client's system picks. It knows addresses only, so components of one tier are told apart by security groups alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network
from zlib import crc32

from components.cidr import Tier
from components.declared import Arrival, Declared, Departure, Relation
from components.errors import ComponentError

ANYWHERE = "0.0.0.0/0"
_ANYWHERE_IPV6 = "::/0"

# AWS: "Custom network ACLs", "Ephemeral ports", VPC user guide: NAT gateways, load balancers and Lambda answer on
# these, Linux on fewer; per reference notes, not verified against AWS.
_ANSWERS = (1024, 65535)
# AWS: "Amazon VPC quotas", rules per network ACL and direction.
MOST_RULES = 20
# More ranges than this become anywhere: an ACL has no room for a CDN's, and security groups tell them apart.
_MOST_RANGES = 3

# Replicas and failover talk among themselves, over ports that are the engine's affair.
_TALKS_WITHIN = frozenset({Tier.DATABASE.value})
# Load balancers and NAT gateways stand here, which send only what others asked them to.
_LEAVES_FREELY = frozenset({Tier.PUBLIC.value})


@dataclass(frozen=True)
class Rule:
    """Traffic that passes: TCP to ports `first` to `last`; protocol `-1` is everything, `icmp` the ICMP `kind`."""

    protocol: str
    first: int
    last: int
    cidr: str
    kind: tuple[int, int] | None = None

    def covers(self, other: Rule) -> bool:
        """Whether `other` says nothing new."""
        if ip_network(self.cidr).version != ip_network(other.cidr).version:
            return False
        within = ip_network(other.cidr).subnet_of(ip_network(self.cidr))  # type: ignore[arg-type]
        return within and (self.protocol == "-1" or self._same_or_wider(other))

    def _same_or_wider(self, other: Rule) -> bool:
        same = (self.protocol, self.kind) == (other.protocol, other.kind)
        return same and self.first <= other.first and other.last <= self.last


@dataclass
class _Wall:
    into: set[Rule] = field(default_factory=set)
    out: set[Rule] = field(default_factory=set)


@dataclass(frozen=True)
class Wall:
    """The rules of one ACL by their numbers, which depend on the rule and not on its neighbours."""

    ingress: Mapping[int, Rule]
    egress: Mapping[int, Rule]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Addresses per tier, the tier of each component by name, and whether private traffic leaves through the public
    tier, by a NAT that stands there.
    """

    ranges: Mapping[str, Sequence[str]]
    places: Mapping[str, str]
    relayed: bool
    ipv6: bool = False


def walls(where: str, layout: Layout, declared: Iterable[Declared]) -> Mapping[str, Wall]:
    """An ACL per tier that admits what is declared and its answers; ComponentError if it has too many rules."""
    drafts = {tier: _Wall() for tier in layout.ranges}
    for item in _coarse(declared):
        _check_placed(where, layout, item)
        _draw(layout, drafts, item)
    for tier, draft in drafts.items():
        _draw_standing(layout, tier, draft)
    return {
        tier: Wall(_numbered(where, tier, d.into), _numbered(where, tier, d.out))
        for tier, d in drafts.items()
    }


def _draw(layout: Layout, drafts: Mapping[str, _Wall], item: Declared) -> None:
    match item:
        case Relation(source, target, port):
            _relate(layout, drafts, layout.places[source], layout.places[target], port)
        case Departure(source, port, cidr):
            _leave(layout, drafts, layout.places[source], port, cidr)
        case Arrival(target, port, cidr):
            _arrive(drafts[layout.places[target]], port, cidr)


def _relate(layout: Layout, drafts: Mapping[str, _Wall], source: str, target: str, port: int) -> None:
    for cidr in layout.ranges[target]:
        _open(drafts[source], port, cidr)
    for cidr in layout.ranges[source]:
        _accept(drafts[target], port, cidr)


def _leave(layout: Layout, drafts: Mapping[str, _Wall], source: str, port: int, cidr: str) -> None:
    _open(drafts[source], port, cidr)
    if source == Tier.PUBLIC or not layout.relayed or ip_network(cidr).version == 6:
        return
    relay = drafts[Tier.PUBLIC]
    for own in layout.ranges[source]:
        _accept(relay, port, own)
    _open(relay, port, cidr)


def _arrive(wall: _Wall, port: int, cidr: str) -> None:
    _accept(wall, port, cidr)
    # Without it a client behind a narrow link waits forever: "fragmentation needed" is how it says so. (For IPv6 the
    # like of it is ICMPv6 type 2.) AWS: "Path MTU Discovery", VPC user guide, per reference notes.
    if ip_network(cidr).version == 4:
        wall.into.add(Rule("icmp", 0, 0, cidr, (3, 4)))
    else:
        wall.into.add(Rule("58", 0, 0, cidr, (2, 0)))


def _open(wall: _Wall, port: int, cidr: str) -> None:
    wall.out.add(Rule("tcp", port, port, cidr))
    wall.into.add(Rule("tcp", *_ANSWERS, cidr))


def _accept(wall: _Wall, port: int, cidr: str) -> None:
    wall.into.add(Rule("tcp", port, port, cidr))
    wall.out.add(Rule("tcp", *_ANSWERS, cidr))


def _draw_standing(layout: Layout, tier: str, wall: _Wall) -> None:
    """What holds whatever the relations are."""
    if tier in _TALKS_WITHIN:
        own = {Rule("-1", 0, 0, cidr) for cidr in layout.ranges[tier]}
        wall.into |= own
        wall.out |= own
    if tier in _LEAVES_FREELY:
        world = (ANYWHERE, _ANYWHERE_IPV6) if layout.ipv6 else (ANYWHERE,)
        wall.out |= {Rule("-1", 0, 0, cidr) for cidr in world}


def _coarse(declared: Iterable[Declared]) -> Sequence[Declared]:
    """The same with anywhere in place of long lists of ranges."""
    items = list(dict.fromkeys(declared))
    found: list[Declared] = []
    for item in items:
        if isinstance(item, Relation):
            found.append(item)
            continue
        alike = [other for other in items if _differs_in_range_only(item, other)]
        found.append(item if len(alike) <= _MOST_RANGES else _anywhere(item))
    return list(dict.fromkeys(found))


def _differs_in_range_only(item: Departure | Arrival, other: Declared) -> bool:
    if isinstance(other, Relation) or type(item) is not type(other):
        return False
    return _anywhere(item) == _anywhere(other)


def _anywhere(item: Departure | Arrival) -> Departure | Arrival:
    cidr = ANYWHERE if ip_network(item.cidr).version == 4 else _ANYWHERE_IPV6
    if isinstance(item, Departure):
        return Departure(item.source, item.port, cidr)
    return Arrival(item.target, item.port, cidr)


def _numbered(where: str, tier: str, rules: set[Rule]) -> Mapping[int, Rule]:
    """Numbers 100 to 30,099 by content: a rule that changed its number would be away for a moment."""
    numbered: dict[int, Rule] = {}
    for rule in _said_once(rules):
        number = 100 + crc32(repr(rule).encode()) % 30_000
        while number in numbered:
            number += 1
        numbered[number] = rule
    if len(numbered) > MOST_RULES:
        raise ComponentError(
            where,
            f"the wall around the {tier} tier would need {len(numbered)} rules",
            expected=f"at most {MOST_RULES}, which is what AWS takes",
            fix="let the ranges of the tiers be computed, which makes one rule of three, or keep walls=database",
        )
    return dict(sorted(numbered.items()))


def _said_once(rules: set[Rule]) -> Sequence[Rule]:
    return [rule for rule in sorted(rules, key=repr) if not any(o.covers(rule) for o in rules - {rule})]


def _check_placed(where: str, layout: Layout, item: Declared) -> None:
    names = [item.source, item.target] if isinstance(item, Relation) else _ends(item)
    lost = [name for name in names if name not in layout.places]
    if lost:
        raise ComponentError(
            where,
            f"{item} is declared, and no tier is named for {', '.join(lost)}",
            expected="every component that talks to another of this network in a tier",
            fix="name it in `wall_in`",
        )


def _ends(item: Departure | Arrival) -> list[str]:
    return [item.source] if isinstance(item, Departure) else [item.target]
