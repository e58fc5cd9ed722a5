"""Who is told when something is wrong: the topics, and the alarms that feed them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pulumi
import pulumi_aws as aws

from components import alarms_args
from components.alarm import Alarm, Severity
from components.alarm_resource import make_alarm, make_composite
from components.alarm_topics import make_topics
from components.alarms_args import AlarmsArgs, ExistingTopics
from components.cache import Cache
from components.cache_alarms import cache_alarms, hit_rate_alarms
from components.cache_options import CacheMode
from components.cache_serverless_alarms import serverless_cache_alarms
from components.canary import Canary
from components.canary_alarms import canary_alarms
from components.cluster import Cluster
from components.composite import Composite, any_of, check_parts
from components.database import Database
from components.database_alarms import database_alarms, remote_replica_alarms
from components.errors import ComponentError
from components.escalation import Escalation, unresolved
from components.gateway import Gateway, Target
from components.gateway_alarms import gateway_alarms, habit_alarms
from components.log_alarms import log_alarms
from components.logged import Logged, Timed
from components.metric import Metric
from components.objective import BURNS, Objective, burn_alarms, burn_composite, check_objective
from components.promise_alarms import error_promise, latency_promise, number_promise, query_promise
from components.remote_replica import RemoteReplica
from components.service import Service
from components.service_alarms import service_alarms
from components.thresholds import Thresholds
from components.uptime import Uptime
from components.uptime_alarms import check_region, uptime_alarms
from components.watched import (
    of_cache,
    of_database,
    of_gateway,
    of_remote_replica,
    of_serverless_cache,
    of_service,
)

__all__ = ["Alarms", "AlarmsArgs", "Escalation", "ExistingTopics", "Objective", "Thresholds"]


class Alarms(pulumi.ComponentResource):
    """A topic per severity; each watched component gets its alarms under fixed names."""

    component_name: str
    critical_topic_arn: pulumi.Output[str]
    warning_topic_arn: pulumi.Output[str]
    alarm_names: list[str]
    alarm_arns: list[pulumi.Output[str]]

    def __init__(self, name: str, args: AlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        alarms_args.check(name, args)
        super().__init__("plinth:alarms:Alarms", name, {}, opts)
        self.component_name, self._args = name, args
        self.alarm_names, self.alarm_arns = [], []
        # While an incident is being put together: who would page.
        self._pagers: dict[Severity, dict[str, pulumi.Resource]] | None = None
        self._topics = args.existing.by_severity() if args.existing else make_topics(self, name, args)
        self.critical_topic_arn = self._topics[Severity.CRITICAL]
        self.warning_topic_arn = self._topics[Severity.WARNING]
        self.register_outputs(
            {"critical_topic_arn": self.critical_topic_arn, "warning_topic_arn": self.warning_topic_arn}
        )

    def watch_gateway(self, gateway: Gateway, target: Target | None = None, name: str | None = None) -> None:
        """Error rate, p95 latency and unhealthy targets.

        With several targets: once without one, for all requests together, and once for each under a `name` of its
        own, for those of the target alone.
        """
        metrics = of_gateway(gateway, target, shared=name is not None)
        self._make(gateway_alarms(name or gateway.component_name, metrics, self._args.thresholds))

    def watch_habits(self, gateway: Gateway, target: Target | None = None, width: float = 3) -> None:
        """Requests and latency that leave the band of `width` standard deviations that CloudWatch learns."""
        self._make(habit_alarms(gateway.component_name, of_gateway(gateway, target), width))

    def watch_latency(
        self, gateway: Gateway, target: Target | None, seconds: float, statistic: str = "p95"
    ) -> None:
        """A response time that was promised; `statistic` is `Average` or a percentile."""
        metrics = of_gateway(gateway, target)
        self._make([latency_promise(gateway.component_name, metrics, seconds, statistic)])

    def watch_error_rate(self, gateway: Gateway, target: Target | None, percent: float) -> None:
        """A share of failed requests that was promised, hour by hour."""
        self._make([error_promise(gateway.component_name, of_gateway(gateway, target), percent)])

    def watch_queries(self, timed: Timed, milliseconds: float) -> None:
        """A query time that was promised for 95 of 100; `timed` is one of `Observability.timed`."""
        self._make([query_promise(timed, milliseconds)])

    def watch_number(self, number: Metric, most: float) -> None:
        """What a number of the product was promised not to exceed; `number` is one of `Observability.add_numbers`."""
        self._make([number_promise(number, most)])

    def watch_uptime(self, uptime: Uptime) -> None:
        """Whether the world gets an answer. These alarms must be in us-east-1, where Route 53 tells it."""
        check_region(self.component_name, self._args.region)
        self._make(uptime_alarms(uptime.component_name, uptime.metrics()))

    def watch_objective(self, gateway: Gateway, target: Target | None, objective: Objective) -> None:
        """The speed at which the error budget of `objective` is spent, over an hour, six hours and a day."""
        check_objective(self.component_name, objective)
        prefix, metrics = gateway.component_name, of_gateway(gateway, target)
        for burn in BURNS:
            windows = burn_alarms(prefix, metrics, objective, burn)
            parts = [self._alarm(window, told=False) for window in windows]
            self._composite(burn_composite(prefix, objective, burn, windows), parts)

    def watch_service(self, service: Service, cluster: Cluster) -> None:
        """CPU, memory and missing tasks."""
        insights = cluster.container_insights
        metrics = of_service(service, cluster)
        limits = self._args.thresholds
        self._make(service_alarms(service.component_name, metrics, limits, container_insights=insights))

    def watch_database(self, database: Database) -> None:
        """Silence, CPU, free storage and connections of each instance, and the lag of each replica."""
        primary, *replicas = of_database(database)
        self._make(
            database_alarms(
                database.component_name,
                primary,
                replicas,
                self._args.thresholds,
                storage_gb=database.storage_gb,
                max_connections=database.max_connections,
            )
        )

    def watch_remote_replica(self, replica: RemoteReplica, storage_gb: int) -> None:
        """Silence, CPU, free storage and lag of a replica that a stack of its own region made."""
        limits, metrics = self._args.thresholds, of_remote_replica(replica)
        alarms = remote_replica_alarms(replica.component_name, metrics, limits, storage_gb=storage_gb)
        self._make(alarms)

    def watch_cache(self, cache: Cache, hit_percent: float | None = None) -> None:
        """CPU, memory and evictions of each node; and its share of hits, if it is to be above `hit_percent`."""
        if cache.mode is CacheMode.SERVERLESS:
            self._watch_serverless(cache, hit_percent)
            return
        nodes = of_cache(cache)
        self._make(cache_alarms(cache.component_name, nodes, self._args.thresholds))
        if hit_percent is not None:
            self._make(hit_rate_alarms(cache.component_name, nodes, hit_percent))

    def _watch_serverless(self, cache: Cache, hit_percent: float | None) -> None:
        prefix, metrics = cache.component_name, of_serverless_cache(cache)
        limits = self._args.thresholds
        self._make(serverless_cache_alarms(prefix, metrics, cache.bounds, limits, hit_percent))

    def watch_canary(self, canary: Canary) -> None:
        """Runs that failed, and runs that were not."""
        self._make(canary_alarms(canary.component_name, canary.metrics()))

    def watch_logs(self, logged: Logged, more_than: float, severity: Severity = Severity.WARNING) -> None:
        """More than so many matching lines a minute; `logged` is one of `Observability.logged`."""
        self._make(log_alarms(logged, more_than, severity))

    @contextmanager
    def incident(self, name: str = "incident") -> Iterator[None]:
        """Everything that is watched inside pages once: through one alarm that fires while any critical one does."""
        if self._pagers is not None:
            raise _within_itself(self.component_name, name)
        self._pagers = {}
        try:
            yield
            pagers = self._pagers
        finally:
            self._pagers = None
        for severity, alarms in pagers.items():
            suffix = "" if severity is Severity.CRITICAL else f"-{severity}"
            self._page_once(f"{self.component_name}-{name}{suffix}", severity, alarms)

    def _page_once(self, name: str, severity: Severity, alarms: dict[str, pulumi.Resource]) -> None:
        composite = Composite(
            name=name,
            severity=severity,
            rule=any_of(list(alarms)),
            description="One of these fires: " + ", ".join(alarms),
        )
        check_parts(self.component_name, list(alarms))
        self._composite(composite, list(alarms.values()))

    def _make(self, alarms: Sequence[Alarm]) -> None:
        escalation = self._args.escalation
        late = [] if escalation is None else unresolved(alarms, escalation.after_minutes)
        for alarm in (*alarms, *late):
            self._alarm(alarm)

    def _alarm(self, alarm: Alarm, *, told: bool = True) -> aws.cloudwatch.MetricAlarm:
        self._take(alarm.name)
        actions = self._actions(alarm.severity) if told else []
        made = make_alarm(self, alarm, actions, self._args.tags, self._args.region)
        self._note(made.arn, alarm.name, alarm.severity, made, told=told)
        return made

    def _composite(self, composite: Composite, parts: Sequence[pulumi.Resource]) -> None:
        self._take(composite.name)
        actions = self._actions(composite.severity)
        made = make_composite(self, composite, parts, actions, self._args.tags, self._args.region)
        self._note(made.arn, composite.name, composite.severity, made, told=True)

    def _actions(self, severity: Severity) -> list[pulumi.Output[str]]:
        """Nobody is told by the single alarms of an incident, except of what can wait."""
        grouped = self._pagers is not None and severity is not Severity.WARNING
        return [] if grouped else [self._topics[severity]]

    def _note(
        self, arn: pulumi.Output[str], name: str, severity: Severity, made: pulumi.Resource, *, told: bool
    ) -> None:
        if told:
            self.alarm_arns.append(arn)
        if told and self._pagers is not None and severity is not Severity.WARNING:
            self._pagers.setdefault(severity, {})[name] = made

    def _take(self, name: str) -> None:
        if name in self.alarm_names:
            raise _watched_twice(self.component_name, name)
        self.alarm_names.append(name)


def _within_itself(where: str, name: str) -> ComponentError:
    return ComponentError(
        where,
        f"the incident `{name}` begins within another one",
        expected="one after the other",
        fix="end the first one before",
    )


def _watched_twice(where: str, name: str) -> ComponentError:
    return ComponentError(
        where,
        f"the alarm `{name}` exists already: its component is watched twice",
        expected="one watch per component",
        fix="remove the second call",
    )
