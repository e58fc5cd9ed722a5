"""The dashboard, and what is counted from logs."""

import json
from typing import Any

from components.cache import Cache
from components.cluster import Cluster, ClusterArgs
from components.dashboard import Graph, Section, body
from components.database import Database
from components.metric import Metric
from components.observability import LogGroupArgs, MetricFilter, Observability, ObservabilityArgs
from components.service import Service, ServiceArgs
from tests.components.recording import Cloud
from tests.components.test_alarms import TARGET, FakeGateway
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
        board.add_database(Database("la-prod-database", database_args(replicas=1)))
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
        "Response time, seconds",
        "Targets",
        "## la-prod-web",
        "CPU and memory, percent",
        "Logged errors",
        "Tasks",
        "## la-prod-database",
        "CPU, percent",
        "Connections",
        "Free storage, bytes",
        "Freeable memory, bytes",
        "Replica lag, seconds",
        "## la-prod-cache",
        "CPU, percent",
        "Memory, percent",
        "Hits and misses",
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
