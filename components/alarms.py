"""Who is told when something is wrong: two topics and the alarms that feed them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi
import pulumi_aws as aws

from components import account, names
from components.alarm import Alarm, Rate, Severity
from components.cache import Cache
from components.cache_alarms import cache_alarms
from components.cluster import Cluster
from components.database import Database
from components.database_alarms import database_alarms
from components.errors import ComponentError
from components.gateway import Gateway, Target
from components.gateway_alarms import gateway_alarms
from components.key import Key, KeyArgs
from components.metric import Metric
from components.service import Service
from components.service_alarms import service_alarms
from components.thresholds import Thresholds
from components.topic import check_addresses, make_topic
from components.watched import of_cache, of_database, of_gateway, of_service

__all__ = ["Alarms", "AlarmsArgs", "Thresholds"]


@dataclass(frozen=True, kw_only=True)
class AlarmsArgs:
    """Each e-mail address must confirm its subscription before it receives anything.

    `kms_key_arn` must let CloudWatch use it, as `Key` does; without it the topics get a key of their own.
    """

    critical_emails: Sequence[str] = ()
    warning_emails: Sequence[str] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)
    kms_key_arn: pulumi.Input[str] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


class Alarms(pulumi.ComponentResource):
    """A critical and a warning topic; each watched component gets its alarms under fixed names."""

    component_name: str
    critical_topic_arn: pulumi.Output[str]
    warning_topic_arn: pulumi.Output[str]
    alarm_names: list[str]

    def __init__(self, name: str, args: AlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        check_addresses(name, [*args.critical_emails, *args.warning_emails])
        super().__init__("plinth:alarms:Alarms", name, {}, opts)
        self.component_name, self._args = name, args
        self.alarm_names = []
        self._topics = self._make_topics()
        self.critical_topic_arn = self._topics[Severity.CRITICAL]
        self.warning_topic_arn = self._topics[Severity.WARNING]
        self.register_outputs(
            {"critical_topic_arn": self.critical_topic_arn, "warning_topic_arn": self.warning_topic_arn}
        )

    def watch_gateway(self, gateway: Gateway, target: Target) -> None:
        """Error rate, p95 latency and unhealthy targets."""
        metrics = of_gateway(gateway, target)
        self._make(gateway_alarms(gateway.component_name, metrics, self._args.thresholds))

    def watch_service(self, service: Service, cluster: Cluster) -> None:
        """CPU, memory and missing tasks."""
        insights = cluster.container_insights
        metrics = of_service(service, cluster)
        limits = self._args.thresholds
        self._make(service_alarms(service.component_name, metrics, limits, container_insights=insights))

    def watch_database(self, database: Database) -> None:
        """CPU, free storage and connections of each instance, and the lag of each replica."""
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

    def watch_cache(self, cache: Cache) -> None:
        """CPU, memory and evictions of each node."""
        self._make(cache_alarms(cache.component_name, of_cache(cache), self._args.thresholds))

    def _make_topics(self) -> dict[Severity, pulumi.Output[str]]:
        args, here = self._args, account.current(self)
        key_arn = self._key().arn if args.kms_key_arn is None else args.kms_key_arn
        addresses = {Severity.CRITICAL: args.critical_emails, Severity.WARNING: args.warning_emails}
        return {
            severity: make_topic(
                self,
                f"{self.component_name}-{severity}",
                here,
                kms_key_arn=key_arn,
                addresses=addresses[severity],
                tags=args.tags,
            )
            for severity in Severity
        }

    def _key(self) -> Key:
        args = KeyArgs(alias=self.component_name, description="Messages of alarms", tags=self._args.tags)
        return Key(f"{self.component_name}-key", args, pulumi.ResourceOptions(parent=self))

    def _make(self, alarms: Iterable[Alarm]) -> None:
        for alarm in alarms:
            if alarm.name in self.alarm_names:
                raise _watched_twice(self.component_name, alarm)
            self.alarm_names.append(alarm.name)
            self._alarm(alarm)

    def _alarm(self, alarm: Alarm) -> None:
        topic = self._topics[alarm.severity]
        aws.cloudwatch.MetricAlarm(
            alarm.name,
            name=names.fit(alarm.name, names.ALARM, generated=False),
            alarm_description=alarm.description,
            comparison_operator=alarm.comparison,
            threshold=alarm.threshold,
            evaluation_periods=alarm.periods,
            datapoints_to_alarm=alarm.datapoints,
            treat_missing_data=alarm.missing,
            alarm_actions=[topic],
            ok_actions=[topic],
            tags={**self._args.tags, "Name": alarm.name, "Severity": alarm.severity},
            **_watched(alarm),
            opts=pulumi.ResourceOptions(parent=self),
        )


def _watched(alarm: Alarm) -> dict[str, Any]:
    if isinstance(alarm.watched, Rate):
        return {"metric_queries": _queries(alarm.watched, alarm.period_seconds)}
    return _single(alarm.watched, alarm.period_seconds)


def _single(metric: Metric, period_seconds: int) -> dict[str, Any]:
    found = {
        "namespace": metric.namespace,
        "metric_name": metric.name,
        "dimensions": metric.dimensions,
        "period": period_seconds,
    }
    if not metric.percentile:
        return {**found, "statistic": metric.statistic}
    # With few requests a percentile says nothing; the alarm then keeps its state.
    return {
        **found,
        "extended_statistic": metric.statistic,
        "evaluate_low_sample_count_percentiles": "ignore",
    }


def _queries(rate: Rate, period_seconds: int) -> list[aws.cloudwatch.MetricAlarmMetricQueryArgs]:
    result = aws.cloudwatch.MetricAlarmMetricQueryArgs(
        id="rate", expression=rate.expression, label=rate.label, return_data=True
    )
    parts = [
        aws.cloudwatch.MetricAlarmMetricQueryArgs(
            id=key,
            return_data=False,
            metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
                namespace=metric.namespace,
                metric_name=metric.name,
                dimensions=metric.dimensions,
                period=period_seconds,
                stat=metric.statistic,
            ),
        )
        for key, metric in rate.metrics.items()
    ]
    return [result, *parts]


def _watched_twice(where: str, alarm: Alarm) -> ComponentError:
    return ComponentError(
        where,
        f"the alarm `{alarm.name}` exists already: its component is watched twice",
        expected="one watch per component",
        fix="remove the second call",
    )
