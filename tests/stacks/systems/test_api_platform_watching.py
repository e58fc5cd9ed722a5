"""What watches the API platform and writes down who did what, held against its document."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.stacks.systems.api_platform import alarm, balancer, cluster, firewall, secrets, told
from tests.stacks.systems.standing import System, standing

BOTH = ("api", "auth")
NAMESPACE = "api-platform/production"
GIGABYTE = 1024**3


@pytest.fixture
def production() -> System:
    return standing("api-platform-production")


# What the document collects: what the dashboard shows of each.
COLLECTED = {
    "response times": ("AWS/ApplicationELB", "TargetResponseTime"),
    "throughput": ("AWS/ApplicationELB", "RequestCount"),
    "errors": ("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count"),
    "query performance of the api": (NAMESPACE, "api-prod-api-query-ms"),
    "query performance of authentication": (NAMESPACE, "api-prod-auth-query-ms"),
    "user activity": (NAMESPACE, "api-prod-api-active-users"),
    "user activity in time": (NAMESPACE, "api-prod-api-sign-ins"),
    "cpu": ("AWS/ECS", "CPUUtilization"),
    "memory": ("AWS/ECS", "MemoryUtilization"),
    "network": ("ECS/ContainerInsights", "NetworkRxBytes"),
    "cpu of the database": ("AWS/RDS", "CPUUtilization"),
    "connections": ("AWS/RDS", "DatabaseConnections"),
    "disk": ("AWS/RDS", "ReadIOPS"),
}


@pytest.mark.proves("S2-28")
@pytest.mark.parametrize("what", COLLECTED)
def test_the_dashboard_shows_what_the_document_collects(production: System, what: str) -> None:
    board = production.client("cloudwatch").get_dashboard(DashboardName=production.outputs["dashboard_name"])
    drawn = {
        (line[0], line[1])
        for widget in json.loads(board["DashboardBody"])["widgets"]
        for line in widget["properties"].get("metrics", ())
        if isinstance(line[0], str)
    }
    assert COLLECTED[what] in drawn


@pytest.mark.proves("S2-28")
def test_errors_are_told_apart_by_service_and_searched_by_endpoint(production: System) -> None:
    for name in BOTH:
        found = alarm(production, f"api-prod-gateway-{name}-error-rate-critical")
        assert (found["Threshold"], found["ComparisonOperator"]) == (5, "GreaterThanThreshold")
    queries = _searches(production)["api-prod/endpoints"]["queryString"].split("\n| ")
    assert "stats count(*) as answers, avg(duration_ms) as average_ms by path, class" in queries


@pytest.mark.proves("S2-29")
def test_errors_are_reported_and_somebody_is_told(production: System) -> None:
    for name in BOTH:
        # Sentry is sent what went wrong, with everything around it.
        assert ":secret:api-platform/production/sentry-" in secrets(production, name)["SENTRY_DSN"]
        found = alarm(production, f"api-prod-{name}-errors-logged")
        assert (found["Threshold"], found["Period"], found["Statistic"]) == (5, 60, "Sum")
        assert found["AlarmActions"] == [production.outputs["warning_topic_arn"]]
        filters = production.client("logs").describe_metric_filters(logGroupName=f"/ecs/api-prod-{name}")
        counted = {one["metricTransformations"][0]["metricName"] for one in filters["metricFilters"]}
        assert found["MetricName"] in counted


@pytest.mark.proves("S2-30")
def test_somebody_looks_from_outside_day_and_night(production: System) -> None:
    checks = production.client("route53").list_health_checks()["HealthChecks"]
    [check] = [
        one for one in checks if one["HealthCheckConfig"]["FullyQualifiedDomainName"] == "api.yourproject.com"
    ]
    assert (check["HealthCheckConfig"]["Type"], check["HealthCheckConfig"]["RequestInterval"]) == (
        "HTTPS",
        30,
    )
    down = alarm(production, "api-prod-uptime-down")
    assert down["Dimensions"] == [{"Name": "HealthCheckId", "Value": check["Id"]}]
    assert down["AlarmActions"] == [production.outputs["critical_topic_arn"]]


@pytest.mark.proves("S2-31")
def test_the_database_is_watched_server_by_server(production: System) -> None:
    """Of 400 connections 320, of 200 GiB the last 30, and a reader ten seconds behind."""
    for name in ("primary", "replica-1", "replica-2"):
        connections = alarm(production, f"api-prod-database-{name}-connections")
        assert (connections["MetricName"], connections["Threshold"]) == ("DatabaseConnections", 320)
        storage = alarm(production, f"api-prod-database-{name}-free-storage")
        assert (storage["MetricName"], storage["Threshold"]) == ("FreeStorageSpace", 30 * GIGABYTE)
        assert storage["AlarmActions"] == [production.outputs["critical_topic_arn"]]
    for name in ("replica-1", "replica-2"):
        lag = alarm(production, f"api-prod-database-{name}-lag")
        assert (lag["MetricName"], lag["Threshold"]) == ("ReplicaLag", 10)


@pytest.mark.proves("S2-31")
def test_slow_queries_are_written_down(production: System) -> None:
    assert cluster(production)["EnabledCloudwatchLogsExports"] == ["error", "slowquery"]
    [asked] = production.inputs("aws:rds/cluster:Cluster").values()
    assert (asked["performanceInsightsEnabled"], asked["monitoringInterval"]) == (True, 60)


@pytest.mark.proves("S2-33")
def test_who_did_what_is_kept_for_90_days(production: System) -> None:
    groups = production.client("logs").describe_log_groups(logGroupNamePrefix="/api-platform/")["logGroups"]
    assert {one["logGroupName"]: one["retentionInDays"] for one in groups} == {
        "/api-platform/production/audit": 90
    }


@pytest.mark.proves("S2-34")
def test_all_logs_are_searched_at_once(production: System) -> None:
    found = _searches(production)
    assert set(found) == {
        "api-prod/audit by user",
        "api-prod/endpoints",
        "api-prod/errors",
        "api-prod/slow requests",
    }
    services = [f"/ecs/api-prod-{name}" for name in BOTH]
    for name in ("endpoints", "errors", "slow requests"):
        assert found[f"api-prod/{name}"]["logGroupNames"] == services


@pytest.mark.proves("S2-42")
def test_answers_that_take_200_ms_on_average_are_told(production: System) -> None:
    found = alarm(production, "api-prod-gateway-slo-latency-average")
    assert (found["MetricName"], found["Statistic"], found["Threshold"]) == (
        "TargetResponseTime",
        "Average",
        0.2,
    )
    arn = balancer(production)["LoadBalancerArn"]
    assert found["Dimensions"] == [{"Name": "LoadBalancer", "Value": arn.split("loadbalancer/")[1]}]
    assert found["AlarmActions"] == [production.outputs["warning_topic_arn"]]


@pytest.mark.proves("S2-42")
def test_so_are_queries_of_100_ms_and_uploads_of_500(production: System) -> None:
    limits = {
        "api-prod-api-query-ms-slo-p95": ("api-prod-api-query-ms", 100),
        "api-prod-auth-query-ms-slo-p95": ("api-prod-auth-query-ms", 100),
        "api-prod-api-upload-ms-slo": ("api-prod-api-upload-ms", 500),
    }
    for name, (metric, most) in limits.items():
        found = alarm(production, name)
        assert (found["Namespace"], found["MetricName"], found["Threshold"]) == (NAMESPACE, metric, most)
        assert found["ComparisonOperator"] == "GreaterThanThreshold"
    filters = production.client("logs").describe_metric_filters(logGroupName="/ecs/api-prod-api")
    read = {one["filterPattern"] for one in filters["metricFilters"]}
    assert "{ $.upload_ms = * }" in read


@pytest.mark.proves("S2-52")
def test_every_call_to_the_account_is_recorded(production: System) -> None:
    [trail] = production.client("cloudtrail").describe_trails()["trailList"]
    assert (trail["IsMultiRegionTrail"], trail["LogFileValidationEnabled"]) == (True, True)
    status = production.client("cloudtrail").get_trail_status(Name=trail["TrailARN"])
    assert status["IsLogging"] is True
    for name in BOTH:
        assert told(production, name)["AUDIT_LOG"] == "true"


@pytest.mark.proves("S2-52")
def test_images_are_scanned_and_the_account_is_checked_all_the_time(production: System) -> None:
    ecr = production.client("ecr")
    found = ecr.describe_repositories()["repositories"]
    assert {one["repositoryUri"] for one in found} >= set(production.outputs["image_registries"].values())
    for repository in found:
        assert repository["imageScanningConfiguration"]["scanOnPush"] is True
        # What was scanned is what runs: a tag cannot be given to another image.
        assert repository["imageTagMutability"] == "IMMUTABLE"
    guard = production.client("guardduty")
    [detector] = guard.list_detectors()["DetectorIds"]
    assert guard.get_detector(DetectorId=detector)["Status"] == "ENABLED"
    standards = production.inputs("aws:securityhub/standardsSubscription:StandardsSubscription").values()
    assert any("aws-foundational-security-best-practices" in one["standardsArn"] for one in standards)
    # And updated: RDS takes minor versions by itself.
    assert cluster(production)["AutoMinorVersionUpgrade"] is True


@pytest.mark.proves("S2-05")
def test_production_s_firewall_and_parts_tell_when_they_work_and_when_not(production: System) -> None:
    for rule in firewall(production)["Rules"]:
        assert rule["VisibilityConfig"]["CloudWatchMetricsEnabled"] is True
    alarms = production.client("cloudwatch").describe_alarms()["MetricAlarms"]
    told_of = {one["AlarmName"] for one in alarms if one["AlarmActions"]}
    for part in ("gateway", "api", "auth", "database-primary", "cache-001", "backup", "uptime"):
        assert [name for name in told_of if name.startswith(f"api-prod-{part}-")], part


def _searches(system: System) -> dict[str, dict[str, Any]]:
    found = system.client("logs").describe_query_definitions()["queryDefinitions"]
    return {one["name"]: one for one in found}
