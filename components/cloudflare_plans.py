"""What a Cloudflare zone's owner pays for decides which rules Cloudflare takes; known without anybody's SDK."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum


class Plan(StrEnum):
    """What the zone's owner pays for."""

    FREE = "free"
    PRO = "pro"
    BUSINESS = "business"
    ENTERPRISE = "enterprise"


# Cloudflare: docs "Rate limiting parameters", which periods a plan has; general knowledge of that page.
PERIODS: Mapping[Plan, tuple[int, ...]] = {
    Plan.FREE: (10,),
    Plan.PRO: (10, 60),
    Plan.BUSINESS: (10, 60, 120, 300, 600),
    Plan.ENTERPRISE: (10, 60, 120, 300, 600, 3600),
}
# How many rules of a phase a plan takes: the same page, and "Custom rules", "Availability".
MOST_RATES: Mapping[Plan, int] = {Plan.FREE: 1, Plan.PRO: 2, Plan.BUSINESS: 5, Plan.ENTERPRISE: 100}
MOST_FIREWALL: Mapping[Plan, int] = {Plan.FREE: 5, Plan.PRO: 20, Plan.BUSINESS: 100, Plan.ENTERPRISE: 1000}

# Letters, digits and signs that mean nothing in an expression, and * for anything.
_PATH = re.compile(r"/[A-Za-z0-9_.$/~'@:+&*-]*")

Problem = tuple[str, str, str]


def plan_problems(plan: Plan, *, rates: int, rules: int, blocks: bool) -> Iterator[Problem]:
    """What the plan has not: so many `rates` and firewall `rules`, and a firewall that only counts."""
    for what, count, most, fix in (
        (
            "rate limits, that of an address for everything among them,",
            rates,
            MOST_RATES[plan],
            "drop entries of rate_limits",
        ),
        ("firewall rules", rules, MOST_FIREWALL[plan], "join rules by or"),
    ):
        if count > most:
            yield (
                f"{count} {what} are more than the plan {plan} has",
                f"at most {most}",
                f"{fix}, or choose a larger plan",
            )
    if not blocks and plan is not Plan.ENTERPRISE:
        yield (
            f"the firewall is only to count in a zone of the plan {plan}",
            "block=True; rules that only log are for the plan enterprise",
            "set block, or choose the plan",
        )


def expression_problems(paths: Sequence[str]) -> Iterator[Problem]:
    """Paths for which Cloudflare's language has no words."""
    for path in paths:
        if not _PATH.fullmatch(path):
            yield (
                f"{path!r} cannot be written as an expression of Cloudflare's",
                "letters, digits, signs and *; Cloudflare has no ? for a single character",
                "use * or several paths",
            )
