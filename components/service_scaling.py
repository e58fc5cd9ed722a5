"""How many tasks a service runs, and what decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.errors import ComponentError
from components.gateway_suffix import load_balancer_suffix

# AWS: PutScalingPolicy, StepAdjustments; per reference notes, not verified against AWS.
_MOST_STEPS = 20
# Policies that a service may have besides, by the last part of their names.
_OWN_NAMES = ("cpu", "memory", "requests", "steps", "forecast")


@dataclass(frozen=True, kw_only=True)
class Step:
    """From `above` percent of CPU on, `add` tasks at once."""

    above: float
    add: int


@dataclass(frozen=True, kw_only=True)
class Window:
    """From `schedule` on (`cron(0 6 ? * MON-FRI *)` or `at(2026-11-27T00:00:00)`) other limits hold.

    Scaling by the goals goes on within them. `name` is part of the resource's name.
    """

    name: str
    schedule: str
    min: int
    max: int
    timezone: str = "UTC"


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Tasks started before they are needed, from two weeks of the past; `act` False only shows the forecast."""

    cpu_percent: int = 50
    act: bool = True
    ahead_seconds: int = 300


@dataclass(frozen=True, kw_only=True)
class Held:
    """A metric of the application's own, of which each task tells its part: its average is held at `value`.

    `name` is part of the resource's name. A total would not do: it stays as it is, however many tasks share it.
    """

    name: str
    namespace: str
    metric: str
    value: float


@dataclass(frozen=True, kw_only=True)
class Scaling:
    """Between `min` and `max` tasks, held at the named targets (percent; requests per task and minute).

    `held` are metrics of the application's own. `steps` answer a jump at once, `windows` are known times, `forecast`
    is the learned day. All may be given together: the largest wish wins.
    """

    min: int
    max: int
    cpu_percent: int | None = 70
    memory_percent: int | None = None
    requests_per_target: int | None = None
    held: Sequence[Held] = ()
    scale_in_seconds: int = 300
    scale_out_seconds: int = 60
    steps: Sequence[Step] = ()
    windows: Sequence[Window] = ()
    forecast: Forecast | None = None


@dataclass(frozen=True)
class Goal:
    """One metric that is held at `value` by adding and removing tasks."""

    what: str
    metric: str
    value: int


def check(where: str, scaling: Scaling, *, has_target: bool) -> None:
    """Refuses limits that contradict each other, and requests without a load balancer that counts them."""
    if not 1 <= scaling.min <= scaling.max:
        raise ComponentError(
            where,
            f"scaling between {scaling.min} and {scaling.max} tasks",
            expected="1 ≤ min ≤ max",
            fix="swap or raise the limits",
        )
    if scaling.requests_per_target is not None and not has_target:
        raise ComponentError(
            where,
            "scaling by requests, but no load balancer counts them",
            expected="a `target` beside `requests_per_target`",
            fix="give the service a target, or leave `requests_per_target` out",
        )
    _check_reasons(where, scaling)
    _check_goals(where, scaling)
    _check_held(where, scaling.held)
    _check_steps(where, scaling.steps)
    _check_windows(where, scaling.windows)


def goals(scaling: Scaling) -> Sequence[Goal]:
    """What is held, in the order cpu, memory, requests."""
    asked = (
        ("cpu", "ECSServiceAverageCPUUtilization", scaling.cpu_percent),
        ("memory", "ECSServiceAverageMemoryUtilization", scaling.memory_percent),
        ("requests", "ALBRequestCountPerTarget", scaling.requests_per_target),
    )
    return [Goal(what, metric, value) for what, metric, value in asked if value is not None]


def resource_label(listener_arn: str, target_arn_suffix: str) -> str:
    """How Application Auto Scaling names a target group: `app/<name>/<id>/targetgroup/<name>/<id>`."""
    return f"{load_balancer_suffix(listener_arn)}/{target_arn_suffix}"


def _check_reasons(where: str, scaling: Scaling) -> None:
    if goals(scaling) or scaling.held or scaling.windows or scaling.forecast is not None:
        return
    raise ComponentError(
        where,
        "nothing ever takes tasks away: there is no goal, no window and no forecast",
        expected="one of cpu_percent, memory_percent, requests_per_target, held, windows, forecast",
        fix="keep cpu_percent, or leave `scaling` out",
    )


def _check_goals(where: str, scaling: Scaling) -> None:
    shares = {"cpu_percent": scaling.cpu_percent, "memory_percent": scaling.memory_percent}
    if scaling.forecast is not None:
        shares["forecast.cpu_percent"] = scaling.forecast.cpu_percent
    for what, percent in shares.items():
        if percent is not None and not 1 <= percent <= 100:
            raise ComponentError(
                where,
                f"{what} is held at {percent}",
                expected="1 to 100 percent, for no more is ever reached",
                fix=f"correct `{what}`",
            )
    if scaling.requests_per_target is not None and scaling.requests_per_target < 1:
        raise ComponentError(
            where,
            f"{scaling.requests_per_target} requests per task and minute",
            expected="one or more",
            fix="correct `requests_per_target`",
        )


def _check_held(where: str, held: Sequence[Held]) -> None:
    names = [one.name for one in held]
    if len({*names, *_OWN_NAMES}) < len(names) + len(_OWN_NAMES):
        raise ComponentError(
            where,
            f"metrics named {', '.join(names)} are held",
            expected=f"each name once, and none of {', '.join(_OWN_NAMES)}",
            fix="rename one of them",
        )
    for one in held:
        if one.value <= 0:
            raise ComponentError(
                where,
                f"{one.name} is held at {one.value:g}",
                expected="more than 0",
                fix="correct its value",
            )


def _check_steps(where: str, steps: Sequence[Step]) -> None:
    limits = [step.above for step in steps]
    rising = limits == sorted(set(limits))
    if len(steps) > _MOST_STEPS or not rising or any(step.add < 1 for step in steps):
        raise ComponentError(
            where,
            f"steps at {', '.join(f'{step.above:g} (+{step.add})' for step in steps)}",
            expected=f"at most {_MOST_STEPS} steps, each above the one before and adding a task or more",
            fix="sort the steps and correct them",
        )


def _check_windows(where: str, windows: Sequence[Window]) -> None:
    names = [window.name for window in windows]
    if len(set(names)) < len(names):
        raise ComponentError(
            where,
            f"windows named {', '.join(names)}",
            expected="each name once",
            fix="rename one of them",
        )
    for window in windows:
        if not 0 <= window.min <= window.max:
            raise ComponentError(
                where,
                f"between {window.min} and {window.max} tasks in the window {window.name}",
                expected="0 ≤ min ≤ max",
                fix="swap or raise the limits",
            )
        if not window.schedule.startswith(("cron(", "at(", "rate(")):
            raise ComponentError(
                where,
                f"the window {window.name} begins at {window.schedule!r}",
                expected="cron(…), at(…) or rate(…)",
                fix="write cron(0 6 * * ? *) for every day at six",
            )
