"""The Learning Assistant's services, deployments and scaling, held against its document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.components.reachability import survey
from tests.stacks.systems.standing import System, bring_up, standing

# One component per item of the document's drawing, in its order.
CORE = {
    "CDN": "aws:cloudfront/distribution:Distribution",
    "WAF": "aws:wafv2/webAcl:WebAcl",
    "load balancer": "aws:lb/loadBalancer:LoadBalancer",
    "DNS": "aws:route53/zone:Zone",
    "application": "aws:ecs/service:Service",
    "cache": "aws:elasticache/replicationGroup:ReplicationGroup",
    "database": "aws:rds/instance:Instance",
    "storage": "aws:s3/bucket:Bucket",
    "monitoring": "aws:cloudwatch/dashboard:Dashboard",
    "logging": "aws:cloudwatch/logGroup:LogGroup",
    "secrets": "aws:secretsmanager/secret:Secret",
    "backup": "aws:backup/plan:Plan",
}

# AWS: CloudFront developer guide, "Use managed cache policies"; per reference notes, not read again
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
FOLLOWS_THE_ORIGIN = "4cc15a8a-d715-48a4-82b8-cc0b614638fe"

# A second domain of the product beside the pages: it answers only them, and needs the database only.
LESSONS = {"version": "0.1.0", "port": 8080, "health_path": "/health", "uses": ["database"], "secrets": []}
TWO_SERVICES = {"services": {"web": {"calls": ["lessons"]}, "lessons": LESSONS}}


@pytest.fixture
def production() -> System:
    return standing("learning-assistant-production")


@pytest.mark.proves("S1-07")
def test_all_twelve_components_of_the_drawing_stand(production: System) -> None:
    made = {item.type for item in production.simulation.standing.values()}
    assert {name for name, kind in CORE.items() if kind not in made} == set()
    # What the drawing says of them: Next.js on ECS, the logs centralised, the secrets under a key.
    assert _container(production)["portMappings"][0]["containerPort"] == 3000
    groups = {group["logGroupName"] for group in production.client("logs").describe_log_groups()["logGroups"]}
    assert production.outputs["log_groups"]["web"] in groups
    keys = production.client("kms")
    secret = production.client("secretsmanager").describe_secret(
        SecretId="learning-assistant/production/session"
    )
    assert keys.describe_key(KeyId=secret["KmsKeyId"])["KeyMetadata"]["KeyState"] == "Enabled"


@pytest.mark.proves("S1-14")
def test_containers_run_on_ecs_with_nothing_to_administer(production: System) -> None:
    service = _service(production, "web")
    assert (service["desiredCount"], service["runningCount"]) == (3, 3)
    task = production.client("ecs").describe_task_definition(taskDefinition=service["taskDefinition"])
    assert task["taskDefinition"]["requiresCompatibilities"] == ["FARGATE"]
    assert (task["taskDefinition"]["cpu"], task["taskDefinition"]["memory"]) == ("1024", "2048")


@pytest.mark.proves("S1-15")
def test_the_balancer_forwards_to_tasks_that_answer_their_health_check(production: System) -> None:
    groups = production.client("elbv2").describe_target_groups()["TargetGroups"]
    assert {(one["HealthCheckPath"], one["Port"], one["TargetType"]) for one in groups} == {
        ("/api/health", 3000, "ip")
    }
    assert [group["HealthCheckEnabled"] for group in groups] == [True, True]


@pytest.mark.proves("S1-08", "S1-09", "S1-53")
def test_files_are_kept_at_the_edge_calls_are_not(production: System) -> None:
    """The second layer of the document, and what must not be kept in it."""
    cloudfront = production.client("cloudfront")
    config = cloudfront.get_distribution(Id=production.outputs["distribution_id"])["Distribution"][
        "DistributionConfig"
    ]
    assert config["PriceClass"] == "PriceClass_All"
    behaviours = {one["PathPattern"]: one["CachePolicyId"] for one in config["CacheBehaviors"]["Items"]}
    kept = production.inputs("aws:cloudfront/cachePolicy:CachePolicy")["la-prod-edge-static"]
    assert (kept["minTtl"], kept["defaultTtl"], kept["maxTtl"]) == (0, 86_400, 86_400)
    static = [item for item in production.simulation.standing.values() if item.name == "la-prod-edge-static"]
    assert behaviours["/_next/static/*"] == static[0].identity
    assert behaviours["/api/*"] == CACHING_DISABLED
    # Pages keep to what the application says of each.
    assert config["DefaultCacheBehavior"]["CachePolicyId"] == FOLLOWS_THE_ORIGIN


@pytest.mark.proves("S1-53", "S1-18")
def test_redis_keeps_sessions_data_and_results_of_queries(production: System) -> None:
    """The last two layers: the application finds one Redis, and a reader beside it, by their names."""
    told = {one["name"]: one["value"] for one in _container(production)["environment"]}
    [group] = production.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    [shard] = group["NodeGroups"]
    assert (told["REDIS_HOST"], told["REDIS_PORT"]) == (shard["PrimaryEndpoint"]["Address"], "6379")
    assert told["REDIS_READER_HOST"] == production.outputs["cache_reader_endpoint"] != told["REDIS_HOST"]
    assert "REDIS_TOKEN" in {one["name"] for one in _container(production)["secrets"]}
    assert survey(production.simulation, "la-prod").matrix()["web", "cache"] == "6379"


@pytest.mark.proves("S1-46")
def test_production_is_replaced_blue_by_green_and_back_at_once(production: System) -> None:
    [asked] = production.inputs("aws:ecs/service:Service").values()
    assert asked["deploymentConfiguration"] == {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": "10"}
    [behind] = asked["loadBalancers"]
    balancers = production.client("elbv2")
    groups = {one["TargetGroupArn"]: one for one in balancers.describe_target_groups()["TargetGroups"]}
    pair = [behind["targetGroupArn"], behind["advancedConfiguration"]["alternateTargetGroupArn"]]
    # Identical, but for their names: each takes all traffic as the other does.
    assert set(pair) == set(groups)
    assert _shape(groups[pair[0]]) == _shape(groups[pair[1]])
    rule = behind["advancedConfiguration"]["productionListenerRule"]
    [found] = balancers.describe_rules(RuleArns=[rule])["Rules"]
    forwarded = found["Actions"][0]["ForwardConfig"]["TargetGroups"]
    assert {one["TargetGroupArn"]: one["Weight"] for one in forwarded} == {pair[0]: 100, pair[1]: 0}
    # No task goes before its successor is healthy.
    assert (asked["deploymentMinimumHealthyPercent"], asked["deploymentMaximumPercent"]) == (100, 200)


@pytest.mark.proves("S1-04", "S1-49")
def test_tasks_follow_cpu_and_memory(production: System) -> None:
    scaled = production.client("application-autoscaling")
    [target] = scaled.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
    assert (target["MinCapacity"], target["MaxCapacity"]) == (3, 12)
    held = {
        predefined["PredefinedMetricType"]: tracking["TargetValue"]
        for tracking in _held(production)
        if (predefined := tracking.get("PredefinedMetricSpecification"))
    }
    assert held == {"ECSServiceAverageCPUUtilization": 70, "ECSServiceAverageMemoryUtilization": 75}


@pytest.mark.proves("S1-50")
def test_tasks_follow_a_forecast_and_a_number_of_the_products_own(production: System) -> None:
    policies = production.inputs("aws:appautoscaling/policy:Policy")
    forecast = policies["la-prod-web-scaling-forecast"]["predictiveScalingPolicyConfiguration"]
    assert forecast["mode"] == "ForecastAndScale"
    [pair] = forecast["metricSpecifications"]
    assert pair["predefinedMetricPairSpecification"] == {"predefinedMetricType": "ECSServiceCPUUtilization"}
    [own] = [custom for one in _held(production) if (custom := one.get("CustomizedMetricSpecification"))]
    assert own["Statistic"] == "Average"
    # It is what the tasks themselves log.
    [told] = production.client("logs").describe_metric_filters(
        metricName=own["MetricName"], metricNamespace=own["Namespace"]
    )["metricFilters"]
    assert told["logGroupName"] == production.outputs["log_groups"]["web"]
    assert told["metricTransformations"][0]["metricValue"] == "$.active_learners"


def test_other_services_have_their_place(production: System) -> None:
    """Mail from SES, uploads in S3, and keys of the search service and of Google Analytics."""
    mail = production.client("sesv2").get_email_identity(EmailIdentity="learning-assistant.app")
    assert mail["IdentityType"] == "DOMAIN"
    told = {one["name"]: one["value"] for one in _container(production)["environment"]}
    assert (told["MAIL_PROVIDER"], told["MAIL_FROM"]) == ("ses", "no-reply@learning-assistant.app")
    assert told["UPLOAD_BUCKET"] == production.outputs["upload_bucket"]
    given = {one["name"]: one["valueFrom"] for one in _container(production)["secrets"]}
    secrets = production.client("secretsmanager")
    for variable, slot in (("SEARCH_URL", "elasticsearch"), ("GOOGLE_ANALYTICS_KEY", "google-analytics")):
        found = secrets.describe_secret(SecretId=f"learning-assistant/production/{slot}")
        assert given[variable] == found["ARN"]
    assert survey(production.simulation, "la-prod").matrix()["web", "internet"] == "443"


@pytest.mark.proves("S1-47")
def test_dev_is_replaced_task_by_task() -> None:
    [asked] = standing("learning-assistant-dev").inputs("aws:ecs/service:Service").values()
    assert asked["deploymentConfiguration"] == {"strategy": "ROLLING"}
    assert (asked["deploymentMinimumHealthyPercent"], asked["deploymentMaximumPercent"]) == (100, 200)
    assert asked["deploymentCircuitBreaker"] == {"enable": True, "rollback": True}


@pytest.mark.proves("S1-48")
def test_a_canary_takes_a_share_and_is_taken_back_by_figures() -> None:
    canary = {"strategy": "canary", "percent": 10, "step_minutes": 5}
    staging = bring_up("learning-assistant-staging", {"services": {"web": {"deployment": canary}}})
    [asked] = staging.inputs("aws:ecs/service:Service").values()
    assert asked["deploymentConfiguration"]["strategy"] == "CANARY"
    shift = asked["deploymentConfiguration"]["canaryConfiguration"]
    assert (float(shift["canaryPercent"]), int(shift["canaryBakeTimeInMinutes"])) == (10, 5)
    assert (asked["alarms"]["enable"], asked["alarms"]["rollback"]) == (True, True)
    alarms = staging.client("cloudwatch").describe_alarms(AlarmNames=asked["alarms"]["alarmNames"])
    thresholds = {one["AlarmName"]: one["Threshold"] for one in alarms["MetricAlarms"]}
    assert thresholds == {"la-stg-web-deployment-errors": 5, "la-stg-web-deployment-latency": 2}


@pytest.mark.proves("S1-02", "S1-16")
def test_each_service_is_a_container_of_its_own_and_is_found_by_its_name() -> None:
    dev = bring_up("learning-assistant-dev", TWO_SERVICES)
    assert set(dev.outputs["service_names"]) == set(dev.outputs["image_registries"]) == {"web", "lessons"}
    tasks = dev.inputs("aws:ecs/taskDefinition:TaskDefinition").values()
    assert (
        len({task["taskRoleArn"] for task in tasks}) == len({task["executionRoleArn"] for task in tasks}) == 2
    )
    assert len(set(dev.outputs["log_groups"].values())) == 2
    [namespace] = dev.client("servicediscovery").list_namespaces()["Namespaces"]
    connected = _service(dev, "lessons")["deployments"][0]["serviceConnectConfiguration"]
    assert (connected["namespace"], namespace["Name"]) == (namespace["Arn"], "la-dev")
    assert [one["clientAliases"] for one in connected["services"]] == [[{"port": 8080, "dnsName": "lessons"}]]
    told = {one["name"]: one["value"] for one in _container(dev)["environment"]}
    assert told["SERVICE_URL_LESSONS"] == "http://lessons:8080"
    matrix = survey(dev.simulation, "la-dev").matrix()
    assert {pair: ports for pair, ports in matrix.items() if "lessons" in pair} == {
        ("web", "lessons"): "8080",
        ("lessons", "database"): "5432",
        ("lessons", "internet"): "443",
    }


@pytest.mark.proves("S1-53")
def test_browsers_keep_built_files_as_long_as_they_are_told() -> None:
    """The first layer: Next.js tells them by itself, and the edge where a stack says so."""
    dev = bring_up("learning-assistant-dev", {"edge": {"static_browser_ttl_seconds": 31_536_000}})
    [told] = [
        policy["customHeadersConfig"]["items"]
        for policy in dev.inputs("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy").values()
        if "customHeadersConfig" in policy
    ]
    assert [(one["header"].lower(), one["value"]) for one in told] == [
        ("cache-control", "public, max-age=31536000, immutable")
    ]


@pytest.mark.proves("S1-29")
def test_the_cache_can_stand_beside_the_tasks_in_every_zone() -> None:
    """The document draws it there, and lists it among the data: one word says which."""
    dev = bring_up("learning-assistant-dev", {"cache": {"subnet_tier": "private"}})
    [group] = dev.client("elasticache").describe_cache_subnet_groups()["CacheSubnetGroups"]
    subnets = dev.client("ec2").describe_subnets(
        SubnetIds=[one["SubnetIdentifier"] for one in group["Subnets"]]
    )
    assert {one["CidrBlock"] for one in subnets["Subnets"]} == {
        "10.0.11.0/24",
        "10.0.12.0/24",
        "10.0.13.0/24",
    }


def _shape(group: Mapping[str, Any]) -> dict[str, Any]:
    own = {"TargetGroupArn", "TargetGroupName", "LoadBalancerArns"}
    return {key: value for key, value in group.items() if key not in own}


def _held(system: System) -> list[dict[str, Any]]:
    """What target tracking holds."""
    scaled = system.client("application-autoscaling")
    policies = scaled.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
    return [
        one["TargetTrackingScalingPolicyConfiguration"]
        for one in policies
        if one["PolicyType"] == "TargetTrackingScaling"
    ]


def _service(system: System, name: str) -> dict[str, Any]:
    [found] = system.client("ecs").describe_services(
        cluster=system.outputs["cluster_name"], services=[system.outputs["service_names"][name]]
    )["services"]
    assert isinstance(found, dict)
    return found


def _container(system: System) -> dict[str, Any]:
    """The application's own, without what runs beside it."""
    prefix = system.settings.prefix
    task = system.inputs("aws:ecs/taskDefinition:TaskDefinition")[f"{prefix}-web-task-definition"]
    [own] = [one for one in json.loads(task["containerDefinitions"]) if one["name"] == "app"]
    assert isinstance(own, dict)
    return own
