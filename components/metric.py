"""One CloudWatch metric, as alarms and dashboards name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi


@dataclass(frozen=True, kw_only=True)
class Metric:
    """`statistic` is `Average`, `Maximum`, `Minimum`, `Sum` or a percentile such as `p95`."""

    namespace: str
    name: str
    dimensions: Mapping[str, pulumi.Input[str]]
    statistic: str
    label: str

    @property
    def percentile(self) -> bool:
        """Whether the statistic is one of those that the API calls extended."""
        return self.statistic.startswith("p")


def dashboard_line(metric: Metric) -> list[Any]:
    """The metric in a dashboard's notation: namespace, name, dimensions one after the other, options."""
    dimensions = [part for pair in metric.dimensions.items() for part in pair]
    options = {"stat": metric.statistic, "label": metric.label}
    return [metric.namespace, metric.name, *dimensions, options]
