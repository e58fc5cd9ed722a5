"""A promise to users, and how fast it may be broken before somebody is told.

The windows are those of Google's "Site Reliability Workbook", chapter "Alerting on SLOs": a share of the month's
error budget that is spent within hours; per reference notes.
"""

from __future__ import annotations

from dataclasses import dataclass

from components.alarm import Alarm, Missing, Rate, Severity, Window, above
from components.composite import Composite, all_of
from components.errors import ComponentError
from components.gateway_alarms import error_rate
from components.gateway_metrics import GatewayMetrics

_ONCE = 1


@dataclass(frozen=True, kw_only=True)
class Objective:
    """`percent` of the requests of `window_days` are answered without 5xx; with `latency_seconds`: within these."""

    percent: float
    window_days: int = 30
    latency_seconds: float | None = None

    @property
    def name(self) -> str:
        """What its alarms are called after."""
        return "availability" if self.latency_seconds is None else "latency"


@dataclass(frozen=True, kw_only=True)
class Burn:
    """`spent_percent` of the budget in `hours`; over once the last twelfth of them is good."""

    hours: int
    spent_percent: float
    severity: Severity


BURNS = (
    Burn(hours=1, spent_percent=2, severity=Severity.CRITICAL),
    Burn(hours=6, spent_percent=5, severity=Severity.CRITICAL),
    Burn(hours=24, spent_percent=10, severity=Severity.WARNING),
)


def bad_percent(objective: Objective, burn: Burn) -> float:
    """The share of bad requests over `burn.hours` that spends that much of the budget."""
    factor = burn.spent_percent / 100 * objective.window_days * 24 / burn.hours
    return round(factor * (100 - objective.percent), 6)


def burn_alarms(prefix: str, metrics: GatewayMetrics, objective: Objective, burn: Burn) -> list[Alarm]:
    """The long window proves that it matters, the short one that it is still going on."""
    return [
        Alarm(
            f"{prefix}-{objective.name}-burn-{burn.hours}h-{length}",
            burn.severity,
            _bad(metrics, objective),
            above(bad_percent(objective, burn)),
            f"Part of {prefix}-{objective.name}-burn-{burn.hours}h.",
            Missing.FINE,
            Window(_ONCE, _ONCE, seconds),
        )
        for length, seconds in (("long", burn.hours * 3600), ("short", burn.hours * 300))
    ]


def burn_composite(prefix: str, objective: Objective, burn: Burn, parts: list[Alarm]) -> Composite:
    """Fires while both windows are bad."""
    return Composite(
        name=f"{prefix}-{objective.name}-burn-{burn.hours}h",
        severity=burn.severity,
        rule=all_of([part.name for part in parts]),
        description=(
            f"{burn.spent_percent:g} % of what may fail in {objective.window_days} days failed within {burn.hours} h: "
            f"{objective.percent:g} % {objective.name} is in danger."
        ),
    )


def check_objective(where: str, objective: Objective) -> None:
    """Refuses an objective that is none, or whose alarms could never fire."""
    if not 0 < objective.percent < 100:
        raise _refused(where, f"an objective of {objective.percent:g} %", "more than 0 and less than 100")
    if objective.latency_seconds is not None and objective.latency_seconds <= 0:
        raise _refused(where, f"answers within {objective.latency_seconds:g} s", "more than 0 seconds")
    if objective.window_days < 1:
        raise _refused(where, f"a window of {objective.window_days} days", "one day or more")
    fastest = max(bad_percent(objective, burn) for burn in BURNS)
    if fastest >= 100:
        raise _refused(
            where,
            f"the alarms of {objective.percent:g} % in {objective.window_days} days would wait for {fastest:g} % bad "
            "requests",
            "less than 100 %",
        )


def _bad(metrics: GatewayMetrics, objective: Objective) -> Rate:
    if objective.latency_seconds is None:
        return error_rate(metrics)
    # AWS: PR(:n) is the percentage of values up to n; "CloudWatch statistics definitions", read 2026-11.
    fast = metrics.latency(f"PR(:{objective.latency_seconds:g})")
    return Rate(expression="100 - fast", label="Slow answers in percent", metrics={"fast": fast})


def _refused(where: str, problem: str, expected: str) -> ComponentError:
    return ComponentError(where, problem, expected=expected, fix="correct the objective")
