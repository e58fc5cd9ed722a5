"""Environments' ranges: apart from each other, and unmoved by whoever comes or goes."""

from ipaddress import IPv4Network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.cidr import LETTERS, Tier, plan
from components.cidr_environments import Pool, allot, check_apart
from components.errors import ComponentError
from tests.components.test_cidr import apart

NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6)


@st.composite
def fleets(draw: st.DrawFn) -> tuple[Pool, dict[str, int]]:
    prefix = draw(st.integers(16, 24))
    width = draw(st.integers(1, 6))
    start = draw(st.integers(0, 2 ** (prefix - width) - 1)) << (32 - prefix + width)
    pool = Pool(cidr=str(IPv4Network((start, prefix - width))), prefix=prefix)
    names = draw(st.lists(NAMES, min_size=1, max_size=pool.places, unique=True))
    places = draw(st.permutations(range(pool.places)))
    return pool, dict(zip(names, places, strict=False))


@given(fleets())
@settings(max_examples=1000)
def test_a_thousand_fleets_share_no_address(fleet: tuple[Pool, dict[str, int]]) -> None:
    pool, places = fleet
    ranges = [IPv4Network(cidr) for cidr in allot("fleet", pool, places).values()]
    assert len(ranges) == len(places)
    assert all(block.subnet_of(IPv4Network(pool.cidr)) and block.prefixlen == pool.prefix for block in ranges)
    assert apart(ranges)


@given(fleets(), st.data())
@settings(max_examples=500)
def test_coming_and_going_moves_nobody_else(fleet: tuple[Pool, dict[str, int]], data: st.DataObject) -> None:
    pool, places = fleet
    staying = data.draw(st.sets(st.sampled_from(sorted(places)), min_size=1))
    everybody = allot("fleet", pool, places)
    some = allot("fleet", pool, {name: place for name, place in places.items() if name in staying})
    assert some == {name: cidr for name, cidr in everybody.items() if name in staying}


@given(st.lists(st.integers(0, 15), min_size=2, max_size=4, unique=True), st.sampled_from(LETTERS))
@settings(max_examples=300)
def test_subnets_of_different_environments_never_meet(places: list[int], letter: str) -> None:
    fleet = allot("fleet", Pool(cidr="10.16.0.0/12"), {str(place): place for place in places})
    subnets = [
        IPv4Network(slot.cidr)
        for vpc in fleet.values()
        for slot in plan("net", vpc, sorted({"a", letter}), tiers=tuple(Tier))
    ]
    assert apart(subnets)


def test_the_ranges_of_three_environments() -> None:
    places = {"dev": 0, "staging": 1, "production": 2}
    assert allot("la", Pool(cidr="10.16.0.0/12"), places) == {
        "dev": "10.16.0.0/16",
        "staging": "10.17.0.0/16",
        "production": "10.18.0.0/16",
    }


def test_a_dictated_range_stands_beside_computed_ones() -> None:
    fleet = allot("la", Pool(cidr="10.16.0.0/12"), {"dev": 3}, {"production": "10.0.0.0/16"})
    assert fleet == {"dev": "10.19.0.0/16", "production": "10.0.0.0/16"}


POOL = Pool(cidr="10.16.0.0/14")

REFUSED: list[tuple[Pool, dict[str, int], dict[str, str], str]] = [
    (
        POOL,
        {"dev": 1},
        {"production": "10.17.128.0/20"},
        "la: dev (10.17.0.0/16) overlaps production (10.17.128.0/20). Expected environments that share no address. "
        "Fix: give dev or production another range.",
    ),
    (
        POOL,
        {"dev": 4},
        {},
        "la: dev has place 4, and the pool 10.16.0.0/14 has 4 places of a /16. Expected a place from 0 to 3. "
        "Fix: choose a free place, or widen the pool.",
    ),
    (
        POOL,
        {"dev": 0, "staging": 0},
        {},
        "la: staging and dev both have place 0. Expected a place of its own for every environment. "
        "Fix: choose a free place for the newer of the two.",
    ),
    (
        POOL,
        {"dev": 0},
        {"dev": "10.0.0.0/16"},
        "la: dev has both a place and a dictated range. Expected one of the two. Fix: remove the place, or the range.",
    ),
    (
        Pool(cidr="10.16.0.0/20"),
        {"dev": 0},
        {},
        "la: the pool 10.16.0.0/20 cannot be cut into VPCs of the size /16. Expected a pool at least as wide as one "
        "VPC, and a size from /16 to /28. Fix: widen the pool, or choose another size.",
    ),
    (
        Pool(cidr="10.0.0.0/8", prefix=12),
        {"dev": 0},
        {},
        "la: the pool 10.0.0.0/8 cannot be cut into VPCs of the size /12. Expected a pool at least as wide as one "
        "VPC, and a size from /16 to /28. Fix: widen the pool, or choose another size.",
    ),
]


@pytest.mark.parametrize(("pool", "places", "dictated", "sentence"), REFUSED)
def test_impossible_fleets_are_refused(
    pool: Pool, places: dict[str, int], dictated: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ComponentError) as refused:
        allot("la", pool, places, dictated)
    assert str(refused.value) == sentence


def test_networks_that_share_addresses_are_told_by_name() -> None:
    check_apart("la", {"dev": "10.0.0.0/16", "staging": "10.1.0.0/16"})
    with pytest.raises(
        ComponentError, match=r"staging \(10.0.0.0/16\) overlaps dev \(10.0.0.0/16\)|dev .* overlaps staging"
    ):
        check_apart("la", {"dev": "10.0.0.0/16", "staging": "10.0.0.0/16"})
