"""IPv6 subnets: a place for every tier and zone, as in the IPv4 plan."""

from __future__ import annotations

from ipaddress import IPv6Network

from hypothesis import given

from components.cidr import Tier
from components.cidr_ipv6 import ipv6_subnet
from tests.components.test_cidr import LETTER_SETS, PLACES


@given(LETTER_SETS, PLACES)
def test_ipv6_subnets_lie_apart_within_the_block(letters: list[str], places: list[int]) -> None:
    block = "2600:1f18:1234:5600::/56"
    found = [IPv6Network(ipv6_subnet(block, tier, letter)) for tier in Tier for letter in letters]
    found += [IPv6Network(ipv6_subnet(block, "any", letter, place)) for place in places for letter in letters]
    assert all(network.prefixlen == 64 and network.subnet_of(IPv6Network(block)) for network in found)
    assert len(set(found)) == len(found)


def test_ipv6_places_are_what_they_are() -> None:
    block = "2600:1f18:1234:5600::/56"
    assert [ipv6_subnet(block, tier, "b") for tier in Tier] == [
        "2600:1f18:1234:5601::/64",
        "2600:1f18:1234:5641::/64",
        "2600:1f18:1234:5609::/64",
    ]
    assert ipv6_subnet(block, "search", "a", 2) == "2600:1f18:1234:5610::/64"
