"""What was promised to users: response time, failures, and the time of database queries."""

from typing import Any

import pytest

from components.alarms import Alarms
from components.cluster import Cluster, ClusterArgs
from components.observability import Observability
from components.service import Service, ServiceArgs
from tests.components.recording import Cloud
from tests.components.test_alarms import TARGET, FakeGateway, alarms_args, topic
from tests.components.test_observability import ARGS

GATEWAY: Any = FakeGateway()


def promised(cloud: Cloud, call: str, *given: Any) -> Any:
    def program() -> None:
        getattr(Alarms("la-prod-alarms", alarms_args()), call)(GATEWAY, TARGET, *given)

    cloud.deploy(program)
    return cloud.one("MetricAlarm").inputs


@pytest.mark.proves("S0-67", "S3-22")
def test_a_p95_is_watched_at_the_seconds_that_were_promised(cloud: Cloud) -> None:
    alarm = promised(cloud, "watch_latency", 0.1)
    assert alarm["name"] == "la-prod-gateway-slo-latency-p95"
    assert (alarm["metricName"], alarm["extendedStatistic"]) == ("TargetResponseTime", "p95")
    assert (alarm["threshold"], alarm["comparisonOperator"]) == (0.1, "GreaterThanThreshold")
    assert (alarm["period"], alarm["evaluationPeriods"]) == (300, 3)
    assert alarm["alarmActions"] == [topic("warning")]


@pytest.mark.proves("S2-42")
def test_so_is_an_average(cloud: Cloud) -> None:
    alarm = promised(cloud, "watch_latency", 0.2, "Average")
    assert alarm["name"] == "la-prod-gateway-slo-latency-average"
    assert (alarm["statistic"], alarm["threshold"]) == ("Average", 0.2)
    assert "extendedStatistic" not in alarm


@pytest.mark.proves("S3-23")
def test_failures_are_counted_over_an_hour(cloud: Cloud) -> None:
    alarm = promised(cloud, "watch_error_rate", 0.1)
    assert (alarm["name"], alarm["threshold"]) == ("la-prod-gateway-slo-error-rate", 0.1)
    assert alarm["evaluationPeriods"] == 1
    periods = {query["metric"]["period"] for query in alarm["metricQueries"] if "metric" in query}
    assert periods == {3600}


@pytest.fixture
def timed(cloud: Cloud) -> Cloud:
    def program() -> None:
        board = Observability("la-prod-observability", ARGS)
        cluster = Cluster("la-prod", ClusterArgs())
        args = ServiceArgs(
            cluster=cluster, vpc_id="vpc-1", subnet_ids=["a"], image="i", port=3000, cpu=256, memory=512
        )
        service = Service("la-prod-web", args)
        board.time_queries(service)
        board.add_service(service, cluster)
        board.publish()
        Alarms("la-prod-alarms", alarms_args()).watch_queries(board.timed["la-prod-web"], 50)

    cloud.deploy(program)
    return cloud


def test_query_times_are_read_from_lines_of_json(timed: Cloud) -> None:
    [read] = [made.inputs for made in timed.of("LogMetricFilter") if made.name == "la-prod-web-query-ms"]
    assert (read["logGroupName"], read["pattern"]) == ("/ecs/la-prod-web", "{ $.query_ms = * }")
    assert read["metricTransformation"] == {
        "namespace": "learning-assistant/production",
        "name": "la-prod-web-query-ms",
        "value": "$.query_ms",
        "unit": "Milliseconds",
    }


@pytest.mark.proves("S0-69", "S3-26")
def test_slow_queries_are_told(timed: Cloud) -> None:
    alarm = timed.one("MetricAlarm").inputs
    assert alarm["name"] == "la-prod-web-query-ms-slo-p95"
    assert (alarm["namespace"], alarm["metricName"]) == (
        "learning-assistant/production",
        "la-prod-web-query-ms",
    )
    assert (alarm["extendedStatistic"], alarm["threshold"]) == ("p95", 50)
    assert alarm["treatMissingData"] == "notBreaching"


def test_and_drawn(timed: Cloud) -> None:
    widgets = timed.one("Dashboard").document("dashboardBody")["widgets"]
    [graph] = [
        one["properties"]
        for one in widgets
        if one["properties"].get("title") == "Database queries, milliseconds"
    ]
    assert [line[-1]["stat"] for line in graph["metrics"]] == ["p50", "p95", "p99"]
