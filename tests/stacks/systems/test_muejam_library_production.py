"""What the MueJam Library's production consists of and how it is watched, held against its document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from stacks.assemble import assemble
from stacks.settings.load import Configuration, load
from tests.stacks.systems.muejam_library import (
    aliases,
    backend,
    cache,
    cluster,
    container,
    databases,
    distributions,
    secrets,
    task,
    told,
)
from tests.stacks.systems.standing import System, standing

LARGER = {
    "services": {"backend": {"cpu": 4096, "memory": 8192}},
    "database": {"instance_class": "db.m7g.4xlarge"},
}
ZONES = {"us-east-1a", "us-east-1b", "us-east-1c"}


@pytest.fixture
def production() -> System:
    return standing("muejam-library-production")


@pytest.mark.proves("S4-16", "S4-20")
def test_cloudfront_leads_to_a_load_balancer_in_every_zone(production: System) -> None:
    balancers = production.client("elbv2")
    [balancer] = balancers.describe_load_balancers()["LoadBalancers"]
    assert {zone["ZoneName"] for zone in balancer["AvailabilityZones"]} == ZONES
    [origin] = distributions(production)["api.muejam.app"]["Origins"]["Items"]
    assert aliases(production)[origin["DomainName"]] == balancer["DNSName"]
    [group] = balancers.describe_target_groups()["TargetGroups"]
    assert [one["targetGroupArn"] for one in backend(production)["loadBalancers"]] == [
        group["TargetGroupArn"]
    ]
    assert group["Port"] == 8000


@pytest.mark.proves("S4-16", "S4-22")
def test_the_frontend_is_files_behind_cloudfront(production: System) -> None:
    site = distributions(production)["muejam.app"]
    assert site["Aliases"]["Items"] == ["muejam.app", "www.muejam.app"]
    bucket, s3 = production.outputs["site_bucket"], production.client("s3")
    [origin] = site["Origins"]["Items"]
    assert origin["DomainName"].startswith(f"{bucket}.s3.")
    assert set(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values()) == {True}
    statements = json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])["Statement"]
    allowed = [one for one in statements if one["Effect"] == "Allow"]
    assert {one["Action"] for one in allowed} == {"s3:GetObject", "s3:ListBucket"}
    for one in allowed:
        assert one["Condition"] == {"StringEquals": {"aws:SourceArn": site["ARN"]}}


@pytest.mark.proves("S4-21", "S4-47", "S4-16", "S4-50")
def test_four_servers_begin_and_two_to_twenty_hold_seventy_percent(production: System) -> None:
    assert (backend(production)["desiredCount"], backend(production)["runningCount"]) == (4, 4)
    scaling = production.client("application-autoscaling")
    [target] = scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
    assert target["ResourceId"] == f"service/{cluster(production)}/backend"
    assert (target["MinCapacity"], target["MaxCapacity"]) == (2, 20)
    policies = scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
    held = {
        one["PredefinedMetricSpecification"]["PredefinedMetricType"]: one["TargetValue"]
        for one in (policy["TargetTrackingScalingPolicyConfiguration"] for policy in policies)
    }
    assert held == {"ECSServiceAverageCPUUtilization": 70, "ECSServiceAverageMemoryUtilization": 70}


@pytest.mark.proves("S4-48")
def test_high_traffic_has_more_room_until_it_is_over(production: System) -> None:
    scaling = production.client("application-autoscaling")
    actions = scaling.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"]
    by_hour = sorted(
        (
            one["Schedule"],
            one["ScalableTargetAction"]["MinCapacity"],
            one["ScalableTargetAction"]["MaxCapacity"],
        )
        for one in actions
    )
    assert by_hour == [("cron(0 17 * * ? *)", 6, 20), ("cron(0 23 * * ? *)", 2, 20)]


@pytest.mark.proves("S4-48", "S4-50")
def test_larger_machines_for_a_migration_change_nothing_but_their_size(production: System) -> None:
    larger = load(Configuration(stack=production.stack, values={"overrides": LARGER}))
    assert production.simulation.again(lambda: assemble(larger)) == {
        "muejam-prod-backend-task-definition": ("cpu", "memory"),
        "muejam-prod-database-primary": ("instanceClass",),
        "muejam-prod-database-replica-1": ("instanceClass",),
        "muejam-prod-database-replica-2": ("instanceClass",),
    }


@pytest.mark.proves("S4-23", "S4-16")
def test_postgresql_has_a_primary_that_fails_over_and_two_replicas(production: System) -> None:
    primary, *replicas = databases(production)
    assert (primary["Engine"], primary["MultiAZ"], primary["Endpoint"]["Port"]) == ("postgres", True, 5432)
    assert len(replicas) == 2
    source = primary["DBInstanceIdentifier"]
    assert {one["ReadReplicaSourceDBInstanceIdentifier"] for one in replicas} == {source}
    # Each stands in a zone of its own, and the application knows which of them to read from.
    assert len({one["AvailabilityZone"] for one in (primary, *replicas)}) == 3
    hosts = [one["Endpoint"]["Address"] for one in replicas]
    assert told(production)["DATABASE_HOST"] == primary["Endpoint"]["Address"]
    assert sorted(told(production)["DATABASE_READER_HOSTS"].split(",")) == sorted(hosts)


@pytest.mark.proves("S4-24", "S4-16")
def test_valkey_is_a_cluster_that_fails_over(production: System) -> None:
    group = cache(production)
    assert (group["Engine"], group["ClusterEnabled"]) == ("valkey", True)
    assert (group["AutomaticFailover"], group["MultiAZ"]) == ("enabled", "enabled")
    assert group["ConfigurationEndpoint"]["Port"] == 6379
    for shard in group["NodeGroups"]:
        zones = [node["PreferredAvailabilityZone"] for node in shard["NodeGroupMembers"]]
        assert len(zones) == len(set(zones)) == 2
    assert told(production)["REDIS_CLUSTER"] == "true"


@pytest.mark.proves("S4-49", "S4-16")
def test_the_edge_keeps_files_and_valkey_keeps_the_rest(production: System) -> None:
    found = production.inputs("aws:cloudfront/cachePolicy:CachePolicy")
    site = distributions(production)["muejam.app"]
    kept = {
        one["PathPattern"]: one["CachePolicyId"]
        for one in site["CacheBehaviors"]["Items"]
        if one["ViewerProtocolPolicy"] == "redirect-to-https"
    }
    assert kept.keys() == {"/assets/*", "/static/*"}
    assert found["muejam-prod-site-assets"]["defaultTtl"] == 31_536_000
    api = distributions(production)["api.muejam.app"]["CacheBehaviors"]["Items"]
    assert {one["PathPattern"] for one in api} == {"/static/*", "/api/*"}
    assert told(production)["REDIS_HOST"] == cache(production)["ConfigurationEndpoint"]["Address"]
    # cache.set('user:123', user_data, ttl=300)
    assert told(production)["CACHE_TTL_USER"] == "300"


@pytest.mark.proves("S4-25")
def test_cloudwatch_sentry_new_relic_and_datadog(production: System) -> None:
    [found] = production.client("ecs").describe_clusters(
        clusters=["muejam-production"], include=["SETTINGS"]
    )["clusters"]
    assert found["settings"] == [{"name": "containerInsights", "value": "enabled"}]
    given = secrets(production)
    assert ":secret:muejam/production/sentry-" in given["SENTRY_DSN"]
    assert ":secret:muejam/production/new-relic-" in given["NEW_RELIC_LICENSE_KEY"]
    agents = [one for one in task(production)["containerDefinitions"] if one != container(production)]
    [agent] = agents
    assert agent["image"].startswith("public.ecr.aws/datadog/agent")
    [key] = agent["secrets"]
    assert (key["name"], ":secret:muejam/production/datadog-" in key["valueFrom"]) == ("DD_API_KEY", True)


# Metric, statistic or expression's metrics, threshold in CloudWatch's unit, who hears.
CRITICAL, WARNING = "critical", "warning"
DOCUMENTED = {
    "gateway-error-rate-critical": ("GreaterThanThreshold", 5, CRITICAL),
    "gateway-latency-p95-critical": ("GreaterThanThreshold", 2, CRITICAL),
    "gateway-error-rate-warning": ("GreaterThanThreshold", 1, WARNING),
    "gateway-latency-p95-warning": ("GreaterThanThreshold", 1, WARNING),
    "backend-cpu": ("GreaterThanThreshold", 80, WARNING),
    "backend-memory": ("GreaterThanThreshold", 80, WARNING),
    "database-primary-cpu": ("GreaterThanThreshold", 80, WARNING),
    "database-replica-1-lag": ("GreaterThanThreshold", 10, WARNING),
    "database-replica-2-lag": ("GreaterThanThreshold", 10, WARNING),
    # Down and unavailable: nobody answers.
    "database-primary-down": ("LessThanThreshold", 1, CRITICAL),
    "gateway-no-healthy-target": ("LessThanThreshold", 1, CRITICAL),
    "backend-no-task": ("LessThanThreshold", 1, CRITICAL),
}


@pytest.mark.proves("S4-33", "S4-34", "S4-35", "S4-36", "S4-37", "S4-38", "S4-39", "S4-05")
@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_document_s_alarms_reach_whom_they_should(production: System, name: str) -> None:
    [alarm] = production.client("cloudwatch").describe_alarms(AlarmNames=[f"muejam-prod-{name}"])[
        "MetricAlarms"
    ]
    comparison, threshold, severity = DOCUMENTED[name]
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == (comparison, threshold)
    assert alarm["AlarmActions"] == [production.outputs[f"{severity}_topic_arn"]]
    assert alarm["ActionsEnabled"] is True
    if "p95" in name:
        assert (alarm["MetricName"], alarm["ExtendedStatistic"]) == ("TargetResponseTime", "p95")
    if name.endswith("lag"):
        assert (alarm["MetricName"], alarm["Statistic"]) == ("ReplicaLag", "Maximum")
    if name.endswith("down"):
        assert alarm["TreatMissingData"] == "breaching"


@pytest.mark.proves("S4-08", "S4-32")
def test_the_dashboard_shows_the_application_and_the_machines(production: System) -> None:
    name = production.outputs["dashboard_name"]
    body = json.loads(production.client("cloudwatch").get_dashboard(DashboardName=name)["DashboardBody"])
    assert set(_shown(body)) >= {
        # Application: requests, response time, errors, queries, cache hits.
        "RequestCount",
        "TargetResponseTime",
        "HTTPCode_Target_5XX_Count",
        "muejam-prod-backend-query-ms",
        "CacheHitRate",
        # Infrastructure: CPU, memory, disk, network, database connections.
        "CPUUtilization",
        "MemoryUtilization",
        "ReadIOPS",
        "WriteIOPS",
        "NetworkRxBytes",
        "NetworkTxBytes",
        "DatabaseConnections",
    }


def _shown(body: Mapping[str, Any]) -> Iterator[str]:
    """The names of all metrics, those within expressions included."""
    for widget in body["widgets"]:
        for metric in widget["properties"].get("metrics", ()):
            yield from (part for part in metric[1:2] if isinstance(part, str))
