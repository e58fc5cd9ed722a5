from typing import Literal

from stacks.settings.field import setting
from stacks.settings.section import Section


class Deployment(Section):
    """How a service comes to its next version."""

    strategy: Literal["rolling", "blue_green", "canary", "linear"] = setting(
        "rolling: task by task; blue_green: all traffic at once to new tasks beside the old ones; canary: a share "
        "first; linear: share by share",
        example="blue_green",
        default="rolling",
    )
    pair: bool = setting(
        "rolling only: keep both target groups ready, the step before and after another strategy",
        example=False,
        default=False,
    )
    percent: float = setting(
        "canary, linear: share of each step", example=10, unit="percent", ge=0.1, le=100, default=10
    )
    step_minutes: int = setting(
        "canary, linear: how long a step lasts", example=5, unit="minutes", ge=0, le=1440, default=5
    )
    bake_minutes: int = setting(
        "blue_green, canary, linear: how long the old tasks stay after all traffic has moved",
        example=10,
        unit="minutes",
        ge=0,
        le=1440,
        default=10,
    )
    error_percent: float = setting(
        "Share of failed requests above which a deployment is taken back; with two target groups only",
        example=5,
        unit="percent",
        gt=0,
        le=100,
        default=5,
    )
    latency_p95_seconds: float = setting(
        "Response time of 95 of 100 requests above which a deployment is taken back; with two target groups only",
        example=2,
        unit="seconds",
        gt=0,
        default=2,
    )
    minimum_healthy_percent: int = setting(
        "Share of the wanted tasks that stay up meanwhile",
        example=100,
        unit="percent",
        ge=0,
        le=200,
        default=100,
    )
    maximum_percent: int = setting(
        "Share of the wanted tasks that may run meanwhile",
        example=200,
        unit="percent",
        ge=100,
        le=200,
        default=200,
    )
