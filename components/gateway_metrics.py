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
    """ARN suffixes; without `target_group`, everything behind the balancer together.

    `alternate_group` is the second of a pair, of which now the one, now the other has the tasks. `shared` says that
    other groups stand behind the same balancer: then requests and errors are those of this group, or pair, alone.
    """

    load_balancer: pulumi.Input[str]
    target_group: pulumi.Input[str] | None = None
    alternate_group: pulumi.Input[str] | None = None
    shared: bool = False

    def groups(self) -> list[GatewayMetrics]:
        """Each group's own metrics."""
        if self.target_group is None:
            return []
        alone = replace(self, alternate_group=None)
        if self.alternate_group is None:
            return [alone]
        return [alone, replace(alone, target_group=self.alternate_group)]

    def counted(self) -> list[GatewayMetrics]:
        """Whose requests and errors are counted, and added up."""
        return self.groups() if self.shared else [self]

    def requests(self) -> Metric:
        """Requests for which a target was chosen."""
        return self._counted("RequestCount", "Requests")

    def target_errors(self) -> Metric:
        """5xx answers of the application."""
        return self._counted("HTTPCode_Target_5XX_Count", "5xx of the application")

    def own_errors(self) -> Metric:
        """5xx answers of the load balancer itself, such as 503 without a healthy target."""
        return self._of_balancer("HTTPCode_ELB_5XX_Count", "Sum", "5xx of the load balancer")

    def latency(self, statistic: str) -> Metric:
        """Seconds until the application answered; with a pair, until any application behind the balancer did."""
        alone = self.target_group is not None and self.alternate_group is None
        of = self._of_target if alone else self._of_balancer
        return of("TargetResponseTime", statistic, f"{statistic} seconds")

    def healthy_targets(self) -> Metric:
        """Targets that pass the health check."""
        return self._of_target("HealthyHostCount", "Maximum", "Healthy")

    def unhealthy_targets(self) -> Metric:
        """Targets that fail the health check."""
        return self._of_target("UnHealthyHostCount", "Maximum", "Unhealthy")

    def _counted(self, name: str, label: str) -> Metric:
        of = self._of_target if self.shared else self._of_balancer
        return of(name, "Sum", label)

    def _of_balancer(self, name: str, statistic: str, label: str) -> Metric:
        return Metric(
            namespace=_NAMESPACE,
            name=name,
            dimensions={"LoadBalancer": self.load_balancer},
            statistic=statistic,
            label=label,
        )

    def _of_target(self, name: str, statistic: str, label: str) -> Metric:
        assert self.target_group is not None
        return Metric(
            namespace=_NAMESPACE,
            name=name,
            dimensions={"LoadBalancer": self.load_balancer, "TargetGroup": self.target_group},
            statistic=statistic,
            label=label,
        )
