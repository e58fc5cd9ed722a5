"""Which addresses belong to which environment, so that any two of them can be connected some day.

Every environment has a number, its place in the pool. The range depends on the pool, the size and the number only:
another environment changes none that exists, and a removed one leaves its place free. A range may also be dictated,
because it is in use already; then it must not meet anybody else's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from itertools import combinations, islice

from components.cidr import NARROWEST, WIDEST, parse
from components.errors import ComponentError


@dataclass(frozen=True, kw_only=True)
class Pool:
    """`prefix` is the size of every environment's VPC, e.g. 16; `cidr` is cut into pieces of it."""

    cidr: str
    prefix: int = 16

    @property
    def places(self) -> int:
        """How many environments find room."""
        return int(2 ** (self.prefix - IPv4Network(self.cidr).prefixlen))


def allot(
    where: str, pool: Pool, places: Mapping[str, int], dictated: Mapping[str, str] | None = None
) -> Mapping[str, str]:
    """A VPC range per environment, by name; ComponentError where two would share addresses."""
    _check_pool(where, pool)
    _check_places(where, pool, places)
    _check_once(where, places, dictated or {})
    ranges = {name: _place(pool, place) for name, place in places.items()} | dict(dictated or {})
    check_apart(where, ranges)
    return ranges


def check_apart(where: str, ranges: Mapping[str, str]) -> None:
    """Refuse networks, name to range, of which two share addresses: they could never be connected."""
    networks = {name: parse(where, cidr) for name, cidr in ranges.items()}
    for (name, network), (other, taken) in combinations(networks.items(), 2):
        if network.overlaps(taken):
            raise ComponentError(
                where,
                f"{name} ({network}) overlaps {other} ({taken})",
                expected="environments that share no address",
                fix=f"give {name} or {other} another range",
            )


def _place(pool: Pool, place: int) -> str:
    pieces = IPv4Network(pool.cidr).subnets(new_prefix=pool.prefix)
    return str(next(islice(pieces, place, None)))


def _check_pool(where: str, pool: Pool) -> None:
    whole = parse(where, pool.cidr)
    if WIDEST <= pool.prefix <= NARROWEST and whole.prefixlen <= pool.prefix:
        return
    raise ComponentError(
        where,
        f"the pool {whole} cannot be cut into VPCs of the size /{pool.prefix}",
        expected=f"a pool at least as wide as one VPC, and a size from /{WIDEST} to /{NARROWEST}",
        fix="widen the pool, or choose another size",
    )


def _check_places(where: str, pool: Pool, places: Mapping[str, int]) -> None:
    holders: dict[int, str] = {}
    for name, place in places.items():
        if not 0 <= place < pool.places:
            raise ComponentError(
                where,
                f"{name} has place {place}, and the pool {pool.cidr} has {pool.places} places of a /{pool.prefix}",
                expected=f"a place from 0 to {pool.places - 1}",
                fix="choose a free place, or widen the pool",
            )
        if place in holders:
            raise ComponentError(
                where,
                f"{name} and {holders[place]} both have place {place}",
                expected="a place of its own for every environment",
                fix="choose a free place for the newer of the two",
            )
        holders[place] = name


def _check_once(where: str, places: Mapping[str, int], dictated: Mapping[str, str]) -> None:
    twice = sorted(set(places) & set(dictated))
    if twice:
        raise ComponentError(
            where,
            f"{', '.join(twice)} has both a place and a dictated range",
            expected="one of the two",
            fix="remove the place, or the range",
        )
