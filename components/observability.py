"""What can be seen: one dashboard per environment and a count of logged errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components import account, log_masking, log_search
from components.alarms import Alarms
from components.cache import Cache, CacheMode
from components.canary import Canary
from components.cluster import Cluster
from components.dashboard import Section, body
from components.dashboard_sections import (
    alarm_section,
    cache_section,
    canary_section,
    database_section,
    gateway_section,
    serverless_cache_section,
    service_section,
    uptime_section,
)
from components.database import Database
from components.gateway import Gateway, Target
from components.log_group import LogGroupArgs, audit_log, check_log_group
from components.log_numbers import Number, check_numbers, number_section, read_number
from components.logged import Logged, Timed
from components.metric import Metric
from components.remote_replica import RemoteReplica
from components.service import Service
from components.thresholds import Thresholds
from components.uptime import Uptime
from components.watched import (
    of_cache,
    of_database,
    of_gateway,
    of_remote_replica,
    of_serverless_cache,
    of_service,
)

__all__ = [
    "LogGroupArgs",
    "MetricFilter",
    "Number",
    "Observability",
    "ObservabilityArgs",
    "Thresholds",
    "audit_log",
]

# Any of these words in a line, as plain text or as the value of a JSON field.
_ERROR_PATTERN = "?ERROR ?CRITICAL ?FATAL"
_QUERY_PATTERN = "{ $.query_ms = * }"


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
    logged: dict[str, Logged]
    timed: dict[str, Timed]

    def __init__(
        self, name: str, args: ObservabilityArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        for group in args.log_groups:
            check_log_group(name, group)
        super().__init__("plinth:observability:Observability", name, {}, opts)
        self.component_name, self._args = name, args
        self.dashboard_name = args.dashboard_name
        self._sections: list[Section] = []
        self.logged, self.timed = {}, {}
        self._log_groups = {group.name: self._log_group(group) for group in args.log_groups}
        self.log_group_arns = {group: made.arn for group, made in self._log_groups.items()}
        for metric_filter in args.metric_filters:
            self._count(f"{name}-{metric_filter.metric_name}", metric_filter)
            what = f"{metric_filter.metric_name} lines"
            self._remember(metric_filter.metric_name, metric_filter.metric_name, what, what)
        self.register_outputs({"dashboard_name": self.dashboard_name, "log_group_arns": self.log_group_arns})

    def add_gateway(self, gateway: Gateway, target: Target | None = None, name: str | None = None) -> None:
        """Requests, errors and latency; arguments as of `Alarms.watch_gateway`."""
        metrics = of_gateway(gateway, target, shared=name is not None)
        title = name or gateway.component_name
        self._sections.append(gateway_section(title, metrics, self._args.thresholds))

    def add_service(self, service: Service, cluster: Cluster) -> None:
        """CPU, memory, tasks and logged errors (with a metric filter on its log group).

        Its query times too, if `time_queries` was called before.
        """
        errors = self._count_errors(service)
        self._sections.append(
            service_section(
                service.component_name,
                of_service(service, cluster),
                errors,
                self._args.thresholds,
                container_insights=cluster.container_insights,
                queries=self.timed.get(service.component_name),
            )
        )

    def time_queries(self, service: Service) -> None:
        """Read the time of each database query from its log: `query_ms` in lines of JSON, in milliseconds."""
        name = f"{service.component_name}-query-ms"
        aws.cloudwatch.LogMetricFilter(
            name,
            log_group_name=service.log_group_name,
            pattern=_QUERY_PATTERN,
            # No default: a minute without queries has no time.
            metric_transformation=aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
                namespace=self._args.metric_namespace, name=name, value="$.query_ms", unit="Milliseconds"
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        timed = Timed(namespace=self._args.metric_namespace, name=name, what="database query")
        self.timed[service.component_name] = timed

    def add_numbers(self, service: Service, numbers: Sequence[Number]) -> Mapping[str, Metric]:
        """What its log lines tell of the product, each number as a metric and a graph; the metrics by their names."""
        check_numbers(self.component_name, numbers)
        prefix, group = service.component_name, service.log_group_name
        metrics = {
            number.name: read_number(
                self, f"{prefix}-{number.name}", number, group, self._args.metric_namespace
            )
            for number in numbers
        }
        self._sections.append(number_section(f"{prefix}, the product", list(metrics.values())))
        return metrics

    def mask(self, service: Service) -> None:
        """Mask e-mail addresses, card numbers and telephone numbers in its log, from now on."""
        log_masking.mask_personal_data(self, f"{service.component_name}-log-masking", service.log_group_name)

    def save_searches(self, services: Sequence[Service], audit_log_name: str | None = None) -> None:
        """Searches over the logs of all `services`, and one of the audit log, in the dashboard's folder."""
        name, folder = self.component_name, self.dashboard_name
        groups = [service.log_group_name for service in services]
        log_search.save_searches(
            self, name, folder, groups, self._args.thresholds.latency_p95_warning_seconds
        )
        if audit_log_name is not None:
            log_search.save_audit_search(self, name, folder, self._group_name(audit_log_name))

    def add_database(self, database: Database | RemoteReplica) -> None:
        """CPU, connections, storage and replica lag."""
        found = (
            [of_remote_replica(database)] if isinstance(database, RemoteReplica) else of_database(database)
        )
        self._sections.append(database_section(database.component_name, found, self._args.thresholds))

    def add_cache(self, cache: Cache) -> None:
        """CPU, memory, hits and misses."""
        title, limits = cache.component_name, self._args.thresholds
        if cache.mode is CacheMode.SERVERLESS:
            self._sections.append(serverless_cache_section(title, of_serverless_cache(cache)))
        else:
            self._sections.append(cache_section(title, of_cache(cache), limits))

    def add_canary(self, canary: Canary) -> None:
        """Whether users get through, and how long it takes."""
        self._sections.append(canary_section(canary.component_name, canary.metrics()))

    def add_uptime(self, uptime: Uptime) -> None:
        """Whether the world gets an answer."""
        self._sections.append(uptime_section(uptime.component_name, uptime.metrics()))

    def add_alarms(self, alarms: Alarms) -> None:
        """The state of every alarm that tells somebody, above everything else."""
        self._sections.insert(0, alarm_section(alarms.component_name, alarms.alarm_arns))

    def publish(self) -> None:
        """Make the dashboard of everything added; call once, last."""
        region = account.current(self).apply(lambda here: here.region)
        aws.cloudwatch.Dashboard(
            f"{self.component_name}-dashboard",
            dashboard_name=self.dashboard_name,
            dashboard_body=pulumi.Output.json_dumps(body(self._sections, region)),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _log_group(self, group: LogGroupArgs) -> aws.cloudwatch.LogGroup:
        name = f"{self.component_name}-{group.name.strip('/').replace('/', '-')}"
        return aws.cloudwatch.LogGroup(
            name,
            name=group.name,
            retention_in_days=group.retention_days,
            kms_key_id=self._args.kms_key_arn,
            skip_destroy=group.keep or None,
            tags={**self._args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _count_errors(self, service: Service) -> Metric:
        name = f"{service.component_name}-errors"
        errors = MetricFilter(metric_name=name, log_group_name=service.log_group_name, pattern=_ERROR_PATTERN)
        self._count(name, errors)
        return self._remember(service.component_name, name, "logged errors", "Errors")

    def _remember(self, key: str, metric_name: str, what: str, label: str) -> Metric:
        namespace = self._args.metric_namespace
        metric = Metric(namespace=namespace, name=metric_name, dimensions={}, statistic="Sum", label=label)
        self.logged[key] = Logged(name=metric_name, what=what, metric=metric)
        return metric

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
            log_group_name=self._group_name(metric_filter.log_group_name),
            pattern=metric_filter.pattern,
            metric_transformation=transformation,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _group_name(self, name: pulumi.Input[str]) -> pulumi.Input[str]:
        """Known once the group is there, if it is one of ours."""
        ours = self._log_groups.get(name) if isinstance(name, str) else None
        return name if ours is None else ours.name
