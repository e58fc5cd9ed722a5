"""The numbers at which somebody is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Percentages are 0–100; a critical threshold lies above its warning."""

    error_rate_critical_percent: float = 5
    error_rate_warning_percent: float = 1
    latency_p95_critical_seconds: float = 2
    latency_p95_warning_seconds: float = 1
    cpu_percent: float = 80
    memory_percent: float = 80
    replica_lag_seconds: float = 10
    free_storage_percent: float = 20
    connections_percent: float = 80
    cache_evictions_per_minute: float = 100
