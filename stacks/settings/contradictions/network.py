"""What about the network cannot be."""

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import IPv4Network
from itertools import combinations

from components.cidr import NARROWEST, WIDEST, Tier, plan
from components.endpoint_names import missing_for_tasks
from stacks.settings.contradictions.borrowed import refused
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings

TIERS = ("public_cidrs", "private_cidrs", "database_cidrs")


def network(settings: Settings) -> Iterator[Problem]:
    """Ranges that are malformed, miscounted, outside the VPC, overlapping; tasks without a way out."""
    ranges = _ranges(settings)
    parsed = {path: net for path, text in ranges.items() if (net := _parse(text))}
    found = [_malformed(path, text) for path, text in ranges.items() if path not in parsed]
    found += [*_sizes(parsed), *_counts(settings), *_outside(parsed), *_overlaps(parsed)]
    yield from found or _unplannable(settings)
    yield from _no_way_out(settings)
    yield from _nothing_to_enter(settings)


def _ranges(settings: Settings) -> dict[str, str]:
    net = settings.network
    found = {"network.cidr_block": net.cidr_block}
    for tier in TIERS:
        found |= {f"network.{tier}[{i}]": text for i, text in enumerate(getattr(net, tier) or ())}
    return found | {f"network.peered_with.{name}": text for name, text in net.peered_with.items()}


def _parse(text: str) -> IPv4Network | None:
    try:
        return IPv4Network(text)
    except ValueError:
        return None


def _malformed(path: str, text: str) -> Problem:
    try:
        whole = str(IPv4Network(text, strict=False))
        problem, example = f'"{text}" is an address inside a range, not the start of one', whole
    except ValueError:
        problem, example = f'"{text}" is not an IPv4 range', "10.0.0.0/16"
    return Problem(
        path=path,
        problem=problem,
        expected=f"a range like {example}",
        fix=SetTo(path=path, value=example),
        involves=(_setting(path),),
    )


def _sizes(parsed: dict[str, IPv4Network]) -> Iterator[Problem]:
    for path, net in parsed.items():
        if not path.startswith("network.peered_with") and not WIDEST <= net.prefixlen <= NARROWEST:
            yield Problem(
                path=path,
                problem=f"AWS has no network of the size /{net.prefixlen}",
                expected=f"a size from /{WIDEST} to /{NARROWEST}",
                fix=f"end the range in a size from /{WIDEST} to /{NARROWEST}",
                involves=(_setting(path),),
            )


def _counts(settings: Settings) -> Iterator[Problem]:
    zones = settings.network.az_count
    for tier in TIERS:
        ranges = getattr(settings.network, tier)
        if ranges is not None and len(ranges) != zones:
            yield Problem(
                path=f"network.{tier}",
                problem=f"{len(ranges)} range{'' if len(ranges) == 1 else 's'} for {zones} zones",
                expected=f"{zones} ranges, one per zone, or none at all to have them computed",
                fix=f"list {zones} ranges, or change network.az_count",
                involves=(f"network.{tier}", "network.az_count"),
            )


def _outside(parsed: dict[str, IPv4Network]) -> Iterator[Problem]:
    vpc = parsed.get("network.cidr_block")
    for path, net in _subnets(parsed):
        if vpc is not None and not net.subnet_of(vpc):
            yield Problem(
                path=path,
                problem=f"{net} lies outside of the VPC's {vpc}",
                expected=f"a range inside {vpc}",
                fix=f"move it into {vpc}, or change network.cidr_block",
                involves=(_setting(path), "network.cidr_block"),
            )


def _overlaps(parsed: dict[str, IPv4Network]) -> Iterator[Problem]:
    peers = [(path, net) for path, net in parsed.items() if path.startswith("network.peered_with")]
    vpc = [(path, net) for path, net in parsed.items() if path == "network.cidr_block"]
    pairs = [*combinations(_subnets(parsed), 2), *((peer, own) for peer in peers for own in vpc)]
    for (path, net), (other_path, other) in pairs:
        if net.overlaps(other):
            yield Problem(
                path=path,
                problem=f"{net} overlaps {other} of {other_path}",
                expected="ranges that share no address",
                fix=f"move one of {path} and {other_path} to a free range",
                involves=(_setting(path), _setting(other_path)),
            )


def _unplannable(settings: Settings) -> Iterator[Problem]:
    """What only shows when computed ranges join the dictated ones."""
    net = settings.network
    dictated = {tier: getattr(net, f"{tier}_cidrs") for tier in Tier}
    involves = ("network.cidr_block", *(f"network.{tier}" for tier in TIERS))
    letters = "abc"[: net.az_count]
    found = refused(
        "network.cidr_block", involves, lambda: plan("network", net.cidr_block, letters, dictated)
    )
    yield from (replace(problem, fix="list the ranges of all three tiers, or of none") for problem in found)


def _no_way_out(settings: Settings) -> Iterator[Problem]:
    missing = missing_for_tasks(settings.network.endpoints)
    if settings.network.nat == "none" and missing:
        yield Problem(
            path="network.nat",
            problem="without NAT and without endpoints the private tasks cannot fetch their image or secrets, or send "
            f"their logs: they lack {', '.join(missing)}",
            expected="a NAT, or network.endpoints with what tasks cannot start without",
            fix=SetTo(path="network.nat", value="single"),
            involves=("network.nat", "network.endpoints"),
        )


def _nothing_to_enter(settings: Settings) -> Iterator[Problem]:
    if settings.network.bastion_sessions is not None and not settings.network.bastion:
        yield Problem(
            path="network.bastion_sessions",
            problem="there is no bastion to open sessions through",
            expected="network.bastion: true beside it",
            fix=SetTo(path="network.bastion", value=True),
            involves=("network.bastion", "network.bastion_sessions"),
        )


def _subnets(parsed: dict[str, IPv4Network]) -> list[tuple[str, IPv4Network]]:
    return [(path, net) for path, net in parsed.items() if path.endswith("]")]


def _setting(path: str) -> str:
    return path.partition("[")[0]
