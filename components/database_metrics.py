"""What RDS tells about one instance.

AWS: "Amazon CloudWatch metrics for Amazon RDS"; per reference notes.
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.metric import Metric


@dataclass(frozen=True, kw_only=True)
class DatabaseMetrics:
    """`role` says which instance it is: `primary`, `replica-1`."""

    role: str
    identifier: pulumi.Input[str]

    def cpu(self) -> Metric:
        """Percent."""
        return self._metric("CPUUtilization", "Average")

    def signs_of_life(self) -> Metric:
        """How often the instance said anything; none when it does not run."""
        return self._metric("CPUUtilization", "SampleCount")

    def free_storage(self) -> Metric:
        """Bytes."""
        return self._metric("FreeStorageSpace", "Minimum")

    def connections(self) -> Metric:
        """Open client connections."""
        return self._metric("DatabaseConnections", "Maximum")

    def lag(self) -> Metric:
        """Seconds that a replica is behind its primary."""
        return self._metric("ReplicaLag", "Maximum")

    def freeable_memory(self) -> Metric:
        """Bytes."""
        return self._metric("FreeableMemory", "Minimum")

    def reads(self) -> Metric:
        """Disk reads per second."""
        return self._metric("ReadIOPS", "Average", " reads")

    def writes(self) -> Metric:
        """Disk writes per second."""
        return self._metric("WriteIOPS", "Average", " writes")

    def read_wait(self) -> Metric:
        """Seconds that one disk read takes: what slow queries wait for."""
        return self._metric("ReadLatency", "Average", " reads")

    def write_wait(self) -> Metric:
        """Seconds that one disk write takes."""
        return self._metric("WriteLatency", "Average", " writes")

    def _metric(self, name: str, statistic: str, what: str = "") -> Metric:
        return Metric(
            namespace="AWS/RDS",
            name=name,
            dimensions={"DBInstanceIdentifier": self.identifier},
            statistic=statistic,
            label=f"{self.role}{what}",
        )
