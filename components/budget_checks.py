"""Budgets that AWS would refuse, or that nobody would hear of."""

from __future__ import annotations

from collections.abc import Iterator

from components.budget_args import BudgetArgs
from components.errors import ComponentError
from components.topic import check_addresses

# AWS: Notification, AWS Budgets API reference: ten notifications, ten addresses each, read 2026-11
_MOST = 10

Wrong = tuple[str, str, str]


def check_budget(where: str, args: BudgetArgs) -> None:
    """A ComponentError for the first contradiction in `args`."""
    for problem, expected, fix in _problems(args):
        raise ComponentError(where, problem, expected=expected, fix=fix)
    check_addresses(where, args.emails)


def _problems(args: BudgetArgs) -> Iterator[Wrong]:
    """Problem, expectation and remedy."""
    yield from _money(args)
    yield from _listeners(args)
    percents = (*args.actual_percent, *args.forecast_percent)
    if any(percent < 1 for percent in percents):
        yield f"notifications at {', '.join(map(str, percents))} %", "1 % or more", "correct the percentages"
    for what, listed in (("actual", args.actual_percent), ("forecast", args.forecast_percent)):
        if len(set(listed)) < len(listed):
            yield f"{what}_percent has a percentage twice", "each once", f"correct `{what}_percent`"
    if not 1 <= len(percents) <= _MOST:
        yield (
            f"{len(percents)} notifications",
            f"1 to {_MOST}, as Budgets takes them",
            "change the percentages",
        )


def _money(args: BudgetArgs) -> Iterator[Wrong]:
    for what, amount in (("monthly_usd", args.monthly_usd), *_lines(args)):
        if amount <= 0:
            yield f"{what} is {amount:g}", "more than nothing", "correct it"
    together = sum(line.monthly_usd for line in args.lines.values())
    if together > args.monthly_usd:
        yield (
            f"the lines come to {together:g} USD and the budget to {args.monthly_usd:g}",
            "lines that fit into the budget",
            "raise `monthly_usd` or lower a line",
        )
    empty = [name for name, line in args.lines.items() if not line.services]
    if empty:
        yield f"the lines {', '.join(empty)} name no service", "at least one", "add `services`"


def _lines(args: BudgetArgs) -> list[tuple[str, float]]:
    return [(f"the line {name}", line.monthly_usd) for name, line in args.lines.items()]


def _listeners(args: BudgetArgs) -> Iterator[Wrong]:
    if not args.emails and args.topic_arn is None and not args.own_topic:
        yield "nobody would hear of it", "an address or a topic", "add `emails` or `topic_arn`"
    if args.own_topic and args.topic_arn is not None:
        yield "a topic of its own and another one", "one of them", "drop `own_topic` or `topic_arn`"
    if len(set(args.emails)) > _MOST:
        yield f"{len(set(args.emails))} addresses", f"at most {_MOST}", "use a list's address, or a topic"
    anomaly = args.anomaly
    if anomaly and (anomaly.min_usd < 0 or anomaly.min_percent < 0):
        yield "anomalies of less than nothing", "0 or more", "correct `anomaly`"
