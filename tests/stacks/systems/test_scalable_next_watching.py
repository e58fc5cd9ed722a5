"""What notices when the scalable Next.js product is not what its document promises, and what it may cost."""

from __future__ import annotations

import json

import pytest

from tests.stacks.systems.scalable_next import alarm, cache, container, drawn
from tests.stacks.systems.standing import System, standing
from tests.stacks.watched import watched

PAGER = "https://events.pagerduty.com/integration/x/enqueue"
WITH_DATADOG = {"integrations": {"datadog": True, "datadog_site": "datadoghq.eu"}}


@pytest.fixture
def production() -> System:
    return standing("scalable-next-production")


@pytest.mark.proves("S3-22")
def test_responses_slower_than_200_ms_are_told(production: System) -> None:
    slow = alarm(production, "gateway-slo-latency-p95")
    assert (slow["MetricName"], slow["ExtendedStatistic"]) == ("TargetResponseTime", "p95")
    assert (slow["Threshold"], slow["ComparisonOperator"]) == (0.2, "GreaterThanThreshold")
    assert slow["AlarmActions"] == [production.outputs["warning_topic_arn"]]


@pytest.mark.proves("S3-23")
def test_more_than_one_error_in_a_thousand_is_told(production: System) -> None:
    failing = alarm(production, "gateway-slo-error-rate")
    assert (failing["Threshold"], failing["ComparisonOperator"]) == (0.1, "GreaterThanThreshold")
    counted = {one["MetricStat"]["Metric"]["MetricName"] for one in failing["Metrics"] if "MetricStat" in one}
    assert counted >= {"HTTPCode_Target_5XX_Count", "RequestCount"}
    assert failing["AlarmActions"] == [production.outputs["warning_topic_arn"]]


@pytest.mark.proves("S3-24", "S3-29")
def test_three_nines_are_watched_from_outside_and_by_their_error_budget(production: System) -> None:
    """Route 53 in place of Pingdom."""
    [check] = production.client("route53").list_health_checks()["HealthChecks"]
    asked = check["HealthCheckConfig"]
    assert (asked["Type"], asked["FullyQualifiedDomainName"], asked["ResourcePath"]) == (
        "HTTPS",
        "scalable-next.app",
        "/api/health",
    )
    assert (asked["RequestInterval"], len(asked["Regions"]) >= 3) == (30, True)
    down = alarm(production, "uptime-down")
    assert down["Dimensions"] == [{"Name": "HealthCheckId", "Value": check["Id"]}]
    assert down["AlarmActions"] == [production.outputs["critical_topic_arn"]]
    # 99.9 percent leave 0.1 percent of the requests; spent 14.4 times too fast it is gone in two days.
    for window in ("long", "short"):
        burning = alarm(production, f"gateway-availability-burn-1h-{window}")
        assert burning["Threshold"] == pytest.approx(14.4 * (100 - 99.9))


@pytest.mark.proves("S3-26")
def test_queries_slower_than_100_ms_are_told(production: System) -> None:
    slow = alarm(production, "web-query-ms-slo-p95")
    assert (slow["ExtendedStatistic"], slow["Threshold"]) == ("p95", 100)
    assert slow["ComparisonOperator"] == "GreaterThanThreshold"
    filters = production.client("logs").describe_metric_filters(logGroupName="/ecs/next-prod-web")[
        "metricFilters"
    ]
    [read] = [one for one in filters if one["filterPattern"] == "{ $.query_ms = * }"]
    [made] = read["metricTransformations"]
    assert (made["metricNamespace"], made["metricName"]) == (slow["Namespace"], slow["MetricName"])


@pytest.mark.proves("S3-27")
def test_a_hit_ratio_below_80_percent_is_told(production: System) -> None:
    names = production.client("cloudwatch").describe_alarms(MaxRecords=100)["MetricAlarms"]
    hits = [one for one in names if one.get("MetricName") == "CacheHitRate"]
    assert {(one["Threshold"], one["ComparisonOperator"]) for one in hits} == {(80, "LessThanThreshold")}
    watched_ = {dimension["Value"] for one in hits for dimension in one["Dimensions"]}
    assert watched_ == set(cache(production)["MemberClusters"])


# Metric and percent above which it is told.
USED = {
    "web-cpu": ("CPUUtilization", 70),
    "web-memory": ("MemoryUtilization", 80),
    "database-primary-cpu": ("CPUUtilization", 70),
    "database-replica-1-cpu": ("CPUUtilization", 70),
    "cache-0001-001-cpu": ("EngineCPUUtilization", 70),
    "cache-0001-001-memory": ("DatabaseMemoryUsagePercentage", 80),
}


@pytest.mark.proves("S3-28")
@pytest.mark.parametrize("name", USED)
def test_cpu_above_70_and_memory_above_80_percent_are_told(production: System, name: str) -> None:
    used = alarm(production, name)
    assert (used["MetricName"], used["Threshold"]) == USED[name]
    assert used["ComparisonOperator"] == "GreaterThanThreshold"
    assert used["AlarmActions"] == [production.outputs["warning_topic_arn"]]


@pytest.mark.proves("S3-28")
def test_there_are_more_servers_before_the_targets_are_missed(production: System) -> None:
    policies = production.client("application-autoscaling").describe_scaling_policies(ServiceNamespace="ecs")
    tracked = [one["TargetTrackingScalingPolicyConfiguration"] for one in policies["ScalingPolicies"]]
    held = {
        one["PredefinedMetricSpecification"]["PredefinedMetricType"]: one["TargetValue"] for one in tracked
    }
    assert held["ECSServiceAverageCPUUtilization"] < 70
    assert held["ECSServiceAverageMemoryUtilization"] < 80


@pytest.mark.proves("S3-29")
def test_the_application_reports_to_new_relic(production: System) -> None:
    given = {one["name"]: one["valueFrom"] for one in container(production)["secrets"]}
    assert ":secret:scalable-next/production/new-relic-" in given["NEW_RELIC_LICENSE_KEY"]


@pytest.mark.proves("S3-29")
def test_cloudwatch_has_the_logs_and_in_place_of_prometheus_and_grafana_the_metrics(
    production: System,
) -> None:
    groups = {one["logGroupName"] for one in production.client("logs").describe_log_groups()["logGroups"]}
    assert groups >= {
        "/ecs/next-prod-web",
        "/aws/rds/instance/next-prod-database-primary/postgresql",
        "/aws/elasticache/next-prod-cache/engine-log",
    }
    assert drawn(production) >= {
        ("AWS/ApplicationELB", "RequestCount"),
        ("AWS/ApplicationELB", "TargetResponseTime"),
        ("AWS/ECS", "CPUUtilization"),
        ("AWS/ECS", "MemoryUtilization"),
        ("AWS/RDS", "DatabaseConnections"),
        ("AWS/RDS", "ReplicaLag"),
        ("AWS/ElastiCache", "CacheHitRate"),
        ("scalable-next/production", "next-prod-web-query-ms"),
    }


@pytest.mark.proves("S3-33")
def test_the_budget_is_the_document_s_table_of_costs(production: System) -> None:
    """525 USD, of which Cloudflare bills 30."""
    listed = production.inputs("aws:budgets/budget:Budget")
    found = {
        name.removeprefix("next-prod-budget").lstrip("-"): float(one["limitAmount"])
        for name, one in listed.items()
    }
    whole = found.pop("")
    assert found == {
        "servers": 150,
        "database": 200,
        "cache": 50,
        "balancer": 25,
        "storage": 20,
        "monitoring": 50,
    }
    assert whole == sum(found.values()) == 525 - 30
    assert {one["limitUnit"] for one in listed.values()} == {"USD"}
    assert {one["timeUnit"] for one in listed.values()} == {"MONTHLY"}


@pytest.mark.proves("S3-29")
def test_pagerduty_is_called_and_datadog_may_look_instead() -> None:
    """An account of one's own at either is needed, so that both are a setting away."""
    staging = watched("scalable-next-staging", WITH_DATADOG, before=PAGER)
    [call] = [one for one in staging.answers["subscriptions"] if one["Protocol"] == "https"]
    assert (call["Endpoint"], call["TopicArn"]) == (PAGER, staging.outputs["critical_topic_arn"])
    assert staging.tells("gateway-no-healthy-target") == ["critical"]
    task = staging.of("ecs/taskDefinition:TaskDefinition")["web-task-definition"]
    _, agent = json.loads(task["containerDefinitions"])
    assert agent["image"].startswith("public.ecr.aws/datadog/agent")
    assert {"name": "DD_SITE", "value": "datadoghq.eu"} in agent["environment"]
    [key] = agent["secrets"]
    assert (key["name"], ":secret:scalable-next/staging/datadog-" in key["valueFrom"]) == ("DD_API_KEY", True)
