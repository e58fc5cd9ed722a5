"""When a database is worth a message."""

from __future__ import annotations

from collections.abc import Sequence

from components.alarm import LASTING, Alarm, Missing, Severity, Window, above, below
from components.database_metrics import DatabaseMetrics
from components.thresholds import Thresholds

_GIB = 1024**3

_FAILOVER = Window(5, 5)
"""Longer than a failover to the standby takes."""


def database_alarms(
    prefix: str,
    primary: DatabaseMetrics,
    replicas: Sequence[DatabaseMetrics],
    limits: Thresholds,
    *,
    storage_gb: int,
    max_connections: int | None,
) -> list[Alarm]:
    """Silence, CPU, free storage and connections of every instance, and the lag of every replica.

    Connections are watched only where their limit is a known number.
    """
    alarms = [_down(prefix, primary, Severity.CRITICAL)]
    alarms += [_down(prefix, replica, Severity.WARNING) for replica in replicas]
    for instance in (primary, *replicas):
        alarms.append(_cpu(prefix, instance, limits.cpu_percent))
        alarms.append(_storage(prefix, instance, limits.free_storage_percent, storage_gb))
        if max_connections is not None:
            alarms.append(_connections(prefix, instance, limits.connections_percent, max_connections))
    return [*alarms, *(_lag(prefix, replica, limits.replica_lag_seconds) for replica in replicas)]


def remote_replica_alarms(
    prefix: str, replica: DatabaseMetrics, limits: Thresholds, *, storage_gb: int
) -> list[Alarm]:
    """What stands by for a lost region: silence, CPU, free storage, and how far it is behind."""
    return [
        _down(prefix, replica, Severity.CRITICAL),
        _cpu(prefix, replica, limits.cpu_percent),
        _storage(prefix, replica, limits.free_storage_percent, storage_gb),
        _lag(prefix, replica, limits.replica_lag_seconds),
    ]


def _down(prefix: str, instance: DatabaseMetrics, severity: Severity) -> Alarm:
    return Alarm(
        f"{prefix}-{instance.role}-down",
        severity,
        instance.signs_of_life(),
        below(1),
        f"The {instance.role} has not been heard of for five minutes.",
        Missing.BAD,
        _FAILOVER,
    )


def _cpu(prefix: str, instance: DatabaseMetrics, percent: float) -> Alarm:
    return Alarm(
        f"{prefix}-{instance.role}-cpu",
        Severity.WARNING,
        instance.cpu(),
        above(percent),
        f"The {instance.role} uses more than {percent:g} % CPU.",
        window=LASTING,
    )


def _storage(prefix: str, instance: DatabaseMetrics, percent: float, storage_gb: int) -> Alarm:
    return Alarm(
        f"{prefix}-{instance.role}-free-storage",
        Severity.CRITICAL,
        instance.free_storage(),
        below(storage_gb * _GIB * percent / 100),
        f"Less than {percent:g} % of the first {storage_gb} GiB are free on the {instance.role}.",
    )


def _connections(prefix: str, instance: DatabaseMetrics, percent: float, maximum: int) -> Alarm:
    return Alarm(
        f"{prefix}-{instance.role}-connections",
        Severity.WARNING,
        instance.connections(),
        above(maximum * percent / 100),
        f"More than {percent:g} % of {maximum} connections are open on the {instance.role}.",
    )


def _lag(prefix: str, replica: DatabaseMetrics, seconds: float) -> Alarm:
    return Alarm(
        f"{prefix}-{replica.role}-lag",
        Severity.WARNING,
        replica.lag(),
        above(seconds),
        f"The {replica.role} is more than {seconds:g} s behind the primary.",
        # A replica that stopped replicating stops reporting its lag.
        Missing.BAD,
    )
