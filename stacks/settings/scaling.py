from collections.abc import Mapping

from stacks.settings.field import setting
from stacks.settings.kinds import Slug
from stacks.settings.section import Section


class Window(Section):
    """Other limits from a known time on."""

    schedule: str = setting(
        "When it begins, cron(…) or at(…)",
        example="cron(0 6 ? * MON-FRI *)",
        pattern=r"^(cron|at|rate)\(.+\)$",
    )
    min: int = setting("Fewest tasks from then on", example=4, unit="tasks", ge=1)
    max: int = setting("Most tasks from then on", example=20, unit="tasks", ge=1)
    timezone: str = setting("Time zone of the schedule", example="Europe/Madrid", default="UTC")


class Forecast(Section):
    """Tasks started before they are needed, from what AWS learnt of the past two weeks."""

    cpu_percent: int = setting("CPU to hold", example=50, unit="percent", ge=10, le=95, default=50)
    act: bool = setting("Whether the forecast adds tasks or is only shown", example=True, default=True)


class Scaling(Section):
    """Target tracking: tasks are added above a target and removed below it."""

    min: int = setting("Fewest tasks", example=3, unit="tasks", ge=1)
    max: int = setting("Most tasks", example=12, unit="tasks", ge=1)
    cpu_percent: int = setting("Average CPU to hold", example=70, unit="percent", ge=10, le=95)
    memory_percent: int | None = setting(
        "Average memory to hold; null: memory does not scale",
        example=75,
        unit="percent",
        ge=10,
        le=95,
        default=None,
    )
    requests_per_target: int | None = setting(
        "Requests per task and minute to hold; null: requests do not scale",
        example=1000,
        unit="requests",
        ge=1,
        default=None,
    )
    numbers: Mapping[Slug, float] = setting(
        "Numbers of the service (services.<name>.numbers) to hold, on average over its tasks: name to value",
        example={"active-users": 200},
        unit="its own unit",
        default={},
    )
    steps: Mapping[int, int] = setting(
        "Tasks added at once above so much CPU: percent to tasks", example={90: 2}, default={}
    )
    windows: Mapping[Slug, Window] = setting(
        "Known times with other limits, by name",
        example={"morning": {"schedule": "cron(0 6 ? * MON-FRI *)", "min": 4, "max": 20}},
        default={},
    )
    forecast: Forecast | None = setting(
        "Scaling ahead of the load; null: none", example={"cpu_percent": 50}, default=None
    )
