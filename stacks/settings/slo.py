from typing import Literal

from stacks.settings.field import setting
from stacks.settings.section import Section


class Objectives(Section):
    """What users are promised; each promise gets alarms. null: no promise."""

    availability_percent: float | None = setting(
        "Share of requests answered without an error, over 30 days; alarms on the speed at which the rest is spent",
        example=99.9,
        unit="percent",
        gt=0,
        lt=100,
        default=None,
    )
    latency_seconds: float | None = setting(
        "Response time that is promised", example=0.2, unit="seconds", gt=0, default=None
    )
    latency_statistic: Literal["p95", "average"] = setting(
        "Whether 95 of 100 requests are that fast, or their average", example="p95", default="p95"
    )
    error_rate_percent: float | None = setting(
        "Share of failed requests", example=0.1, unit="percent", gt=0, le=100, default=None
    )
    database_query_milliseconds: float | None = setting(
        "Time of 95 of 100 queries, as the application logs them (`query_ms` in its JSON lines)",
        example=50,
        unit="milliseconds",
        gt=0,
        default=None,
    )
    cache_hit_percent: float | None = setting(
        "Share of reads that the cache answers", example=80, unit="percent", gt=0, lt=100, default=None
    )
    concurrent_users: int | None = setting(
        "Users at once that the environment is sized for; load tests read it in the output `promises`",
        example=500,
        unit="users",
        ge=1,
        default=None,
    )
