"""Address plans: nothing overlaps, nothing leaves the VPC, and growth moves nothing."""

from collections.abc import Sequence
from ipaddress import IPv4Network
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.cidr import LETTERS, Slot, Tier, overlaps, plan
from components.errors import ComponentError

LETTER_SETS = st.lists(st.sampled_from(LETTERS), min_size=1, max_size=len(LETTERS), unique=True).map(sorted)
TIER_SETS = st.lists(st.sampled_from(list(Tier)), min_size=1, max_size=len(Tier), unique=True)


@st.composite
def vpcs(draw: st.DrawFn) -> str:
    prefix = draw(st.integers(16, 21))
    host = draw(st.integers(0, 2**prefix - 1))
    return str(IPv4Network((host << (32 - prefix), prefix)))


@given(vpcs(), LETTER_SETS, TIER_SETS)
def test_computed_subnets_lie_inside_and_apart(vpc: str, letters: list[str], tiers: list[Tier]) -> None:
    networks = [IPv4Network(slot.cidr) for slot in plan("net", vpc, letters, tiers=tiers)]
    assert len(networks) == len(letters) * len(tiers)
    assert all(network.subnet_of(IPv4Network(vpc)) for network in networks)
    assert not any(a.overlaps(b) for a, b in combinations(networks, 2))
    assert all(16 <= network.prefixlen <= 28 for network in networks)


@given(vpcs(), LETTER_SETS, LETTER_SETS, TIER_SETS, TIER_SETS)
def test_more_zones_and_tiers_move_nothing(
    vpc: str, letters: list[str], more: list[str], tiers: list[Tier], others: list[Tier]
) -> None:
    before = plan("net", vpc, letters, tiers=tiers)
    after = plan("net", vpc, sorted({*letters, *more}), tiers=list(dict.fromkeys([*tiers, *others])))
    assert set(before) <= set(after)


@given(vpcs())
def test_even_a_full_plan_leaves_room_for_six_more_tiers(vpc: str) -> None:
    taken = sum(IPv4Network(slot.cidr).num_addresses for slot in plan("net", vpc, LETTERS))
    public = IPv4Network(plan("net", vpc, "a", tiers=[Tier.PUBLIC])[0].cidr).num_addresses
    assert IPv4Network(vpc).num_addresses - taken == 6 * len(LETTERS) * public


def test_the_computed_plan_of_a_sixteen() -> None:
    assert plan("net", "10.4.0.0/16", "ac") == [
        Slot(Tier.PUBLIC, "a", "10.4.128.0/23"),
        Slot(Tier.PUBLIC, "c", "10.4.132.0/23"),
        Slot(Tier.PRIVATE, "a", "10.4.0.0/20"),
        Slot(Tier.PRIVATE, "c", "10.4.32.0/20"),
        Slot(Tier.DATABASE, "a", "10.4.144.0/23"),
        Slot(Tier.DATABASE, "c", "10.4.148.0/23"),
    ]


def test_dictated_ranges_are_taken_as_they_are() -> None:
    dictated = {
        Tier.PUBLIC: ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"],
        Tier.PRIVATE: ["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"],
        Tier.DATABASE: ["10.0.21.0/24", "10.0.22.0/24", "10.0.23.0/24"],
    }
    slots = plan("net", "10.0.0.0/16", "abc", dictated)
    assert {tier: [slot.cidr for slot in slots if slot.tier is tier] for tier in Tier} == dictated
    assert [slot.letter for slot in slots] == list("abc") * 3


def test_a_dictated_tier_and_computed_ones_go_together() -> None:
    slots = plan("net", "10.0.0.0/16", "a", {Tier.PUBLIC: ["10.0.255.0/24"]})
    assert [slot.cidr for slot in slots] == ["10.0.255.0/24", "10.0.0.0/20", "10.0.144.0/23"]


REFUSED: list[tuple[str, str, dict[Tier, Sequence[str] | None], str]] = [
    (
        "10.0.0.0/8",
        "abc",
        {},
        (
            "net: the VPC 10.0.0.0/8 is a /8. Expected a size from /16 to /28, which is what AWS takes. "
            "Fix: choose another prefix length."
        ),
    ),
    (
        "10.0.0.1/16",
        "abc",
        {},
        (
            "net: '10.0.0.1/16' is not an IPv4 range: 10.0.0.1/16 has host bits set. Expected "
            "an address and a "
            "prefix length without host bits, such as 10.0.0.0/16. Fix: correct the range."
        ),
    ),
    (
        "10.0.0.0/22",
        "abc",
        {},
        (
            "net: the VPC 10.0.0.0/22 is too small to compute subnets with room for more zones and tiers. "
            "Expected a /21 or wider. Fix: widen the VPC, or dictate the ranges of every tier."
        ),
    ),
    (
        "10.0.0.0/16",
        "az",
        {},
        (
            "net: no places are kept for zones a, z. Expected different zones with letters from a to h. "
            "Fix: choose other availability zones."
        ),
    ),
    (
        "10.0.0.0/16",
        "aa",
        {},
        (
            "net: no places are kept for zones a, a. Expected different zones with letters from a to h. "
            "Fix: choose other availability zones."
        ),
    ),
    (
        "10.0.0.0/16",
        "",
        {},
        (
            "net: no places are kept for zones none. Expected different zones with letters from a to h. "
            "Fix: choose other availability zones."
        ),
    ),
    (
        "10.0.0.0/16",
        "ab",
        {Tier.PUBLIC: ["10.0.1.0/24"]},
        (
            "net: 1 public ranges are given for 2 availability zones. Expected one range per zone. "
            "Fix: give 2 public ranges, or change the number of zones."
        ),
    ),
    (
        "10.0.0.0/16",
        "a",
        {Tier.PUBLIC: ["10.1.1.0/24"]},
        (
            "net: public subnet 10.1.1.0/24 lies outside of the VPC 10.0.0.0/16. "
            "Expected a range within 10.0.0.0/16. Fix: move the subnet or widen the VPC."
        ),
    ),
    (
        "10.0.0.0/16",
        "a",
        {Tier.PUBLIC: ["10.0.1.0/29"]},
        (
            "net: public subnet 10.0.1.0/29 is a /29. Expected a size from /16 to /28, which is "
            "what AWS takes. "
            "Fix: choose another prefix length."
        ),
    ),
    (
        "10.0.0.0/16",
        "a",
        {Tier.PUBLIC: ["10.0.1.0/24"], Tier.PRIVATE: ["10.0.0.0/23"], Tier.DATABASE: ["10.0.9.0/24"]},
        (
            "net: public subnet 10.0.1.0/24 overlaps private subnet 10.0.0.0/23. "
            "Expected ranges that share no address. Fix: move one of the two."
        ),
    ),
    (
        "10.0.0.0/16",
        "a",
        {Tier.PUBLIC: ["10.0.1.0/24"]},
        (
            "net: public subnet 10.0.1.0/24 overlaps private subnet 10.0.0.0/20. "
            "Expected ranges that share no address. Fix: move one of the two."
        ),
    ),
]


@pytest.mark.parametrize(("vpc", "letters", "dictated", "sentence"), REFUSED)
def test_impossible_plans_are_refused(
    vpc: str, letters: str, dictated: dict[Tier, Sequence[str] | None], sentence: str
) -> None:
    with pytest.raises(ComponentError) as refused:
        plan("net", vpc, list(letters), dictated)
    assert str(refused.value) == sentence


def test_overlaps_of_whole_networks() -> None:
    assert overlaps(["10.0.0.0/16", "10.1.0.0/16", "10.0.128.0/17"]) == [("10.0.0.0/16", "10.0.128.0/17")]
