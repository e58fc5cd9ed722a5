"""Names that would be longer than AWS takes them."""

from collections.abc import Iterator
from dataclasses import replace

from components import names as limits
from stacks.settings.contradictions.borrowed import refused
from stacks.settings.problem import Problem
from stacks.settings.root import Settings


def names(settings: Settings) -> Iterator[Problem]:
    """Services whose target groups or roles would have no room for their names, or who share one."""
    for name, one in settings.services.items():
        paired = one.deployment.strategy != "rolling" or one.deployment.pair
        group = f"{settings.prefix}-{name}{'-b' if paired else ''}"
        role = f"{settings.prefix}-{name}-execution"
        wanted, limit = (group, limits.TARGET_GROUP) if one.public else (role, limits.ROLE)
        yield from _room(f"services.{name}", wanted, limit)
    yield from _shared(settings)


def _shared(settings: Settings) -> Iterator[Problem]:
    """Two services that ECS would not know apart."""
    given = {name: one.service_name for name, one in settings.services.items() if one.service_name}
    for name, wanted in given.items():
        others = [other for other in given if other < name and given[other] == wanted]
        if others:
            yield Problem(
                path=f"services.{name}.service_name",
                problem=f"{others[0]} has the name {wanted} in ECS already",
                expected="a name that the cluster has once",
                fix="give it another name, or null",
                involves=("services",),
            )


def _room(path: str, wanted: str, limit: limits.Limit) -> Iterator[Problem]:
    for problem in refused(path, ("services", "short_name"), lambda: limits.fit(wanted, limit)):
        yield replace(
            problem,
            problem=f"{wanted} ({limit.what}) has {len(wanted)} characters",
            fix="give the service a shorter name, or shorten short_name",
        )
