"""The second region itself, which steps of several parts need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stacks.recovery.mechanisms import DnsFailover, Mechanisms
from stacks.recovery.remedy import Change, Cost, Step


def named(mechanisms: Mechanisms, *changes: Change) -> tuple[Change, ...]:
    """`changes`, after the choice of a second region where there is none yet."""
    second = mechanisms.second_region
    if second.name is not None:
        return changes
    return (Change(path="regions.second", value=second.proposal), *changes)


def standby(mechanisms: Mechanisms) -> Step:
    """A stack in the second region that runs the services, and DNS that turns to it by itself."""
    return Step(
        changes=named(mechanisms, Change(path="regions.standby", value=True)),
        cost=Cost.REGION,
        apply=stand_by,
    )


def stand_by(mechanisms: Mechanisms) -> Mechanisms:
    """`mechanisms` with the standby stack, its tasks and its DNS."""
    application, second = mechanisms.application, mechanisms.second_region
    running = application and replace(
        application, tasks_in_second_region=max(1, application.tasks_in_second_region)
    )
    dns = second.dns_failover or DnsFailover()
    standing = replace(second, name=second.name or second.proposal, standby=True, dns_failover=dns)
    return replace(mechanisms, application=running, second_region=standing)


def chosen(mechanisms: Mechanisms) -> Mechanisms:
    """`mechanisms` with a second region chosen."""
    second = mechanisms.second_region
    return replace(mechanisms, second_region=replace(second, name=second.name or second.proposal))


def then(
    first: Callable[[Mechanisms], Mechanisms], second: Callable[[Mechanisms], Mechanisms]
) -> Callable[[Mechanisms], Mechanisms]:
    """Both, one after the other."""
    return lambda mechanisms: second(first(mechanisms))
