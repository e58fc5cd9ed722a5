"""Which IPv6 subnet belongs to which tier and zone: like the IPv4 plan, a place for everything that may come."""

from __future__ import annotations

from ipaddress import IPv6Network
from itertools import islice

from components.cidr import LETTERS, Tier

# AWS: a VPC gets a /56, a subnet a /64 of it: CreateVpc and CreateSubnet, EC2 API reference (botocore 1.44.5).
_SUBNET_PREFIX = 64
# Append only; extra tiers have 2 to 7. 32 tiers of eight zones find room.
_PLACES = {Tier.PUBLIC: 0, Tier.DATABASE: 1, Tier.PRIVATE: 8}


def ipv6_subnet(block: str, tier: str, letter: str, place: int | None = None) -> str:
    """The /64 of a tier and zone within the VPC's `block`; `place` is that of an extra tier."""
    number = _PLACES[Tier(tier)] if place is None else place
    index = number * len(LETTERS) + LETTERS.index(letter)
    return str(next(islice(IPv6Network(block).subnets(new_prefix=_SUBNET_PREFIX), index, None)))
