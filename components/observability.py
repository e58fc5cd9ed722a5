"""What can be seen: one dashboard per environment and a count of logged errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components import account
from components.cache import Cache
from components.cluster import Cluster
from components.dashboard import Section, body
from components.dashboard_sections import (
    cache_section,
    database_section,
    gateway_section,
    service_section,
)
from components.database import Database
from components.gateway import Gateway, Target
from components.metric import Metric
from components.service import Service
from components.thresholds import Thresholds
from components.watched import of_cache, of_database, of_gateway, of_service

__all__ = ["LogGroupArgs", "MetricFilter", "Observability", "ObservabilityArgs", "Thresholds"]

# Any of these words in a line, as plain text or as the value of a JSON field.
_ERROR_PATTERN = "?ERROR ?CRITICAL ?FATAL"


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
    """`metric_namespace` holds the metrics made from logs; `thresholds` become lines in the graphs."""

    dashboard_name: str
    metric_namespace: str
    log_groups: Sequence[LogGroupArgs] = ()
    metric_filters: Sequence[MetricFilter] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)
    kms_key_arn: pulumi.Input[str] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


class Observability(pulumi.ComponentResource):
    """Collects what to show through `add_…`; `publish()` makes the dashboard of it."""

    component_name: str
    dashboard_name: str
    log_group_arns: Mapping[str, pulumi.Output[str]]

    def __init__(
        self, name: str, args: ObservabilityArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:observability:Observability", name, {}, opts)
        self.component_name, self._args = name, args
        self.dashboard_name = args.dashboard_name
        self._sections: list[Section] = []
        self.log_group_arns = {group.name: self._log_group(group) for group in args.log_groups}
        for metric_filter in args.metric_filters:
            self._count(f"{name}-{metric_filter.metric_name}", metric_filter)
        self.register_outputs({"dashboard_name": self.dashboard_name, "log_group_arns": self.log_group_arns})

    def add_gateway(self, gateway: Gateway, target: Target) -> None:
        """Requests, errors and latency."""
        metrics = of_gateway(gateway, target)
        self._sections.append(gateway_section(gateway.component_name, metrics, self._args.thresholds))

    def add_service(self, service: Service, cluster: Cluster) -> None:
        """CPU, memory, tasks and logged errors (with a metric filter on its log group)."""
        errors = self._count_errors(service)
        self._sections.append(
            service_section(
                service.component_name,
                of_service(service, cluster),
                errors,
                self._args.thresholds,
                container_insights=cluster.container_insights,
            )
        )

    def add_database(self, database: Database) -> None:
        """CPU, connections, storage and replica lag."""
        instances = of_database(database)
        self._sections.append(database_section(database.component_name, instances, self._args.thresholds))

    def add_cache(self, cache: Cache) -> None:
        """CPU, memory, hits and misses."""
        self._sections.append(cache_section(cache.component_name, of_cache(cache), self._args.thresholds))

    def publish(self) -> None:
        """Make the dashboard of everything added; call once, last."""
        region = account.current(self).apply(lambda here: here.region)
        aws.cloudwatch.Dashboard(
            f"{self.component_name}-dashboard",
            dashboard_name=self.dashboard_name,
            dashboard_body=pulumi.Output.json_dumps(body(self._sections, region)),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _log_group(self, group: LogGroupArgs) -> pulumi.Output[str]:
        name = f"{self.component_name}-{group.name.strip('/').replace('/', '-')}"
        return aws.cloudwatch.LogGroup(
            name,
            name=group.name,
            retention_in_days=group.retention_days,
            kms_key_id=self._args.kms_key_arn,
            tags={**self._args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        ).arn

    def _count_errors(self, service: Service) -> Metric:
        name = f"{service.component_name}-errors"
        errors = MetricFilter(metric_name=name, log_group_name=service.log_group_name, pattern=_ERROR_PATTERN)
        self._count(name, errors)
        return Metric(
            namespace=self._args.metric_namespace, name=name, dimensions={}, statistic="Sum", label="Errors"
        )

    def _count(self, name: str, metric_filter: MetricFilter) -> None:
        transformation = aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
            namespace=self._args.metric_namespace,
            name=metric_filter.metric_name,
            value="1",
            # Quiet minutes count as zero, so that the graph and any alarm have data.
            default_value="0",
            unit="Count",
        )
        aws.cloudwatch.LogMetricFilter(
            name,
            log_group_name=metric_filter.log_group_name,
            pattern=metric_filter.pattern,
            metric_transformation=transformation,
            opts=pulumi.ResourceOptions(parent=self),
        )
