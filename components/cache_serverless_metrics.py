"""What ElastiCache tells about a serverless cache.

AWS: "Serverless metrics and events for Valkey and Redis OSS"; per reference notes.
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.metric import Metric


@dataclass(frozen=True, kw_only=True)
class ServerlessCacheMetrics:
    """`name` is the cache's."""

    name: pulumi.Input[str]

    def throttled(self) -> Metric:
        """Commands that were refused because there were too many."""
        return self._metric("ThrottledCmds", "Sum")

    def evictions(self) -> Metric:
        """Keys thrown out because the storage's bound was reached."""
        return self._metric("Evictions", "Sum")

    def stored(self) -> Metric:
        """Bytes."""
        return self._metric("BytesUsedForCache", "Maximum")

    def processed(self) -> Metric:
        """Processing units of a whole period."""
        return self._metric("ElastiCacheProcessingUnits", "Sum")

    def hit_rate(self) -> Metric:
        """Percent of the reads that found their key."""
        return self._metric("CacheHitRate", "Average")

    def _metric(self, name: str, statistic: str) -> Metric:
        return Metric(
            namespace="AWS/ElastiCache",
            name=name,
            dimensions={"clusterId": self.name},
            statistic=statistic,
            label=name,
        )
