"""What can be changed about uploaded files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from stacks.recovery.mechanisms import Mechanisms, Objects
from stacks.recovery.remedy import Change, Cost, Step
from stacks.recovery.scope import Scope
from stacks.recovery.steps.region import chosen, named, then


def objects_steps(mechanisms: Mechanisms, scope: Scope) -> Iterator[Step]:
    """The steps that are not yet taken and can matter in `scope`."""
    objects = mechanisms.objects
    if objects is None:
        return
    if not objects.versioned:
        yield _step((Change(path="storage.versioned", value=True),), Cost.STORAGE, _versioned)
    if scope is Scope.REGION:
        yield from _elsewhere(mechanisms, objects)


def _elsewhere(mechanisms: Mechanisms, objects: Objects) -> Iterator[Step]:
    if not objects.replicated_to_second_region:
        copied = named(mechanisms, Change(path="regions.uploads", value=True))
        yield _step(copied, Cost.COPIES, _copied, chosen)
    if not objects.time_control:
        timed = Change(path="regions.uploads_time_control", value=True)
        yield _step((timed,), Cost.COPIES, _timed)


def _versioned(objects: Objects) -> Objects:
    return replace(objects, versioned=True)


def _copied(objects: Objects) -> Objects:
    return replace(objects, replicated_to_second_region=True)


def _timed(objects: Objects) -> Objects:
    return replace(objects, time_control=True)


def _same(mechanisms: Mechanisms) -> Mechanisms:
    return mechanisms


def _step(
    changes: tuple[Change, ...],
    cost: Cost,
    change: Callable[[Objects], Objects],
    before: Callable[[Mechanisms], Mechanisms] = _same,
) -> Step:
    def apply(mechanisms: Mechanisms) -> Mechanisms:
        objects = mechanisms.objects
        return mechanisms if objects is None else replace(mechanisms, objects=change(objects))

    return Step(changes=changes, cost=cost, apply=then(before, apply))
