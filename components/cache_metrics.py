"""What ElastiCache tells about one node.

AWS: "Metrics for Valkey and Redis OSS"; per reference notes.
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.metric import Metric


@dataclass(frozen=True, kw_only=True)
class CacheMetrics:
    """`role` is the node's number within the group: `001`, `0001-002`."""

    role: str
    node_id: pulumi.Input[str]

    def cpu(self) -> Metric:
        """Percent of the one thread that serves commands."""
        return self._metric("EngineCPUUtilization", "Average", self.role)

    def memory(self) -> Metric:
        """Percent of what the node may hold."""
        return self._metric("DatabaseMemoryUsagePercentage", "Average", self.role)

    def evictions(self) -> Metric:
        """Keys thrown out for lack of memory."""
        return self._metric("Evictions", "Sum", self.role)

    def hits(self) -> Metric:
        """Reads that found their key."""
        return self._metric("CacheHits", "Sum", f"{self.role} hits")

    def misses(self) -> Metric:
        """Reads that did not."""
        return self._metric("CacheMisses", "Sum", f"{self.role} misses")

    def hit_rate(self) -> Metric:
        """Percent of the reads that found their key."""
        return self._metric("CacheHitRate", "Average", self.role)

    def _metric(self, name: str, statistic: str, label: str) -> Metric:
        return Metric(
            namespace="AWS/ElastiCache",
            name=name,
            dimensions={"CacheClusterId": self.node_id},
            statistic=statistic,
            label=label,
        )
