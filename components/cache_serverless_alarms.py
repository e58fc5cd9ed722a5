"""When a serverless cache is worth a message."""

from __future__ import annotations

from components.alarm import Alarm, Missing, Severity, above, below
from components.cache_options import Serverless
from components.cache_serverless_metrics import ServerlessCacheMetrics
from components.metric import Metric
from components.thresholds import Thresholds

_GB = 1000**3
_SECONDS = 60


def serverless_cache_alarms(
    prefix: str,
    metrics: ServerlessCacheMetrics,
    bounds: Serverless,
    limits: Thresholds,
    hit_percent: float | None = None,
) -> list[Alarm]:
    """Throttling and evictions, and how near it is to the bounds that it was given."""
    evictions, percent = limits.cache_evictions_per_minute, limits.memory_percent
    alarms = [
        _above(prefix, "throttled", metrics.throttled(), 0, "refuses commands because there are too many."),
        _above(
            prefix,
            "evictions",
            metrics.evictions(),
            evictions,
            f"throws out more than {evictions:g} keys a minute.",
        ),
    ]
    if bounds.max_storage_gb is not None:
        full = bounds.max_storage_gb * _GB * percent / 100
        words = f"is more than {percent:g} % of {bounds.max_storage_gb} GB full."
        alarms.append(_above(prefix, "storage", metrics.stored(), full, words))
    if bounds.max_ecpu_per_second is not None:
        busy = bounds.max_ecpu_per_second * _SECONDS * limits.cpu_percent / 100
        words = f"uses more than {limits.cpu_percent:g} % of {bounds.max_ecpu_per_second} units a second."
        alarms.append(_above(prefix, "units", metrics.processed(), busy, words))
    return alarms if hit_percent is None else [*alarms, _hit_rate(prefix, metrics, hit_percent)]


def _above(prefix: str, what: str, metric: Metric, limit: float, problem: str) -> Alarm:
    return Alarm(
        f"{prefix}-{what}", Severity.WARNING, metric, above(limit), f"The cache {problem}", Missing.FINE
    )


def _hit_rate(prefix: str, metrics: ServerlessCacheMetrics, percent: float) -> Alarm:
    return Alarm(
        f"{prefix}-hit-rate",
        Severity.WARNING,
        metrics.hit_rate(),
        below(percent),
        f"Less than {percent:g} % of the reads find their key in the cache.",
        Missing.FINE,
    )
