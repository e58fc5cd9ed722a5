"""What about the service cannot be."""

from collections.abc import Iterator

from components import fargate
from stacks.settings.contradictions.borrowed import refused
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings


def service(settings: Settings) -> Iterator[Problem]:
    """Sizes that Fargate does not sell, and numbers of tasks that exclude each other."""
    yield from _size(settings)
    yield from _bounds(settings)
    yield from _desired(settings)


def _size(settings: Settings) -> Iterator[Problem]:
    cpu, memory = settings.service.cpu, settings.service.memory
    involves = ("service.cpu", "service.memory")
    yield from refused("service.memory", involves, lambda: fargate.check("service", cpu, memory))


def _bounds(settings: Settings) -> Iterator[Problem]:
    scaling = settings.service.scaling
    if scaling and scaling.min > scaling.max:
        yield Problem(
            path="service.scaling.min",
            problem=f"at least {scaling.min} tasks and at most {scaling.max} exclude each other",
            expected="service.scaling.min not above service.scaling.max",
            fix=SetTo(path="service.scaling.max", value=scaling.min),
            involves=("service.scaling",),
        )


def _desired(settings: Settings) -> Iterator[Problem]:
    scaling, desired = settings.service.scaling, settings.service.desired_count
    if scaling and scaling.min <= scaling.max and not scaling.min <= desired <= scaling.max:
        yield Problem(
            path="service.desired_count",
            problem=f"{desired} tasks lie outside of what scaling allows, {scaling.min} to {scaling.max}",
            expected=f"{scaling.min} to {scaling.max} (tasks)",
            fix=SetTo(path="service.desired_count", value=min(max(desired, scaling.min), scaling.max)),
            involves=("service.scaling", "service.desired_count"),
        )
