"""When a cache is worth a message."""

from __future__ import annotations

from collections.abc import Sequence

from components.alarm import Alarm, Comparison, Missing, Severity
from components.cache_metrics import CacheMetrics
from components.metric import Metric
from components.thresholds import Thresholds


def cache_alarms(prefix: str, nodes: Sequence[CacheMetrics], limits: Thresholds) -> list[Alarm]:
    """CPU, memory and evictions of every node."""
    return [alarm for node in nodes for alarm in _of_node(prefix, node, limits)]


def _of_node(prefix: str, node: CacheMetrics, limits: Thresholds) -> list[Alarm]:
    cpu, memory, evictions = limits.cpu_percent, limits.memory_percent, limits.cache_evictions_per_minute
    where = f"Cache node {node.role}"
    return [
        _alarm(prefix, node, "cpu", node.cpu(), cpu, f"{where} is more than {cpu:g} % busy."),
        _alarm(prefix, node, "memory", node.memory(), memory, f"{where} is more than {memory:g} % full."),
        _alarm(
            prefix,
            node,
            "evictions",
            node.evictions(),
            evictions,
            f"{where} throws out more than {evictions:g} keys a minute.",
        ),
    ]


def _alarm(
    prefix: str, node: CacheMetrics, what: str, metric: Metric, threshold: float, description: str
) -> Alarm:
    return Alarm(
        name=f"{prefix}-{node.role}-{what}",
        severity=Severity.WARNING,
        description=description,
        watched=metric,
        comparison=Comparison.ABOVE,
        threshold=threshold,
        missing=Missing.UNKNOWN,
    )
