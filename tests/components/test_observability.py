"""The dashboard, and what is counted from logs."""

import json
from typing import Any

import pytest

from components.alarms import Alarms
from components.cache import Cache
from components.canary import Canary, CanaryArgs
from components.cluster import Cluster, ClusterArgs
from components.dashboard import Graph, Section, body
from components.database import NO_ROTATION, Database
from components.errors import ComponentError
from components.metric import Metric
from components.observability import LogGroupArgs, MetricFilter, Observability, ObservabilityArgs, audit_log
from components.service import Service, ServiceArgs
from tests.components.recording import Cloud
from tests.components.test_alarms import TARGET, FakeGateway, alarms_args
from tests.components.test_cache import cache_args
from tests.components.test_database import database_args

ARGS = ObservabilityArgs(dashboard_name="la-prod", metric_namespace="learning-assistant/production")


def metric(label: str) -> Metric:
    return Metric(namespace="N", name="M", dimensions={"K": "v"}, statistic="p95", label=label)


def test_the_whole_body_of_a_graph() -> None:
    graph = Graph(title="Latency", metrics=[metric("slow")], limits=[("critical", 2)])
    assert body([Section(title="Web", graphs=[graph])], "us-east-1") == {
        "widgets": [
            {
                "type": "text",
                "x": 0,
                "y": 0,
                "width": 24,
                "height": 1,
                "properties": {"markdown": "## Web"},
            },
            {
                "type": "metric",
                "x": 0,
                "y": 1,
                "width": 8,
                "height": 6,
                "properties": {
                    "title": "Latency",
                    "region": "us-east-1",
                    "view": "timeSeries",
                    "stacked": False,
                    "period": 60,
                    "metrics": [["N", "M", "K", "v", {"stat": "p95", "label": "slow"}]],
                    "annotations": {"horizontal": [{"label": "critical", "value": 2}]},
                },
            },
        ]
    }


def test_three_graphs_in_a_row_and_sections_below_each_other() -> None:
    four = Section(title="A", graphs=[Graph(title=str(number), metrics=[]) for number in range(4)])
    one = Section(title="B", graphs=[Graph(title="x", metrics=[])])
    widgets = body([four, one], "us-east-1")["widgets"]
    assert [(widget["x"], widget["y"]) for widget in widgets] == [
        (0, 0),
        (0, 1),
        (8, 1),
        (16, 1),
        (0, 7),
        (0, 13),
        (0, 14),
    ]


def published(cloud: Cloud) -> list[dict[str, Any]]:
    def program() -> None:
        board = Observability("la-prod-observability", ARGS)
        cluster = Cluster("la-prod", ClusterArgs())
        args = ServiceArgs(
            cluster=cluster, vpc_id="vpc-1", subnet_ids=["a"], image="i", port=3000, cpu=256, memory=512
        )
        board.add_gateway(FakeGateway(), TARGET)  # type: ignore[arg-type]
        board.add_service(Service("la-prod-web", args), cluster)
        board.add_database(Database("la-prod-database", database_args(replicas=1, rotation=NO_ROTATION)))
        board.add_cache(Cache("la-prod-cache", cache_args(replicas=0, multi_az=False)))
        board.publish()

    cloud.deploy(program)
    made = cloud.one("Dashboard")
    assert made.inputs["dashboardName"] == "la-prod"
    widgets: list[dict[str, Any]] = json.loads(made.inputs["dashboardBody"])["widgets"]
    return widgets


def test_everything_that_was_added_is_shown(cloud: Cloud) -> None:
    shown = [
        widget["properties"].get("title") or widget["properties"]["markdown"] for widget in published(cloud)
    ]
    assert shown == [
        "## la-prod-gateway",
        "Requests and 5xx answers",
        "Error rate, percent",
        "Response time, seconds",
        "Targets",
        "## la-prod-web",
        "CPU, percent",
        "Memory, percent",
        "Logged errors",
        "Tasks",
        "Network traffic, bytes per second",
        "## la-prod-database",
        "CPU, percent",
        "Connections",
        "Free storage, bytes",
        "Freeable memory, bytes",
        "Disk operations per second",
        "Seconds per disk operation",
        "Replica lag, seconds",
        "## la-prod-cache",
        "CPU, percent",
        "Memory, percent",
        "Hits and misses",
        "Reads that found their key, percent",
    ]


def test_graphs_hold_known_names(cloud: Cloud) -> None:
    [lag] = [
        widget for widget in published(cloud) if widget["properties"].get("title") == "Replica lag, seconds"
    ]
    assert lag["properties"]["metrics"] == [
        [
            "AWS/RDS",
            "ReplicaLag",
            "DBInstanceIdentifier",
            "la-prod-database-replica-1",
            {"stat": "Maximum", "label": "replica-1"},
        ]
    ]


@pytest.mark.proves("S2-29")
def test_logged_errors_are_counted(cloud: Cloud) -> None:
    published(cloud)
    assert cloud.one("LogMetricFilter").inputs == {
        "logGroupName": "/ecs/la-prod-web",
        "pattern": "?ERROR ?CRITICAL ?FATAL",
        "metricTransformation": {
            "namespace": "learning-assistant/production",
            "name": "la-prod-web-errors",
            "value": "1",
            "defaultValue": "0",
            "unit": "Count",
        },
    }


def test_log_groups_and_filters_of_ones_own(cloud: Cloud) -> None:
    args = ObservabilityArgs(
        dashboard_name="la-prod",
        metric_namespace="n",
        log_groups=[LogGroupArgs(name="/audit/la-prod", retention_days=400)],
        metric_filters=[MetricFilter(metric_name="logins", log_group_name="/audit/la-prod", pattern="login")],
        kms_key_arn="arn:key",
    )
    cloud.deploy(lambda: Observability("la-prod-observability", args))
    group = cloud.one("LogGroup").inputs
    assert (group["name"], group["retentionInDays"], group["kmsKeyId"]) == ("/audit/la-prod", 400, "arn:key")
    assert cloud.one("LogMetricFilter").name == "la-prod-observability-logins"


def test_a_filter_waits_for_the_group_that_it_reads(cloud: Cloud) -> None:
    args = ObservabilityArgs(
        dashboard_name="la-prod",
        metric_namespace="n",
        log_groups=[audit_log("/audit/la-prod")],
        metric_filters=[MetricFilter(metric_name="logins", log_group_name="/audit/la-prod", pattern="login")],
    )
    cloud.deploy(lambda: Observability("la-prod-observability", args))
    assert cloud.one("LogMetricFilter").after == ["la-prod-observability-audit-la-prod"]


@pytest.mark.proves("S2-33")
def test_an_audit_log_is_kept_for_ninety_days_and_outlives_the_program(cloud: Cloud) -> None:
    args = ObservabilityArgs(
        dashboard_name="la-prod",
        metric_namespace="n",
        log_groups=[audit_log("/audit/la-prod")],
        kms_key_arn="arn:key",
    )
    cloud.deploy(lambda: Observability("la-prod-observability", args))
    inputs = cloud.one("LogGroup").inputs
    assert (inputs["retentionInDays"], inputs["skipDestroy"], inputs["kmsKeyId"]) == (90, True, "arn:key")


def test_a_retention_that_cloudwatch_does_not_have_is_refused(cloud: Cloud) -> None:
    args = ObservabilityArgs(
        dashboard_name="la-prod",
        metric_namespace="n",
        log_groups=[LogGroupArgs(name="/x", retention_days=100)],
    )
    with pytest.raises(
        ComponentError, match=r"keeps its lines for 100 days\. Expected one of 1, 3, .*Fix: take 120"
    ):
        cloud.deploy(lambda: Observability("la-prod-observability", args))
    assert cloud.made == []


@pytest.mark.proves("S2-29")
def test_what_is_counted_can_be_watched(cloud: Cloud) -> None:
    def program() -> None:
        board = Observability("la-prod-observability", ARGS)
        cluster = Cluster("la-prod", ClusterArgs())
        args = ServiceArgs(
            cluster=cluster, vpc_id="vpc-1", subnet_ids=["a"], image="i", port=3000, cpu=256, memory=512
        )
        board.add_service(Service("la-prod-web", args), cluster)
        Alarms("la-prod-alarms", alarms_args()).watch_logs(board.logged["la-prod-web"], more_than=10)

    cloud.deploy(program)
    inputs = cloud.one("MetricAlarm").inputs
    assert inputs["name"] == "la-prod-web-errors-logged"
    assert (inputs["namespace"], inputs["metricName"]) == (
        "learning-assistant/production",
        "la-prod-web-errors",
    )
    assert (inputs["statistic"], inputs["threshold"], inputs["treatMissingData"]) == (
        "Sum",
        10,
        "notBreaching",
    )
    assert inputs["alarmDescription"] == "More than 10 logged errors a minute."
    assert "dimensions" not in inputs


def test_alarms_and_canary_are_shown_with_the_alarms_first(cloud: Cloud) -> None:
    def program() -> None:
        board = Observability("la-prod-observability", ARGS)
        canary = Canary("la-prod-canary", CanaryArgs(url="https://app.example.com/api/health"))
        alarms = Alarms("la-prod-alarms", alarms_args())
        alarms.watch_canary(canary)
        board.add_canary(canary)
        board.add_alarms(alarms)
        board.publish()

    cloud.deploy(program)
    heading, states, *rest = json.loads(cloud.one("Dashboard").inputs["dashboardBody"])["widgets"]
    assert heading["properties"] == {"markdown": "## la-prod-alarms"}
    arn = "arn:aws:test:us-east-1:123456789012:MetricAlarm/la-prod-canary-fails"
    assert states == {
        "type": "alarm",
        "x": 0,
        "y": 1,
        "width": 24,
        "height": 3,
        "properties": {"title": "Alarms", "alarms": [arn]},
    }
    assert [(widget["type"], widget["y"]) for widget in rest] == [("text", 4), ("metric", 5), ("metric", 5)]
    assert rest[1]["properties"]["metrics"][0][:4] == [
        "CloudWatchSynthetics",
        "SuccessPercent",
        "CanaryName",
        "la-prod-canary",
    ]
