from stacks.settings.field import setting
from stacks.settings.section import Section


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
