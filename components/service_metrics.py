"""What ECS tells about a service.

AWS: "Amazon ECS CloudWatch metrics" and "Amazon ECS Container Insights metrics"; per reference notes.
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.metric import Metric


@dataclass(frozen=True, kw_only=True)
class ServiceMetrics:
    """`cluster` and `service` are names."""

    cluster: pulumi.Input[str]
    service: pulumi.Input[str]

    def cpu(self) -> Metric:
        """Percent of the CPU units of all tasks."""
        return self._metric("AWS/ECS", "CPUUtilization", "Average", "CPU %")

    def memory(self) -> Metric:
        """Percent of the memory of all tasks."""
        return self._metric("AWS/ECS", "MemoryUtilization", "Average", "Memory %")

    def running_tasks(self) -> Metric:
        """Tasks that run; only with Container Insights."""
        return self._metric("ECS/ContainerInsights", "RunningTaskCount", "Minimum", "Running")

    def desired_tasks(self) -> Metric:
        """Tasks that should run; only with Container Insights."""
        return self._metric("ECS/ContainerInsights", "DesiredTaskCount", "Maximum", "Desired")

    def received(self) -> Metric:
        """Bytes per second that all tasks receive; only with Container Insights."""
        return self._metric("ECS/ContainerInsights", "NetworkRxBytes", "Average", "Received")

    def sent(self) -> Metric:
        """Bytes per second that all tasks send; only with Container Insights."""
        return self._metric("ECS/ContainerInsights", "NetworkTxBytes", "Average", "Sent")

    def _metric(self, namespace: str, name: str, statistic: str, label: str) -> Metric:
        dimensions = {"ClusterName": self.cluster, "ServiceName": self.service}
        return Metric(namespace=namespace, name=name, dimensions=dimensions, statistic=statistic, label=label)
