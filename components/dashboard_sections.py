"""What a dashboard shows of each kind of component."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from components.cache_metrics import CacheMetrics
from components.cache_serverless_metrics import ServerlessCacheMetrics
from components.canary_metrics import CanaryMetrics
from components.dashboard import Graph, Section
from components.database_metrics import DatabaseMetrics
from components.gateway_alarms import error_rate
from components.gateway_metrics import GatewayMetrics
from components.logged import Timed
from components.metric import Metric
from components.service_metrics import ServiceMetrics
from components.thresholds import Thresholds
from components.uptime_metrics import REGION, UptimeMetrics


def alarm_section(title: str, alarm_arns: Sequence[pulumi.Input[str]]) -> Section:
    """Which alarms fire."""
    return Section(title=title, alarms=alarm_arns)


def canary_section(title: str, metrics: CanaryMetrics) -> Section:
    """Success and duration of the runs."""
    return Section(
        title=title,
        graphs=[
            Graph(title="Looks from outside that succeeded, percent", metrics=[metrics.success()]),
            Graph(title="Duration of a look, milliseconds", metrics=[metrics.duration()]),
        ],
    )


def uptime_section(title: str, metrics: UptimeMetrics) -> Section:
    """How many places of the world get an answer."""
    places = Graph(title="Places that get an answer, percent", metrics=[metrics.checkers()], region=REGION)
    return Section(title=title, graphs=[places])


def gateway_section(title: str, metrics: GatewayMetrics, limits: Thresholds) -> Section:
    """Requests and errors, their rate, latency, and the targets if these are some."""
    counted = metrics.counted()
    answers = [line for group in counted for line in (group.requests(), group.target_errors())]
    answers += [] if metrics.shared else [metrics.own_errors()]
    latencies = [group.latency(share) for group in counted for share in ("p50", "p95", "p99")]
    failing = (
        ("warning", limits.error_rate_warning_percent),
        ("critical", limits.error_rate_critical_percent),
    )
    slow = (
        ("warning", limits.latency_p95_warning_seconds),
        ("critical", limits.latency_p95_critical_seconds),
    )
    graphs = [
        Graph(title="Requests and 5xx answers", metrics=answers),
        Graph(title="Error rate, percent", rate=error_rate(metrics), limits=failing),
        Graph(title="Response time, seconds", metrics=latencies, limits=slow),
    ]
    targets = [
        line for group in metrics.groups() for line in (group.healthy_targets(), group.unhealthy_targets())
    ]
    return Section(
        title=title, graphs=[*graphs, Graph(title="Targets", metrics=targets)] if targets else graphs
    )


def service_section(
    title: str,
    metrics: ServiceMetrics,
    errors: Metric,
    limits: Thresholds,
    *,
    container_insights: bool,
    queries: Timed | None = None,
) -> Section:
    """CPU, memory, logged errors, query times if they are logged; tasks and traffic where they are counted."""
    used = [("CPU", metrics.cpu(), limits.cpu_percent), ("Memory", metrics.memory(), limits.memory_percent)]
    graphs = [
        Graph(title=f"{what}, percent", metrics=[metric], limits=[("warning", percent)])
        for what, metric, percent in used
    ]
    graphs.append(Graph(title="Logged errors", metrics=[errors]))
    if queries is not None:
        times = [queries.metric(share) for share in ("p50", "p95", "p99")]
        graphs.append(Graph(title="Database queries, milliseconds", metrics=times))
    if container_insights:
        graphs.append(Graph(title="Tasks", metrics=[metrics.running_tasks(), metrics.desired_tasks()]))
        traffic = [metrics.received(), metrics.sent()]
        graphs.append(Graph(title="Network traffic, bytes per second", metrics=traffic))
    return Section(title=title, graphs=graphs)


def database_section(title: str, instances: Sequence[DatabaseMetrics], limits: Thresholds) -> Section:
    """CPU, connections, storage, memory and disk of every instance; the lag of the replicas."""
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
    disk = [metric for instance in instances for metric in (instance.reads(), instance.writes())]
    waits = [metric for instance in instances for metric in (instance.read_wait(), instance.write_wait())]
    graphs.append(Graph(title="Disk operations per second", metrics=disk))
    graphs.append(Graph(title="Seconds per disk operation", metrics=waits))
    replicas = [instance.lag() for instance in instances if instance.role != "primary"]
    if replicas:
        lag = [("warning", limits.replica_lag_seconds)]
        graphs.append(Graph(title="Replica lag, seconds", metrics=replicas, limits=lag))
    return Section(title=title, graphs=graphs)


def cache_section(title: str, nodes: Sequence[CacheMetrics], limits: Thresholds) -> Section:
    """CPU, memory, hits and misses of every node."""
    reads = [metric for node in nodes for metric in (node.hits(), node.misses())]
    rates = [node.hit_rate() for node in nodes]
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
            Graph(title="Reads that found their key, percent", metrics=rates),
        ],
    )


def serverless_cache_section(title: str, cache: ServerlessCacheMetrics) -> Section:
    """What is stored and done, and what had to be refused or thrown out."""
    return Section(
        title=title,
        graphs=[
            Graph(title="Stored, bytes", metrics=[cache.stored()]),
            Graph(title="Processing units", metrics=[cache.processed()]),
            Graph(title="Throttled and evicted", metrics=[cache.throttled(), cache.evictions()]),
            Graph(title="Reads that found their key, percent", metrics=[cache.hit_rate()]),
        ],
    )
