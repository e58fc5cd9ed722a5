"""What a dashboard shows of each kind of component."""

from __future__ import annotations

from collections.abc import Sequence

from components.cache_metrics import CacheMetrics
from components.dashboard import Graph, Section
from components.database_metrics import DatabaseMetrics
from components.gateway_metrics import GatewayMetrics
from components.metric import Metric
from components.service_metrics import ServiceMetrics
from components.thresholds import Thresholds


def gateway_section(title: str, metrics: GatewayMetrics, limits: Thresholds) -> Section:
    """Requests and errors, latency, targets."""
    answers = [metrics.requests(), metrics.target_errors(), metrics.own_errors()]
    latencies = [metrics.latency("p50"), metrics.latency("p95"), metrics.latency("p99")]
    targets = [metrics.healthy_targets(), metrics.unhealthy_targets()]
    slow = (
        ("warning", limits.latency_p95_warning_seconds),
        ("critical", limits.latency_p95_critical_seconds),
    )
    return Section(
        title=title,
        graphs=[
            Graph(title="Requests and 5xx answers", metrics=answers),
            Graph(title="Response time, seconds", metrics=latencies, limits=slow),
            Graph(title="Targets", metrics=targets),
        ],
    )


def service_section(
    title: str,
    metrics: ServiceMetrics,
    errors: Metric,
    limits: Thresholds,
    *,
    container_insights: bool,
) -> Section:
    """CPU and memory, logged errors, and the tasks where Container Insights counts them."""
    used = [metrics.cpu(), metrics.memory()]
    graphs = [
        Graph(title="CPU and memory, percent", metrics=used, limits=[("warning", limits.cpu_percent)]),
        Graph(title="Logged errors", metrics=[errors]),
    ]
    if container_insights:
        graphs.append(Graph(title="Tasks", metrics=[metrics.running_tasks(), metrics.desired_tasks()]))
    return Section(title=title, graphs=graphs)


def database_section(title: str, instances: Sequence[DatabaseMetrics], limits: Thresholds) -> Section:
    """CPU, connections, free storage and memory of every instance; the lag of the replicas."""
    graphs = [
        Graph(
            title="CPU, percent",
            metrics=[instance.cpu() for instance in instances],
            limits=[("warning", limits.cpu_percent)],
        ),
        Graph(title="Connections", metrics=[instance.connections() for instance in instances]),
        Graph(title="Free storage, bytes", metrics=[instance.free_storage() for instance in instances]),
        Graph(title="Freeable memory, bytes", metrics=[instance.freeable_memory() for instance in instances]),
    ]
    replicas = [instance.lag() for instance in instances[1:]]
    if replicas:
        lag = [("warning", limits.replica_lag_seconds)]
        graphs.append(Graph(title="Replica lag, seconds", metrics=replicas, limits=lag))
    return Section(title=title, graphs=graphs)


def cache_section(title: str, nodes: Sequence[CacheMetrics], limits: Thresholds) -> Section:
    """CPU, memory, hits and misses of every node."""
    reads = [metric for node in nodes for metric in (node.hits(), node.misses())]
    return Section(
        title=title,
        graphs=[
            Graph(
                title="CPU, percent",
                metrics=[node.cpu() for node in nodes],
                limits=[("warning", limits.cpu_percent)],
            ),
            Graph(
                title="Memory, percent",
                metrics=[node.memory() for node in nodes],
                limits=[("warning", limits.memory_percent)],
            ),
            Graph(title="Hits and misses", metrics=reads),
        ],
    )
