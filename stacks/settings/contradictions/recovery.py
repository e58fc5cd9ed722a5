"""What is promised for bad days, and what the chosen mechanisms do not keep of it."""

from collections.abc import Iterator

from stacks.recovery.duration import duration
from stacks.recovery.scope import Scope, Store
from stacks.recovery.shortfalls import Quantity, Shortfall, shortfalls
from stacks.settings.mechanisms import chosen, promised
from stacks.settings.problem import Problem
from stacks.settings.root import Settings


def recovery(settings: Settings) -> Iterator[Problem]:
    """Every stated objective that is not met, with the cheapest remedy."""
    # The stack of the second region is the remedy, not the patient.
    if settings.standby:
        return
    for shortfall in shortfalls(chosen(settings), promised(settings)):
        path = _path(settings, shortfall)
        yield Problem(
            path=path,
            problem=f"it is not kept: {shortfall.words()}",
            expected=f"mechanisms that keep {duration(shortfall.stated_seconds)}, or another objective",
            fix=f"set {shortfall.remedy.words()}"
            if shortfall.remedy
            else "promise less: no choice of settings keeps it beside the other objectives",
            involves=(
                path,
                *(change.path for change in (shortfall.remedy.changes if shortfall.remedy else ())),
            ),
        )


def _path(settings: Settings, shortfall: Shortfall) -> str:
    """The setting that states it: a part's own, or that of the whole."""
    if shortfall.quantity is Quantity.FAILOVER:
        return "database.failover_seconds"
    quantity = shortfall.quantity.lower()
    if shortfall.scope is Scope.REGION:
        return f"recovery.region_{quantity}_minutes"
    own = f"{shortfall.store}_{quantity}_minutes"
    stated = shortfall.store is not Store.OBJECTS and getattr(settings.recovery, own, None) is not None
    return f"recovery.{own if stated else f'whole_{quantity}_minutes'}"
