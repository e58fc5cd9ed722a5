"""What Synthetics tells about a canary.

AWS: "CloudWatch metrics published by canaries", User Guide; per reference notes.
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.metric import Metric


@dataclass(frozen=True, kw_only=True)
class CanaryMetrics:
    """`minutes` lie between two runs; nothing is told in between."""

    canary: pulumi.Input[str]
    minutes: int

    def success(self) -> Metric:
        """Percent of the runs that succeeded."""
        return self._metric("SuccessPercent", "Success %")

    def duration(self) -> Metric:
        """Milliseconds that a run took."""
        return self._metric("Duration", "Milliseconds")

    def _metric(self, name: str, label: str) -> Metric:
        return Metric(
            namespace="CloudWatchSynthetics",
            name=name,
            dimensions={"CanaryName": self.canary},
            statistic="Average",
            label=label,
        )
