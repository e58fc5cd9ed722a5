"""Which addresses belong to which subnet: dictated, or computed so that growth moves nothing.

Computed layout: the first half of the VPC is the private tier, the second half is cut into eight blocks for
the other tiers. Every tier's block is cut into eight, one for each zone letter from a to h. A subnet's place
depends on its own tier and letter only, so another zone or another tier changes no subnet that exists.
Dictated ranges may be kept by letter, also for zones that are not in use yet: those are held free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Network, NetmaskValueError
from itertools import combinations, islice, pairwise

from components.errors import ComponentError

LETTERS = "abcdefgh"

# AWS: API references of CreateVpc and CreateSubnet (docs.amazonaws.cn/sdkfornet, EC2), read 2026-11.
WIDEST, NARROWEST = 16, 28

# The private tier takes one bit of the VPC, every other tier four, the zones of a tier three more.
_ZONE_BITS = 3
_HALF_BITS = 1
_BLOCK_BITS = 4
_COMPUTED_NARROWEST = NARROWEST - _BLOCK_BITS - _ZONE_BITS


class Tier(StrEnum):
    """The tiers of a network, from the world inwards."""

    PUBLIC = "public"
    PRIVATE = "private"
    DATABASE = "database"


# Append only: a tier's number is its place in the second half of the VPC. Two of eight are taken.
_BLOCKS: Mapping[str, int] = {Tier.PUBLIC: 0, Tier.DATABASE: 1}
FREE_PLACES = range(len(_BLOCKS), 2 ** (_BLOCK_BITS - _HALF_BITS))

# One range per zone in the order of the zones, or by the letter of the zone.
Dictated = Sequence[str] | Mapping[str, str]


@dataclass(frozen=True)
class ExtraTier:
    """A tier beside the three: `place` (2 to 7) is where it lies in the second half, and never changes.

    `internet` gives it the private tier's way out; otherwise it talks within the VPC only.
    """

    name: str
    place: int
    cidrs: Dictated | None = None
    internet: bool = False


@dataclass(frozen=True)
class Slot:
    """One subnet: its tier, the letter of its zone, its addresses."""

    tier: str
    letter: str
    cidr: str


def plan(
    where: str,
    vpc: str,
    letters: Sequence[str],
    dictated: Mapping[Tier, Dictated | None] | None = None,
    tiers: Sequence[Tier | ExtraTier] = tuple(Tier),
) -> Sequence[Slot]:
    """A slot per tier and zone, ordered by tier, then zone; ComponentError where they cannot be."""
    block = parse(where, vpc)
    _check_vpc(where, block)
    _check_letters(where, letters)
    _check_tiers(where, tiers)
    slots = [slot for tier in tiers for slot in _tier(where, block, tier, letters, dictated or {})]
    _check_inside(where, block, slots)
    _check_apart(where, slots)
    return [slot for slot in slots if slot.letter in letters]


def block_of(where: str, vpc: str, tier: Tier | ExtraTier) -> str:
    """All addresses that are kept for a computed tier, its zones to come included."""
    block = parse(where, vpc)
    _check_room(where, block)
    return str(_tier_block(block, tier))


def overlaps(cidrs: Iterable[str]) -> Sequence[tuple[str, str]]:
    """The pairs that share addresses: subnets of one network, or whole networks that want to be peered."""
    return [(a, b) for a, b in combinations(cidrs, 2) if IPv4Network(a).overlaps(IPv4Network(b))]


def _tier(
    where: str,
    vpc: IPv4Network,
    tier: Tier | ExtraTier,
    letters: Sequence[str],
    dictated: Mapping[Tier, Dictated | None],
) -> Sequence[Slot]:
    name = tier_name(tier)
    ranges = tier.cidrs if isinstance(tier, ExtraTier) else dictated.get(tier)
    if ranges is None:
        return [Slot(name, letter, _computed(where, vpc, tier, letter)) for letter in letters]
    by_letter = _by_letter(where, name, letters, ranges)
    return [Slot(name, letter, str(_subnet(where, name, cidr))) for letter, cidr in by_letter.items()]


def tier_name(tier: Tier | ExtraTier) -> str:
    """What the tier is called in names and tags."""
    return tier.name if isinstance(tier, ExtraTier) else tier


def _by_letter(where: str, tier: str, letters: Sequence[str], dictated: Dictated) -> Mapping[str, str]:
    """The dictated ranges, those of letters not in use yet included."""
    if not isinstance(dictated, Mapping):
        _check_count(where, tier, letters, dictated)
        return dict(zip(letters, dictated, strict=True))
    _check_covered(where, tier, letters, dictated)
    return dict(sorted(dictated.items()))


def _computed(where: str, vpc: IPv4Network, tier: Tier | ExtraTier, letter: str) -> str:
    _check_room(where, vpc)
    return str(_nth(_tier_block(vpc, tier), _ZONE_BITS, LETTERS.index(letter)))


def _tier_block(vpc: IPv4Network, tier: Tier | ExtraTier) -> IPv4Network:
    if tier is Tier.PRIVATE:
        return _nth(vpc, _HALF_BITS, 0)
    place = tier.place if isinstance(tier, ExtraTier) else _BLOCKS[tier]
    return _nth(_nth(vpc, _HALF_BITS, 1), _BLOCK_BITS - _HALF_BITS, place)


def _nth(block: IPv4Network, bits: int, index: int) -> IPv4Network:
    return next(islice(block.subnets(prefixlen_diff=bits), index, None))


def parse(where: str, cidr: str) -> IPv4Network:
    """The range that `cidr` says; ComponentError where it says none."""
    try:
        return IPv4Network(cidr)
    except (AddressValueError, NetmaskValueError, ValueError) as error:
        raise ComponentError(
            where,
            f"{cidr!r} is not an IPv4 range: {error}",
            expected="an address and a prefix length without host bits, such as 10.0.0.0/16",
            fix="correct the range",
        ) from error


def _subnet(where: str, tier: str, cidr: str) -> IPv4Network:
    network = parse(where, cidr)
    if WIDEST <= network.prefixlen <= NARROWEST:
        return network
    raise ComponentError(
        where,
        f"{tier} subnet {cidr} is a /{network.prefixlen}",
        expected=f"a size from /{WIDEST} to /{NARROWEST}, which is what AWS takes",
        fix="choose another prefix length",
    )


def _check_vpc(where: str, vpc: IPv4Network) -> None:
    if WIDEST <= vpc.prefixlen <= NARROWEST:
        return
    raise ComponentError(
        where,
        f"the VPC {vpc} is a /{vpc.prefixlen}",
        expected=f"a size from /{WIDEST} to /{NARROWEST}, which is what AWS takes",
        fix="choose another prefix length",
    )


def _check_room(where: str, vpc: IPv4Network) -> None:
    if vpc.prefixlen <= _COMPUTED_NARROWEST:
        return
    raise ComponentError(
        where,
        f"the VPC {vpc} is too small to compute subnets with room for more zones and tiers",
        expected=f"a /{_COMPUTED_NARROWEST} or wider",
        fix="widen the VPC, or dictate the ranges of every tier",
    )


def _check_letters(where: str, letters: Sequence[str]) -> None:
    strange = [letter for letter in letters if letter not in LETTERS]
    if not strange and len(set(letters)) == len(letters) > 0:
        return
    raise ComponentError(
        where,
        f"no places are kept for zones {', '.join(letters) or 'none'}",
        expected=f"different zones with letters from {LETTERS[0]} to {LETTERS[-1]}",
        fix="choose other availability zones",
    )


def _check_count(where: str, tier: str, letters: Sequence[str], dictated: Sequence[str]) -> None:
    if len(dictated) == len(letters):
        return
    raise ComponentError(
        where,
        f"{len(dictated)} {tier} ranges are given for {len(letters)} availability zones",
        expected="one range per zone",
        fix=f"give {len(letters)} {tier} ranges, or change the number of zones",
    )


def _check_covered(where: str, tier: str, letters: Sequence[str], dictated: Mapping[str, str]) -> None:
    missing = [letter for letter in letters if letter not in dictated]
    strange = [letter for letter in dictated if letter not in LETTERS]
    if not missing and not strange:
        return
    raise ComponentError(
        where,
        f"the {tier} ranges are given for zones {', '.join(dictated) or 'none'}, and the zones are "
        f"{', '.join(letters)}",
        expected=f"a range for each zone, by letters from {LETTERS[0]} to {LETTERS[-1]}",
        fix=f"give ranges for {', '.join(missing)}" if missing else f"remove {', '.join(strange)}",
    )


def _check_tiers(where: str, tiers: Sequence[Tier | ExtraTier]) -> None:
    names = [tier_name(tier) for tier in tiers]
    places = [tier.place for tier in tiers if isinstance(tier, ExtraTier)]
    if len(set(names)) == len(names) and len(set(places)) == len(places) and set(places) <= set(FREE_PLACES):
        return
    extra = ", ".join(f"{tier.name} at {tier.place}" for tier in tiers if isinstance(tier, ExtraTier))
    raise ComponentError(
        where,
        f"the extra tiers cannot stand beside each other: {extra}",
        expected=f"different names, and different places from {FREE_PLACES[0]} to {FREE_PLACES[-1]}",
        fix="give each tier a name and a place of its own",
    )


def _check_inside(where: str, vpc: IPv4Network, slots: Sequence[Slot]) -> None:
    for slot in slots:
        if not IPv4Network(slot.cidr).subnet_of(vpc):
            raise ComponentError(
                where,
                f"{slot.tier} subnet {slot.cidr} lies outside of the VPC {vpc}",
                expected=f"a range within {vpc}",
                fix="move the subnet or widen the VPC",
            )


def _check_apart(where: str, slots: Sequence[Slot]) -> None:
    if _disjoint([IPv4Network(slot.cidr) for slot in slots]):
        return
    for a, b in combinations(slots, 2):
        if IPv4Network(a.cidr).overlaps(IPv4Network(b.cidr)):
            raise ComponentError(
                where,
                f"{a.tier} subnet {a.cidr} overlaps {b.tier} subnet {b.cidr}",
                expected="ranges that share no address",
                fix="move one of the two",
            )


def _disjoint(networks: Sequence[IPv4Network]) -> bool:
    """Ranges are nested or apart, so two that share addresses make two neighbours in order share some."""
    ordered = sorted(networks)
    return not any(a.overlaps(b) for a, b in pairwise(ordered))
