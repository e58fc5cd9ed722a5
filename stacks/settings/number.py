from typing import Literal

from stacks.settings.field import setting
from stacks.settings.section import Section


class Number(Section):
    """A number of the product that the service logs, shown on the dashboard."""

    field: str = setting(
        "Field of its log lines, which are JSON",
        example="active_users",
        pattern=r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$",
    )
    title: str = setting("What stands over its graph", example="Active users")
    statistic: Literal["Average", "Maximum", "Minimum", "Sum", "SampleCount", "p50", "p90", "p95", "p99"] = (
        setting("What the graph shows of it", example="Sum", default="Average")
    )
    promised: float | None = setting(
        "What it is promised not to exceed, and an alarm tells when it does; null: nothing is promised",
        example=500,
        unit="its own unit",
        default=None,
    )
