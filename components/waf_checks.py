"""What a web application firewall refuses: known without AWS's SDK, so that settings are checked by the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_network

from components.waf_args import REDACTED_HEADERS, Restriction, WafArgs
from components.waf_paths import path_problems
from components.waf_rules import MANAGED_GROUPS

# AWS: WAF API, RateBasedStatement.Limit and EvaluationWindowSec (botocore 1.44.5), read 2026-11
_LOWEST_RATE, _HIGHEST_RATE = 10, 2_000_000_000
_WINDOWS = (60, 120, 300, 600)

_COUNTRY = re.compile("[A-Z]{2}")
_LABEL = re.compile("[a-z0-9-]{1,60}")

Problem = tuple[str, str, str]


def waf_problems(args: WafArgs) -> Iterator[Problem]:
    """What AWS would refuse, or what could not work: problem, what is expected, fix."""
    if not _LOWEST_RATE <= args.rate_limit_per_5_minutes <= _HIGHEST_RATE:
        yield (
            f"a rate limit of {args.rate_limit_per_5_minutes} requests in 5 minutes",
            f"{_LOWEST_RATE} to {_HIGHEST_RATE}, which is what AWS takes",
            "choose another rate_limit_per_5_minutes",
        )
    yield from _group_problems(args)
    yield from rate_problems(args)
    yield from _other_problems(args)
    if args.restricted is not None:
        yield from restriction_problems(args.restricted)


def rate_problems(args: WafArgs) -> Iterator[Problem]:
    """Labels, windows and paths of rate limits, and rates above the one for everything."""
    labels = [limit.label for limit in args.rate_limits]
    for limit in args.rate_limits:
        if not _LABEL.fullmatch(limit.label) or labels.count(limit.label) > 1:
            yield (
                f"a rate limit is called {limit.label!r}",
                "small letters, digits and hyphens, each label once",
                "give it another label",
            )
        if limit.window_seconds not in _WINDOWS or not _LOWEST_RATE <= limit.requests <= _HIGHEST_RATE:
            yield (
                f"{limit.label} allows {limit.requests} requests in {limit.window_seconds} seconds",
                f"{_LOWEST_RATE} to {_HIGHEST_RATE} requests in {', '.join(map(str, _WINDOWS))} seconds",
                "choose what AWS can count; finer limits belong into the application",
            )
        yield from path_problems(limit.label, limit.paths)
    highest = args.rate_limit_per_5_minutes
    for limit in args.rate_limits:
        if limit.requests * 300 > highest * limit.window_seconds:
            yield (
                f"{limit.label} allows {limit.requests} requests in {limit.window_seconds} seconds, more than the "
                f"{highest} in 300 that an address has for everything",
                "a rate below rate_limit_per_5_minutes",
                "lower the one or raise the other",
            )


def restriction_problems(restricted: Restriction) -> Iterator[Problem]:
    """A lock without a door or without a key, and ranges that are none."""
    if not restricted.paths or not restricted.cidrs:
        missing, given = ("paths", "cidrs") if not restricted.paths else ("cidrs", "paths")
        yield (
            f"{given} are restricted and no {missing} are given",
            "paths, and the ranges that may reach them",
            f"give {missing}, or drop both",
        )
    yield from path_problems("the restriction", restricted.paths)
    for cidr in restricted.cidrs:
        if not _is_range(cidr):
            yield (
                f"{cidr} may reach restricted paths",
                "a range such as 203.0.113.0/24 or 2001:db8::/32, of some addresses and without host bits",
                "correct the range",
            )


def _is_range(cidr: str) -> bool:
    try:
        return ip_network(cidr).prefixlen > 0
    except ValueError:
        return False


def _group_problems(args: WafArgs) -> Iterator[Problem]:
    lists = {
        "groups": args.groups,
        "counted_groups": args.counted_groups,
        "counted_rules": args.counted_rules or {},
    }
    for where, said in lists.items():
        known = tuple(MANAGED_GROUPS) if where == "groups" else tuple(args.groups)
        unknown = sorted(set(said) - set(known))
        if unknown:
            yield (
                f"{where} name the unknown group {', '.join(unknown)}",
                f"one of {', '.join(known)}",
                "correct the group's name",
            )
    if len(set(args.groups)) != len(args.groups):
        yield "a rule group is named twice", "each group once", "drop the second"


def _other_problems(args: WafArgs) -> Iterator[Problem]:
    for country in args.blocked_countries:
        if not _COUNTRY.fullmatch(country):
            yield (
                f"{country!r} is not a country",
                "two capitals, as ISO 3166 has them",
                "correct blocked_countries",
            )
    for header in REDACTED_HEADERS:
        if header not in args.redacted_headers:
            yield (
                f"the header {header} would be logged",
                f"redacted_headers with {' and '.join(REDACTED_HEADERS)}",
                "leave them in: they carry credentials",
            )
