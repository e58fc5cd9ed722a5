"""When a database is worth a message."""

from __future__ import annotations

from collections.abc import Sequence

from components.alarm import Alarm, Comparison, Missing, Severity
from components.database_metrics import DatabaseMetrics
from components.thresholds import Thresholds

_GIB = 1024**3


def database_alarms(
    prefix: str,
    primary: DatabaseMetrics,
    replicas: Sequence[DatabaseMetrics],
    limits: Thresholds,
    *,
    storage_gb: int,
    max_connections: int | None,
) -> list[Alarm]:
    """CPU, free storage and connections of every instance, and the lag of every replica.

    Connections are watched only where their limit is a known number.
    """
    alarms = []
    for instance in (primary, *replicas):
        alarms.append(_cpu(prefix, instance, limits.cpu_percent))
        alarms.append(_storage(prefix, instance, limits.free_storage_percent, storage_gb))
        if max_connections is not None:
            alarms.append(_connections(prefix, instance, limits.connections_percent, max_connections))
    return [*alarms, *(_lag(prefix, replica, limits.replica_lag_seconds) for replica in replicas)]


def _cpu(prefix: str, instance: DatabaseMetrics, percent: float) -> Alarm:
    return Alarm(
        name=f"{prefix}-{instance.role}-cpu",
        severity=Severity.WARNING,
        description=f"The {instance.role} uses more than {percent:g} % CPU.",
        watched=instance.cpu(),
        comparison=Comparison.ABOVE,
        threshold=percent,
        missing=Missing.UNKNOWN,
        periods=10,
        datapoints=8,
    )


def _storage(prefix: str, instance: DatabaseMetrics, percent: float, storage_gb: int) -> Alarm:
    return Alarm(
        name=f"{prefix}-{instance.role}-free-storage",
        severity=Severity.CRITICAL,
        description=f"Less than {percent:g} % of the first {storage_gb} GiB are free on the {instance.role}.",
        watched=instance.free_storage(),
        comparison=Comparison.BELOW,
        threshold=storage_gb * _GIB * percent / 100,
        missing=Missing.UNKNOWN,
    )


def _connections(prefix: str, instance: DatabaseMetrics, percent: float, maximum: int) -> Alarm:
    return Alarm(
        name=f"{prefix}-{instance.role}-connections",
        severity=Severity.WARNING,
        description=f"More than {percent:g} % of {maximum} connections are open on the {instance.role}.",
        watched=instance.connections(),
        comparison=Comparison.ABOVE,
        threshold=maximum * percent / 100,
        missing=Missing.UNKNOWN,
    )


def _lag(prefix: str, replica: DatabaseMetrics, seconds: float) -> Alarm:
    return Alarm(
        name=f"{prefix}-{replica.role}-lag",
        severity=Severity.WARNING,
        description=f"The {replica.role} is more than {seconds:g} s behind the primary.",
        watched=replica.lag(),
        comparison=Comparison.ABOVE,
        threshold=seconds,
        # A replica that stopped replicating stops reporting its lag.
        missing=Missing.BAD,
    )
