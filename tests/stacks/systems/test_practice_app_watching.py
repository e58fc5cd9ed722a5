"""What notices when the practice app is not what its document promises."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.stacks.systems.standing import System, standing


@pytest.fixture
def production() -> System:
    return standing("practice-app-production")


@pytest.mark.proves("S0-67")
def test_responses_slower_than_100_ms_are_told(production: System) -> None:
    alarm = _alarm(production, "sp-prod-gateway-slo-latency-p95")
    assert (alarm["MetricName"], alarm["ExtendedStatistic"], alarm["Threshold"]) == (
        "TargetResponseTime",
        "p95",
        0.1,
    )
    assert alarm["ComparisonOperator"] == "GreaterThanThreshold"
    assert alarm["AlarmActions"] == [production.outputs["warning_topic_arn"]]
    # And New Relic, which measures them from within, has its key.
    secrets = {one["Name"] for one in production.client("secretsmanager").list_secrets()["SecretList"]}
    assert "practice-app/production/new-relic" in secrets


@pytest.mark.proves("S0-69")
def test_queries_slower_than_50_ms_are_told(production: System) -> None:
    alarm = _alarm(production, "sp-prod-api-query-ms-slo-p95")
    assert (alarm["ExtendedStatistic"], alarm["Threshold"], alarm["ComparisonOperator"]) == (
        "p95",
        50,
        "GreaterThanThreshold",
    )
    filters = production.client("logs").describe_metric_filters(logGroupName="/ecs/sp-prod-api")[
        "metricFilters"
    ]
    [read] = [one for one in filters if one["filterName"].startswith("sp-prod-api-query-ms")]
    [told] = read["metricTransformations"]
    assert (told["metricNamespace"], told["metricName"]) == (alarm["Namespace"], alarm["MetricName"])


@pytest.mark.proves("S0-70")
def test_a_hit_rate_below_80_percent_is_told(production: System) -> None:
    [cache] = production.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    watched = set()
    for number in ("001", "002", "003"):
        alarm = _alarm(production, f"sp-prod-cache-{number}-hit-rate")
        assert (alarm["MetricName"], alarm["Threshold"], alarm["ComparisonOperator"]) == (
            "CacheHitRate",
            80,
            "LessThanThreshold",
        )
        watched |= {dimension["Value"] for dimension in alarm["Dimensions"]}
    assert watched == set(cache["MemberClusters"])


@pytest.mark.proves("S0-71")
def test_three_nines_are_watched_from_outside_and_by_their_error_budget(production: System) -> None:
    [check] = production.client("route53").list_health_checks()["HealthChecks"]
    asked = check["HealthCheckConfig"]
    assert (asked["Type"], asked["FullyQualifiedDomainName"], asked["RequestInterval"]) == (
        "HTTPS",
        "spanish-practice.app",
        30,
    )
    down = _alarm(production, "sp-prod-uptime-down")
    assert down["Dimensions"] == [{"Name": "HealthCheckId", "Value": check["Id"]}]
    assert down["AlarmActions"] == [production.outputs["critical_topic_arn"]]
    # 99.9 percent leave 0.1 percent of the requests; spent 14.4 times too fast it is gone in two days.
    for window in ("long", "short"):
        burning = _alarm(production, f"sp-prod-gateway-availability-burn-1h-{window}")
        assert burning["Threshold"] == pytest.approx(14.4 * (100 - 99.9))


@pytest.mark.proves("S0-81")
def test_a_server_that_does_not_answer_is_replaced_and_somebody_is_told(production: System) -> None:
    """The document's five steps: the check fails, no request goes there, others answer, more start, people know."""
    groups = production.client("elbv2").describe_target_groups()["TargetGroups"]
    [api] = [group for group in groups if group["TargetGroupName"].startswith("sp-prod-api-")]
    assert (api["HealthCheckPath"], api["Matcher"]["HttpCode"]) == ("/health", "200")
    seconds = api["HealthCheckIntervalSeconds"] * api["UnhealthyThresholdCount"]
    assert seconds <= 5 * 60
    service = production.client("ecs").describe_services(
        cluster=production.outputs["cluster_name"], services=[production.outputs["service_names"]["api"]]
    )["services"][0]
    assert service["runningCount"] == 2
    targets = production.client("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")
    [room] = [one for one in targets["ScalableTargets"] if service["serviceName"] in one["ResourceId"]]
    assert room["MaxCapacity"] > service["runningCount"]
    suffix = api["TargetGroupArn"].rsplit(":", 1)[-1]
    told = {
        "sp-prod-gateway-api-unhealthy-targets": ("UnHealthyHostCount", "warning_topic_arn"),
        "sp-prod-gateway-api-no-healthy-target": ("HealthyHostCount", "critical_topic_arn"),
    }
    for name, (metric, topic) in told.items():
        alarm = _alarm(production, name)
        assert (alarm["MetricName"], alarm["AlarmActions"]) == (metric, [production.outputs[topic]])
        assert {"Name": "TargetGroup", "Value": suffix} in alarm["Dimensions"]


# The document's monitoring points: what the dashboard shows of each.
SHOWN = {
    "request rate": ("AWS/ApplicationELB", "RequestCount"),
    "response time": ("AWS/ApplicationELB", "TargetResponseTime"),
    "error rate": ("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count"),
    "active users": ("practice-app/production", "sp-prod-api-active-users"),
    "cpu of servers": ("AWS/ECS", "CPUUtilization"),
    "cpu of the database": ("AWS/RDS", "CPUUtilization"),
    "memory": ("AWS/ECS", "MemoryUtilization"),
    "disk reads": ("AWS/RDS", "ReadIOPS"),
    "disk writes": ("AWS/RDS", "WriteIOPS"),
    "network in": ("ECS/ContainerInsights", "NetworkRxBytes"),
    "network out": ("ECS/ContainerInsights", "NetworkTxBytes"),
    "connection pool": ("AWS/RDS", "DatabaseConnections"),
    "query performance": ("practice-app/production", "sp-prod-api-query-ms"),
    "replication lag": ("AWS/RDS", "ReplicaLag"),
    "disk usage": ("AWS/RDS", "FreeStorageSpace"),
}


@pytest.mark.proves("S0-83")
@pytest.mark.parametrize("point", SHOWN)
def test_the_dashboard_shows_every_monitoring_point(production: System, point: str) -> None:
    assert SHOWN[point] in _drawn(production)


@pytest.mark.proves("S0-83")
def test_containers_are_measured(production: System) -> None:
    [cluster] = production.client("ecs").describe_clusters(
        clusters=[production.outputs["cluster_name"]], include=["SETTINGS"]
    )["clusters"]
    assert {"name": "containerInsights", "value": "enabled"} in cluster["settings"]


NUMBERS = {
    "user_registrations": ("sp-prod-api-registrations", "Sum"),
    "exercises_completed": ("sp-prod-api-exercises", "Sum"),
    "session_seconds": ("sp-prod-api-session-time", "Average"),
    "retention_percent": ("sp-prod-api-retention", "Average"),
}


@pytest.mark.parametrize("field", NUMBERS)
def test_business_metrics_have_a_place_as_soon_as_the_application_tells_them(
    production: System, field: str
) -> None:
    name, statistic = NUMBERS[field]
    filters = production.client("logs").describe_metric_filters(logGroupName="/ecs/sp-prod-api")[
        "metricFilters"
    ]
    [read] = [one for one in filters if one["filterPattern"] == f"{{ $.{field} = * }}"]
    [told] = read["metricTransformations"]
    assert (told["metricName"], told["metricValue"]) == (name, f"$.{field}")
    assert _drawn(production)["practice-app/production", name] == {statistic}


def _alarm(system: System, name: str) -> dict[str, Any]:
    [found] = system.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
    assert isinstance(found, dict)
    return found


def _drawn(system: System) -> dict[tuple[str, str], set[str]]:
    """Every metric on the dashboard, with the statistics that are drawn of it."""
    board = system.client("cloudwatch").get_dashboard(DashboardName=system.outputs["dashboard_name"])
    found: dict[tuple[str, str], set[str]] = {}
    for widget in json.loads(board["DashboardBody"])["widgets"]:
        for line in widget["properties"].get("metrics", ()):
            if isinstance(line[0], str):
                found.setdefault((line[0], line[1]), set()).add(line[-1]["stat"])
    return found
