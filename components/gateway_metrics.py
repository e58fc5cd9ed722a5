"""What a load balancer tells about itself.

AWS: "CloudWatch metrics for your Application Load Balancer"; per reference notes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pulumi

from components.metric import Metric

_NAMESPACE = "AWS/ApplicationELB"


@dataclass(frozen=True, kw_only=True)
class GatewayMetrics:
    """ARN suffixes; `alternate_group` is the second of a pair, of which now the one, now the other has the tasks."""

    load_balancer: pulumi.Input[str]
    target_group: pulumi.Input[str]
    alternate_group: pulumi.Input[str] | None = None

    def groups(self) -> list[GatewayMetrics]:
        """Each group's own metrics."""
        alone = replace(self, alternate_group=None)
        if self.alternate_group is None:
            return [alone]
        return [alone, replace(alone, target_group=self.alternate_group)]

    def requests(self) -> Metric:
        """Requests for which a target was chosen."""
        return self._of_balancer("RequestCount", "Sum", "Requests")

    def target_errors(self) -> Metric:
        """5xx answers of the application."""
        return self._of_balancer("HTTPCode_Target_5XX_Count", "Sum", "5xx of the application")

    def own_errors(self) -> Metric:
        """5xx answers of the load balancer itself, such as 503 without a healthy target."""
        return self._of_balancer("HTTPCode_ELB_5XX_Count", "Sum", "5xx of the load balancer")

    def latency(self, percentile: str) -> Metric:
        """Seconds until the application answered; with a pair, until any application behind the balancer did."""
        of = self._of_target if self.alternate_group is None else self._of_balancer
        return of("TargetResponseTime", percentile, f"{percentile} seconds")

    def healthy_targets(self) -> Metric:
        """Targets that pass the health check."""
        return self._of_target("HealthyHostCount", "Maximum", "Healthy")

    def unhealthy_targets(self) -> Metric:
        """Targets that fail the health check."""
        return self._of_target("UnHealthyHostCount", "Maximum", "Unhealthy")

    def _of_balancer(self, name: str, statistic: str, label: str) -> Metric:
        return Metric(
            namespace=_NAMESPACE,
            name=name,
            dimensions={"LoadBalancer": self.load_balancer},
            statistic=statistic,
            label=label,
        )

    def _of_target(self, name: str, statistic: str, label: str) -> Metric:
        return Metric(
            namespace=_NAMESPACE,
            name=name,
            dimensions={"LoadBalancer": self.load_balancer, "TargetGroup": self.target_group},
            statistic=statistic,
            label=label,
        )
