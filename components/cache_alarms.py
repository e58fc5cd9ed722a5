"""When a cache is worth a message."""

from __future__ import annotations

from collections.abc import Sequence

from components.alarm import LASTING, Alarm, Missing, Severity, above, below
from components.cache_metrics import CacheMetrics
from components.thresholds import Thresholds


def cache_alarms(prefix: str, nodes: Sequence[CacheMetrics], limits: Thresholds) -> list[Alarm]:
    """CPU, memory and evictions of every node."""
    return [alarm for node in nodes for alarm in _of_node(prefix, node, limits)]


def hit_rate_alarms(prefix: str, nodes: Sequence[CacheMetrics], percent: float) -> list[Alarm]:
    """Fewer reads than `percent` find their key; without reads there is nothing to find."""
    return [
        Alarm(
            f"{prefix}-{node.role}-hit-rate",
            Severity.WARNING,
            node.hit_rate(),
            below(percent),
            f"Less than {percent:g} % of the reads find their key in cache node {node.role}.",
            Missing.FINE,
            LASTING,
        )
        for node in nodes
    ]


def _of_node(prefix: str, node: CacheMetrics, limits: Thresholds) -> list[Alarm]:
    cpu, memory, evictions = limits.cpu_percent, limits.memory_percent, limits.cache_evictions_per_minute
    table = (
        ("cpu", node.cpu(), cpu, f"is more than {cpu:g} % busy."),
        ("memory", node.memory(), memory, f"is more than {memory:g} % full."),
        ("evictions", node.evictions(), evictions, f"throws out more than {evictions:g} keys a minute."),
    )
    return [
        Alarm(
            f"{prefix}-{node.role}-{what}",
            Severity.WARNING,
            metric,
            above(limit),
            f"Cache node {node.role} {problem}",
        )
        for what, metric, limit, problem in table
    ]
