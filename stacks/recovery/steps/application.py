"""What can be changed about the services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from stacks.recovery.mechanisms import Application, Mechanisms
from stacks.recovery.remedy import Change, Cost, Step
from stacks.recovery.scope import Scope
from stacks.recovery.steps.region import standby

# AWS: CreateTargetGroup, HealthCheckIntervalSeconds: 5 to 300; per reference notes.
_HEALTH_SECONDS = (30, 15, 10, 5)


def application_steps(mechanisms: Mechanisms, scope: Scope) -> Iterator[Step]:
    """The steps that are not yet taken and can matter in `scope`.

    That tasks keep nothing is never a step: it is how the product is written.
    """
    application = mechanisms.application
    if application is None:
        return
    if scope is Scope.ZONE:
        yield from _in_the_region(application)
    if scope is Scope.REGION and not _stands_by(mechanisms, application):
        yield standby(mechanisms)


def _in_the_region(application: Application) -> Iterator[Step]:
    for seconds in _HEALTH_SECONDS:
        if seconds < application.health_seconds:
            path = f"{application.setting}.health_seconds"
            yield _step(path, seconds, Cost.NOTHING, _asked_every(seconds))
    if application.zones < 2:
        yield _step("network.az_count", 2, Cost.TASK, lambda application: replace(application, zones=2))
    if application.tasks < 2:
        name = "scaling.min" if application.scaled else "desired_count"
        yield _step(
            f"{application.setting}.{name}", 2, Cost.TASK, lambda application: replace(application, tasks=2)
        )


def _stands_by(mechanisms: Mechanisms, application: Application) -> bool:
    second = mechanisms.second_region
    return second.standby and second.dns_failover is not None and application.tasks_in_second_region > 0


def _asked_every(seconds: int) -> Callable[[Application], Application]:
    return lambda application: replace(application, health_seconds=seconds)


def _step(path: str, value: int, cost: Cost, change: Callable[[Application], Application]) -> Step:
    def apply(mechanisms: Mechanisms) -> Mechanisms:
        application = mechanisms.application
        return mechanisms if application is None else replace(mechanisms, application=change(application))

    return Step(changes=(Change(path=path, value=value),), cost=cost, apply=apply)
