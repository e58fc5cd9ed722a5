"""Address plans: nothing overlaps, nothing leaves the VPC, and growth moves nothing."""

from collections.abc import Sequence
from ipaddress import IPv4Network
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.cidr import (
    FREE_PLACES,
    LETTERS,
    ExtraTier,
    Slot,
    Tier,
    block_of,
    overlaps,
    plan,
    tier_name,
)
from components.errors import ComponentError

LETTER_SETS = st.lists(st.sampled_from(LETTERS), min_size=1, max_size=len(LETTERS), unique=True).map(sorted)
TIER_SETS = st.lists(st.sampled_from(list(Tier)), min_size=1, max_size=len(Tier), unique=True)


@st.composite
def vpcs(draw: st.DrawFn) -> str:
    prefix = draw(st.integers(16, 21))
    host = draw(st.integers(0, 2**prefix - 1))
    return str(IPv4Network((host << (32 - prefix), prefix)))


def apart(networks: Sequence[IPv4Network]) -> bool:
    """No address belongs to two of them: in order, each ends before the next begins."""
    return all(int(a[-1]) < int(b[0]) for a, b in pairwise(sorted(networks)))


@given(vpcs(), LETTER_SETS, TIER_SETS)
@settings(max_examples=1000)
def test_computed_subnets_lie_inside_and_apart(vpc: str, letters: list[str], tiers: list[Tier]) -> None:
    networks = [IPv4Network(slot.cidr) for slot in plan("net", vpc, letters, tiers=tiers)]
    assert len(networks) == len(letters) * len(tiers)
    assert all(network.subnet_of(IPv4Network(vpc)) for network in networks)
    assert apart(networks)
    assert all(16 <= network.prefixlen <= 28 for network in networks)


@given(vpcs(), LETTER_SETS, LETTER_SETS, TIER_SETS, TIER_SETS)
@settings(max_examples=1000)
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


PLACES = st.lists(st.sampled_from(FREE_PLACES), unique=True, max_size=len(FREE_PLACES))


def extra(places: Sequence[int]) -> list[ExtraTier]:
    return [ExtraTier(f"tier-{place}", place) for place in places]


@given(vpcs(), LETTER_SETS, LETTER_SETS, PLACES, PLACES)
@settings(max_examples=1000)
def test_a_thousand_layouts_grow_by_zones_and_tiers_of_their_own_and_nothing_moves(
    vpc: str, letters: list[str], more: list[str], places: list[int], others: list[int]
) -> None:
    before = plan("net", vpc, letters, tiers=[*Tier, *extra(places)])
    grown = list(dict.fromkeys([*places, *others]))
    after = plan("net", vpc, sorted({*letters, *more}), tiers=[*Tier, *extra(grown)])
    networks = [IPv4Network(slot.cidr) for slot in after]
    assert set(before) <= set(after)
    assert apart(networks)
    assert all(network.subnet_of(IPv4Network(vpc)) for network in networks)


@given(vpcs(), LETTER_SETS, PLACES)
def test_a_tiers_block_holds_its_subnets_and_nobody_elses(
    vpc: str, letters: list[str], places: list[int]
) -> None:
    tiers = [*Tier, *extra(places)]
    slots = plan("net", vpc, letters, tiers=tiers)
    for tier in tiers:
        block = IPv4Network(block_of("net", vpc, tier))
        inside = [slot.tier for slot in slots if IPv4Network(slot.cidr).subnet_of(block)]
        assert inside == [tier_name(tier)] * len(letters)


@given(LETTER_SETS, st.randoms())
@settings(max_examples=500)
def test_ranges_dictated_by_letter_stay_with_their_zone(letters: list[str], random: Random) -> None:
    numbers = random.sample(range(256), len(LETTERS))
    ranges = {letter: f"10.0.{number}.0/24" for letter, number in zip(LETTERS, numbers, strict=True)}
    slots = plan("net", "10.0.0.0/16", letters, {Tier.PRIVATE: ranges}, tiers=[Tier.PRIVATE])
    assert {slot.letter: slot.cidr for slot in slots} == {letter: ranges[letter] for letter in letters}


@pytest.mark.parametrize(
    "tiers",
    [
        [ExtraTier("search", 1)],
        [ExtraTier("search", 8)],
        [ExtraTier("search", 2), ExtraTier("mail", 2)],
        [ExtraTier("search", 2), ExtraTier("search", 3)],
        [ExtraTier("private", 2)],
    ],
)
def test_extra_tiers_need_a_name_and_a_place_of_their_own(tiers: list[ExtraTier]) -> None:
    with pytest.raises(ComponentError) as refused:
        plan("net", "10.0.0.0/16", "a", tiers=[*Tier, *tiers])
    assert "the extra tiers cannot stand beside each other" in str(refused.value)
    assert refused.value.expected == "different names, and different places from 2 to 7"


def test_an_extra_tier_may_be_dictated_too() -> None:
    tier = ExtraTier("search", 2, cidrs=["10.0.7.0/24"])
    assert plan("net", "10.0.0.0/16", "a", tiers=[tier]) == [Slot("search", "a", "10.0.7.0/24")]
