"""What a network's arguments say of its tiers and their addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from components.cidr import Dictated, ExtraTier, Slot, Tier, block_of, tier_name
from components.errors import ComponentError
from components.network_args import Nat, NetworkArgs
from components.network_walls import Layout
from components.relations import Peer


def dictated(args: NetworkArgs) -> Mapping[Tier, Dictated | None]:
    """The dictated ranges of the three tiers."""
    return {
        Tier.PUBLIC: args.public_cidrs,
        Tier.PRIVATE: args.private_cidrs,
        Tier.DATABASE: args.database_cidrs,
    }


def tiers_of(args: NetworkArgs) -> Sequence[Tier | ExtraTier]:
    """The three tiers and the extra ones."""
    return [*Tier, *args.extra_tiers]


def with_exit(args: NetworkArgs) -> Sequence[str]:
    """The tiers that have the private tier's way out."""
    return [Tier.PRIVATE, *(tier.name for tier in args.extra_tiers if tier.internet)]


def ranges_of(where: str, args: NetworkArgs, slots: Sequence[Slot]) -> Mapping[str, Sequence[str]]:
    """The addresses of each tier: all that is kept for it where computed, so that a new zone changes no rule."""
    return {tier_name(tier): _ranges(where, args, slots, tier) for tier in tiers_of(args)}


def layout_of(
    where: str, args: NetworkArgs, slots: Sequence[Slot], peers: Mapping[str, Sequence[Peer]]
) -> Layout:
    """Which addresses and components each tier has; ComponentError for a tier that there is not."""
    ranges = ranges_of(where, args, slots)
    unknown = sorted(set(peers) - set(ranges))
    if unknown:
        raise ComponentError(
            where,
            f"components are named for {', '.join(unknown)}",
            expected=f"one of {', '.join(ranges)}",
            fix="name them under a tier of this network",
        )
    places = {peer.component_name: tier for tier, members in peers.items() for peer in members}
    return Layout(ranges=ranges, places=places, relayed=_relays(args), ipv6=args.ipv6)


def _ranges(where: str, args: NetworkArgs, slots: Sequence[Slot], tier: Tier | ExtraTier) -> Sequence[str]:
    told = tier.cidrs if isinstance(tier, ExtraTier) else dictated(args).get(tier)
    if told is None:
        return [block_of(where, args.cidr_block, tier)]
    return [slot.cidr for slot in slots if slot.tier == tier_name(tier)]


def _relays(args: NetworkArgs) -> bool:
    # A regional NAT gateway stands in no subnet, so no ACL sees its side of the traffic.
    return args.nat in (Nat.SINGLE, Nat.PER_AZ, Nat.INSTANCE)
