"""What can be seen: one dashboard per environment and a count of logged errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi

if TYPE_CHECKING:
    from components.cache import Cache
    from components.cluster import Cluster
    from components.database import Database
    from components.gateway import Gateway, Target
    from components.service import Service


@dataclass(frozen=True, kw_only=True)
class LogGroupArgs:
    """A log group for what no component owns, e.g. an audit trail."""

    name: str
    retention_days: int


@dataclass(frozen=True, kw_only=True)
class MetricFilter:
    """Counts the log lines of `log_group_name` that match `pattern` as the metric `metric_name`."""

    metric_name: str
    log_group_name: pulumi.Input[str]
    pattern: str


@dataclass(frozen=True, kw_only=True)
class ObservabilityArgs:
    """`metric_namespace` holds the metrics made from logs."""

    dashboard_name: str
    metric_namespace: str
    log_groups: Sequence[LogGroupArgs] = ()
    metric_filters: Sequence[MetricFilter] = ()
    kms_key_arn: pulumi.Input[str] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


class Observability(pulumi.ComponentResource):
    """Collects what to show through `add_…`; `publish()` makes the dashboard of it."""

    dashboard_name: str
    log_group_arns: Mapping[str, pulumi.Output[str]]

    def __init__(
        self,
        name: str,
        args: ObservabilityArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("plinth:observability:Observability", name, {}, opts)

    def add_gateway(self, gateway: Gateway, target: Target) -> None:
        """Requests, errors and latency."""

    def add_service(self, service: Service, cluster: Cluster) -> None:
        """CPU, memory, tasks and logged errors (with a metric filter on its log group)."""

    def add_database(self, database: Database) -> None:
        """CPU, connections, storage and replica lag."""

    def add_cache(self, cache: Cache) -> None:
        """CPU, memory, hits and misses."""

    def publish(self) -> None:
        """Make the dashboard of everything added; call once, last."""
