"""Log lines that are counted, and numbers that are read from them."""

from __future__ import annotations

from dataclasses import dataclass

from components.metric import Metric


@dataclass(frozen=True, kw_only=True)
class Logged:
    """`name` is what its alarms are called after; `what` completes "more than 5 … a minute"."""

    name: str
    what: str
    metric: Metric


@dataclass(frozen=True, kw_only=True)
class Timed:
    """Milliseconds that log lines tell; `name` is the metric's and what its alarms are called after."""

    namespace: str
    name: str
    what: str

    def metric(self, statistic: str) -> Metric:
        """`Average`, or a percentile such as `p95`."""
        return Metric(
            namespace=self.namespace,
            name=self.name,
            dimensions={},
            statistic=statistic,
            label=f"{statistic} milliseconds",
        )
