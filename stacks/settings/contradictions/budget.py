"""What about the budget cannot be."""

from collections.abc import Iterator
from math import ceil

from stacks.settings.budget import Budget
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings

MONEY = ("budget.monthly_usd", "budget.lines", "budget.elsewhere_usd")


def budget(settings: Settings) -> Iterator[Problem]:
    """Parts that are more than the whole, and parts of nothing."""
    wanted = settings.budget
    parts = sum(line.monthly_usd for line in wanted.lines.values())
    elsewhere = sum(wanted.elsewhere_usd.values())
    if wanted.monthly_usd is None:
        yield from _parts_of_nothing(wanted)
    elif elsewhere >= wanted.monthly_usd:
        yield _nothing_left(wanted.monthly_usd, elsewhere)
    elif round(parts + elsewhere, 2) > wanted.monthly_usd:
        yield Problem(
            path="budget.monthly_usd",
            problem=f"{wanted.monthly_usd:g} is less than its parts, {parts:g} of budget.lines and {elsewhere:g} of "
            "budget.elsewhere_usd",
            expected=f"at least {parts + elsewhere:g} (USD per month)",
            fix=SetTo(path="budget.monthly_usd", value=ceil(parts + elsewhere)),
            involves=MONEY,
        )


def _parts_of_nothing(wanted: Budget) -> Iterator[Problem]:
    for name in ("lines", "elsewhere_usd"):
        if getattr(wanted, name):
            yield Problem(
                path=f"budget.{name}",
                problem="there is no budget of which these could be parts",
                expected="budget.monthly_usd beside it",
                fix=f"set budget.monthly_usd, or remove budget.{name}",
                involves=MONEY,
            )


def _nothing_left(monthly: float, elsewhere: float) -> Problem:
    return Problem(
        path="budget.elsewhere_usd",
        problem=f"{elsewhere:g} of {monthly:g} are billed elsewhere, and nothing is left for AWS",
        expected=f"less than {monthly:g} (USD per month)",
        fix="raise budget.monthly_usd, or lower budget.elsewhere_usd",
        involves=MONEY,
    )
