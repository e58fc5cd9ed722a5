"""What the ACLs say, from who talks to whom: enough for every relation, and nothing besides."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.declared import Arrival, Declared, Departure, Relation
from components.errors import ComponentError
from components.network_walls import MOST_RULES, Layout, Rule, Wall, walls

RANGES = {"public": ["10.0.128.0/20"], "private": ["10.0.0.0/17"], "database": ["10.0.144.0/20"]}
PLACES = {"gateway": "public", "web": "private", "worker": "private", "db": "database"}
LAYOUT = Layout(ranges=RANGES, places=PLACES, relayed=True)
PUBLIC, PRIVATE, DATABASE = "10.0.128.0/20", "10.0.0.0/17", "10.0.144.0/20"
WORLD = "0.0.0.0/0"
ANSWERS = (1024, 65535)

NAMES = st.sampled_from(sorted(PLACES))
PORTS = st.integers(1, 65535)
CIDRS = st.sampled_from([WORLD, "203.0.113.0/24", "198.51.100.0/25"])
RELATIONS = st.builds(Relation, NAMES, NAMES, PORTS)
DECLARED = st.lists(
    RELATIONS | st.builds(Departure, NAMES, PORTS, CIDRS) | st.builds(Arrival, NAMES, PORTS, CIDRS),
    max_size=4,
)


def tcp(first: int, cidr: str, last: int | None = None) -> Rule:
    return Rule("tcp", first, last or first, cidr)


def answers(cidr: str) -> Rule:
    return tcp(ANSWERS[0], cidr, ANSWERS[1])


def said(declared: list[Declared], layout: Layout = LAYOUT) -> dict[str, tuple[set[Rule], set[Rule]]]:
    """Rules in and out per tier."""
    found = walls("net", layout, declared)
    return {tier: (set(wall.ingress.values()), set(wall.egress.values())) for tier, wall in found.items()}


def test_a_relation_opens_both_walls_there_and_back() -> None:
    found = said([Relation("gateway", "web", 3000)])
    assert found["public"] == ({answers(PRIVATE)}, {Rule("-1", 0, 0, WORLD)})
    assert found["private"] == ({tcp(3000, PUBLIC)}, {answers(PUBLIC)})
    assert found["database"] == ({Rule("-1", 0, 0, DATABASE)}, {Rule("-1", 0, 0, DATABASE)})


def test_a_relation_within_a_tier_opens_it_to_itself() -> None:
    found = said([Relation("web", "worker", 9000)])
    # The port lies among those of the answers, which says it already.
    assert found["private"] == ({answers(PRIVATE)}, {answers(PRIVATE)})


def test_what_leaves_crosses_the_public_tier_where_the_nat_stands() -> None:
    found = said([Departure("web", 587, WORLD)])
    assert found["private"] == ({answers(WORLD)}, {tcp(587, WORLD)})
    assert found["public"][0] == {tcp(587, PRIVATE), answers(WORLD)}


def test_without_a_nat_in_the_public_tier_nothing_crosses_it() -> None:
    found = said([Departure("web", 443, WORLD)], Layout(ranges=RANGES, places=PLACES, relayed=False))
    assert found["public"][0] == set()


def test_over_ipv6_nothing_crosses_the_public_tier() -> None:
    layout = Layout(ranges=RANGES, places=PLACES, relayed=True, ipv6=True)
    found = said([Departure("web", 443, "::/0")], layout)
    assert found["private"] == ({answers("::/0")}, {tcp(443, "::/0")})
    assert found["public"] == (set(), {Rule("-1", 0, 0, WORLD), Rule("-1", 0, 0, "::/0")})


def test_who_arrives_may_say_that_a_packet_is_too_big() -> None:
    found = said([Arrival("gateway", 443, WORLD), Arrival("gateway", 443, "::/0")])
    assert found["public"][0] == {
        tcp(443, WORLD),
        Rule("icmp", 0, 0, WORLD, (3, 4)),
        tcp(443, "::/0"),
        Rule("58", 0, 0, "::/0", (2, 0)),
    }


def test_a_long_list_of_ranges_becomes_anywhere_for_that_port_and_family() -> None:
    ranges = [f"203.0.{number}.0/24" for number in range(9)]
    found = said([*(Arrival("gateway", 443, cidr) for cidr in ranges), Arrival("gateway", 80, ranges[0])])
    assert {(rule.first, rule.cidr) for rule in found["public"][0] if rule.protocol == "tcp"} == {
        (443, WORLD),
        (80, ranges[0]),
    }


def _opens(wall: Wall, direction: str, port: int, cidr: str) -> bool:
    rules = getattr(wall, direction).values()
    return any(rule.covers(Rule("tcp", port, port, cidr)) for rule in rules)


@given(DECLARED)
# Only the first declarations take long to draw: on a busy machine that looks like a slow strategy.
@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
def test_every_relation_passes_there_and_back(declared: list[Declared]) -> None:
    found = walls("net", LAYOUT, declared)
    for item in declared:
        if isinstance(item, Relation):
            source, target = PLACES[item.source], PLACES[item.target]
            assert _opens(found[source], "egress", item.port, RANGES[target][0])
            assert _opens(found[target], "ingress", item.port, RANGES[source][0])
            assert _opens(found[target], "egress", 32768, RANGES[source][0])
            assert _opens(found[source], "ingress", 60999, RANGES[target][0])


@given(DECLARED, st.integers(1, 1023), st.sampled_from(sorted(RANGES)))
@settings(max_examples=500)
def test_a_port_that_nobody_declared_is_closed_to_the_world(
    declared: list[Declared], port: int, tier: str
) -> None:
    named = {item.port for item in declared}
    assert port in named or not _opens(walls("net", LAYOUT, declared)[tier], "ingress", port, WORLD)


@given(DECLARED, DECLARED)
@settings(max_examples=500)
def test_more_relations_never_renumber_a_rule(some: list[Declared], more: list[Declared]) -> None:
    before, after = walls("net", LAYOUT, some), walls("net", LAYOUT, [*some, *more])
    for tier, wall in before.items():
        numbers = {rule: number for number, rule in after[tier].ingress.items()}
        assert all(numbers.get(rule, number) == number for number, rule in wall.ingress.items())


@given(DECLARED)
@settings(max_examples=300)
def test_no_rule_says_what_another_says(declared: list[Declared]) -> None:
    for wall in walls("net", LAYOUT, declared).values():
        for rules in (list(wall.ingress.values()), list(wall.egress.values())):
            assert not [a for a in rules for b in rules if a != b and b.covers(a)]
            assert all(ip_network(rule.cidr) for rule in rules)


def test_too_many_rules_are_refused_with_the_way_out() -> None:
    layout = Layout(
        ranges={**RANGES, "public": ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]},
        places=PLACES,
        relayed=True,
    )
    relations: list[Declared] = [Relation("gateway", "web", 8000 + number) for number in range(7)]
    with pytest.raises(ComponentError) as refused:
        walls("la-prod-network", layout, relations)
    assert MOST_RULES == 20
    assert str(refused.value) == (
        "la-prod-network: the wall around the private tier would need 21 rules. Expected at most 20, which is what "
        "AWS takes. Fix: let the ranges of the tiers be computed, which makes one rule of three, or keep "
        "walls=database."
    )


def test_whoever_talks_must_have_a_tier() -> None:
    with pytest.raises(ComponentError) as refused:
        walls("net", LAYOUT, [Relation("bastion", "db", 5432)])
    assert str(refused.value) == (
        "net: Relation(source='bastion', target='db', port=5432) is declared, and no tier is named for bastion. "
        "Expected every component that talks to another of this network in a tier. Fix: name it in `wall_in`."
    )
