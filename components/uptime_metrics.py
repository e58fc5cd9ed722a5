"""What Route 53 tells about a health check, in us-east-1 wherever the product is.

AWS: "Monitoring health checks using CloudWatch", Route 53 developer guide; per reference notes.
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.metric import Metric

REGION = "us-east-1"


@dataclass(frozen=True, kw_only=True)
class UptimeMetrics:
    """`health_check` is the check's id."""

    health_check: pulumi.Input[str]

    def status(self) -> Metric:
        """1 while the product answers, 0 while it does not."""
        return self._metric("HealthCheckStatus", "Minimum", "Up")

    def checkers(self) -> Metric:
        """Percent of the places that get an answer."""
        return self._metric("HealthCheckPercentageHealthy", "Average", "Places, %")

    def _metric(self, name: str, statistic: str, label: str) -> Metric:
        return Metric(
            namespace="AWS/Route53",
            name=name,
            dimensions={"HealthCheckId": self.health_check},
            statistic=statistic,
            label=label,
        )
