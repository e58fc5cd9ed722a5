"""The cheapest steps that keep an objective without breaking another one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from stacks.recovery.achieved import Achieved, achieved
from stacks.recovery.mechanisms import Mechanisms
from stacks.recovery.objectives import Objective, Objectives
from stacks.recovery.remedy import Remedy, Step
from stacks.recovery.scope import PARTS, Scope, Store
from stacks.recovery.steps.application import application_steps
from stacks.recovery.steps.cache import cache_steps
from stacks.recovery.steps.database import database_steps, failover_steps
from stacks.recovery.steps.objects import objects_steps
from stacks.recovery.unmet import Unmet, kept, unmet
from stacks.recovery.way import within

_STEPS: dict[Store, Callable[[Mechanisms, Scope], Iterator[Step]]] = {
    Store.APPLICATION: application_steps,
    Store.DATABASE: database_steps,
    Store.CACHE: cache_steps,
    Store.OBJECTS: objects_steps,
}


@dataclass(frozen=True, kw_only=True)
class _Case:
    """What is there, and what is wanted of it."""

    mechanisms: Mechanisms
    wanted: Objectives


def cheapest(mechanisms: Mechanisms, wanted: Objectives, shortfall: Unmet) -> Remedy | None:
    """What keeps `shortfall` at the lowest monthly cost; None if nothing here does without breaking another one."""
    case = _Case(mechanisms=mechanisms, wanted=wanted)
    if shortfall.scope is None:
        return _failing_over(case)
    objective = wanted.of(shortfall.store, shortfall.scope)
    if shortfall.store is Store.WHOLE:
        return _of_all_parts(case, shortfall.scope, objective)
    return _of_part(case, shortfall.store, shortfall.scope, objective)


def _failing_over(case: _Case) -> Remedy | None:
    stated = case.wanted.database_failover_seconds or 0
    return _first(
        case,
        failover_steps(case.mechanisms, stated),
        lambda reached: within(reached.database_failover_seconds, stated),
    )


def _of_part(case: _Case, part: Store, scope: Scope, objective: Objective) -> Remedy | None:
    steps = _STEPS[part](case.mechanisms, scope)
    return _first(case, steps, lambda reached: kept(reached, part, scope, objective))


def _of_all_parts(case: _Case, scope: Scope, objective: Objective) -> Remedy | None:
    """Part by part: the whole keeps what each of its parts keeps."""
    taken: list[Step] = []
    for part in PARTS:
        now = Remedy(steps=tuple(taken)).apply(case.mechanisms)
        found = _of_part(_Case(mechanisms=now, wanted=case.wanted), part, scope, objective)
        if found is None:
            return None
        taken += found.steps
    return Remedy(steps=tuple(taken))


def _first(case: _Case, steps: Iterable[Step], enough: Callable[[Achieved], bool]) -> Remedy | None:
    before = unmet(achieved(case.mechanisms), case.wanted)
    for remedy in _by_cost(tuple(steps)):
        reached = achieved(remedy.apply(case.mechanisms))
        if enough(reached) and unmet(reached, case.wanted) <= before:
            return remedy
    return None


def _by_cost(steps: tuple[Step, ...]) -> list[Remedy]:
    """All that can be done, from nothing at all; no setting is given two values at once."""
    sets = (chosen for count in range(len(steps) + 1) for chosen in combinations(steps, count))
    remedies = [Remedy(steps=chosen) for chosen in sets if _agree(chosen)]
    return sorted(remedies, key=lambda remedy: remedy.cost)


def _agree(steps: tuple[Step, ...]) -> bool:
    values: dict[str, object] = {}
    return all(
        values.setdefault(change.path, change.value) == change.value
        for step in steps
        for change in step.changes
    )
