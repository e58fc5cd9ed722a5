"""The practice app's environments and servers, held against its document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simcloud.testing import Simulation
from stacks.assemble import assemble
from stacks.settings.load import Configuration, load
from tests.stacks.systems.life import live
from tests.stacks.systems.standing import System, standing

# The document's "AWS (Enterprise)": ECS, RDS, ElastiCache for Redis, CloudFront, S3.
FAMILIES = {
    "aws:ecs/service:Service",
    "aws:rds/instance:Instance",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:cloudfront/distribution:Distribution",
    "aws:s3/bucket:Bucket",
}

BEHIND_CLOUDFRONT = {
    "edge": {"kind": "cloudfront"},
    "domain": {"provider": "route53"},
    # CloudFront speaks TLS 1.2 to origins.
    "gateway": {"tls_policy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"},
}

TEN_TIMES = {
    "services": {
        "web": {"desired_count": 30, "scaling": {"min": 30, "max": 120}},
        "api": {"desired_count": 20, "scaling": {"min": 20, "max": 60}},
    },
    "database": {
        "instance_class": "db.m7g.8xlarge",
        "storage_gb": 1000,
        "max_storage_gb": 5000,
        "max_connections": 1000,
    },
    "cache": {"node_type": "cache.m7g.large"},
}


@pytest.fixture
def production() -> System:
    return standing("practice-app-production")


@pytest.mark.parametrize("environment", ["dev", "staging", "production"])
def test_comes_up_stays_as_it_is_and_goes(environment: str, tmp_path: Path) -> None:
    live(f"practice-app-{environment}", tmp_path)


@pytest.mark.proves("S0-02", "S0-03")
@pytest.mark.parametrize(("name", "port", "health"), [("web", 3000, "/api/health"), ("api", 8000, "/health")])
def test_next_listens_on_3000_and_fastapi_on_8000(
    production: System, name: str, port: int, health: str
) -> None:
    [mapping] = _container(production, name)["portMappings"]
    assert (mapping["containerPort"], mapping["hostPort"], mapping["protocol"]) == (port, port, "tcp")
    group = _target_group(production, name)
    assert (group["Port"], group["HealthCheckPath"], group["TargetType"]) == (port, health, "ip")


@pytest.mark.proves("S0-03", "S0-07")
def test_the_frontend_knows_the_backend_by_a_name(production: System) -> None:
    """Browsers through the public one, rendered pages through the mesh."""
    assert production.outputs["service_urls"] == {
        "web": "https://spanish-practice.app",
        "api": "https://api.spanish-practice.app",
    }
    assert _environment(production, "web")["SERVICE_URL_API"] == "http://api:8000"


@pytest.mark.proves("S0-16", "S0-32")
def test_the_load_balancer_leads_from_443_to_two_app_servers(production: System) -> None:
    balancers = production.client("elbv2")
    [balancer] = balancers.describe_load_balancers()["LoadBalancers"]
    assert (balancer["Type"], balancer["Scheme"]) == ("application", "internet-facing")
    listeners = balancers.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    [https] = [listener for listener in listeners if listener["Port"] == 443]
    assert https["Protocol"] == "HTTPS"
    api = _target_group(production, "api")["TargetGroupArn"]
    rules = balancers.describe_rules(ListenerArn=https["ListenerArn"])["Rules"]
    [rule] = [rule for rule in rules if rule["Actions"][0].get("TargetGroupArn") == api]
    hosts = [one["HostHeaderConfig"]["Values"] for one in rule["Conditions"] if one["Field"] == "host-header"]
    assert hosts == [["api.spanish-practice.app"]]
    service = _service(production, "api")
    assert (service["desiredCount"], service["runningCount"]) == (2, 2)
    assert [(one["targetGroupArn"], one["containerPort"]) for one in service["loadBalancers"]] == [
        (api, 8000)
    ]


@pytest.mark.proves("S0-61", "S0-16")
def test_two_servers_are_active_and_there_is_room_for_a_third(production: System) -> None:
    scaled = production.client("application-autoscaling")
    found = scaled.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
    [api] = [one for one in found if "/sp-prod-api-" in one["ResourceId"]]
    assert (api["MinCapacity"], api["MaxCapacity"] >= 3) == (2, True)
    policies = scaled.describe_scaling_policies(ServiceNamespace="ecs", ResourceId=api["ResourceId"])
    assert {one["PolicyType"] for one in policies["ScalingPolicies"]} == {"TargetTrackingScaling"}


@pytest.mark.proves("S0-06")
def test_servers_keep_nothing_and_share_one_database_and_one_redis(production: System) -> None:
    attributes = production.client("elbv2").describe_target_group_attributes(
        TargetGroupArn=_target_group(production, "api")["TargetGroupArn"]
    )["Attributes"]
    assert {"Key": "stickiness.enabled", "Value": "false"} in attributes
    container = _container(production, "api")
    assert container["readonlyRootFilesystem"] is True
    # The one place to write is scratch, which goes with the task: no file system is mounted.
    assert [mount["containerPath"] for mount in container["mountPoints"]] == ["/tmp"]
    task = production.inputs("aws:ecs/taskDefinition:TaskDefinition")["sp-prod-api-task-definition"]
    assert task["volumes"] == [{"name": "tmp"}]
    told = _environment(production, "api")
    assert told["DATABASE_HOST"] == production.outputs["database_endpoint"]
    assert told["REDIS_HOST"] == production.outputs["cache_endpoint"]


@pytest.mark.proves("S0-34")
def test_the_application_zone_is_private_and_has_a_mesh(production: System) -> None:
    subnets = {
        subnet["SubnetId"]: subnet for subnet in production.client("ec2").describe_subnets()["Subnets"]
    }
    [namespace] = production.client("servicediscovery").list_namespaces()["Namespaces"]
    for name in ("web", "api"):
        service = _service(production, name)
        network = service["networkConfiguration"]["awsvpcConfiguration"]
        tags = [tag for one in network["subnets"] for tag in subnets[one]["Tags"] if tag["Key"] == "Name"]
        assert {tag["Value"].rsplit("-", 1)[0] for tag in tags} == {"sp-prod-network-private"}
        assert network["assignPublicIp"] == "DISABLED"
        assert service["deployments"][0]["serviceConnectConfiguration"]["namespace"] == namespace["Arn"]
    # Calls within the zone come to the proxy of each task, not to the port that the load balancer uses.
    offered = _service(production, "api")["deployments"][0]["serviceConnectConfiguration"]["services"]
    assert [(one["clientAliases"], one["ingressPortOverride"]) for one in offered] == [
        ([{"port": 8000, "dnsName": "api"}], 8001)
    ]


def test_keys_of_other_companies_have_a_place_and_optional_ones_are_off(production: System) -> None:
    names = {one["Name"] for one in production.client("secretsmanager").list_secrets()["SecretList"]}
    path = "practice-app/production"
    assert {f"{path}/openai", f"{path}/sentry", f"{path}/new-relic"} <= names
    assert not any("google-analytics" in name or "sendgrid" in name for name in names)
    given = {one["name"] for one in _container(production, "api")["secrets"]}
    assert {"OPENAI_API_KEY", "SENTRY_DSN", "NEW_RELIC_LICENSE_KEY"} <= given
    # The frontend's servers know no key but their own reporter's.
    assert [one["name"] for one in _container(production, "web")["secrets"]] == ["SENTRY_DSN"]
    wished = _otherwise({"integrations": {"google_analytics": True, "mail": "sendgrid"}})
    made = {name for name, change in production.simulation.again(wished).items() if change == ("create",)}
    assert {name.removeprefix("sp-prod-secrets-") for name in made} >= {"google-analytics", "sendgrid"}


@pytest.mark.proves("S0-85")
def test_ten_times_the_size_needs_no_other_resource(production: System) -> None:
    changes = production.simulation.again(_otherwise(TEN_TIMES))
    assert changes, "nothing grew"
    assert [name for name, change in changes.items() if change in (("create",), ("delete",))] == []
    assert {"sp-prod-web-scaling", "sp-prod-api-scaling", "sp-prod-database-primary", "sp-prod-cache"} <= set(
        changes
    )


@pytest.mark.proves("S0-23")
def test_the_five_families_of_the_enterprise_option_stand_together() -> None:
    settings = load(
        Configuration(stack="practice-app-production", values={"overrides": {**BEHIND_CLOUDFRONT}})
    )
    simulation = Simulation(stack="practice-app-production", region=settings.region)
    simulation.run(lambda: assemble(settings))
    assert {item.type for item in simulation.standing.values()} >= FAMILIES
    [distribution] = simulation.client("cloudfront").list_distributions()["DistributionList"]["Items"]
    assert "spanish-practice.app" in distribution["Aliases"]["Items"]


def _otherwise(overrides: dict[str, Any]) -> Any:
    settings = load(Configuration(stack="practice-app-production", values={"overrides": overrides}))
    return lambda: assemble(settings)


def _service(system: System, name: str) -> dict[str, Any]:
    found: dict[str, Any] = system.client("ecs").describe_services(
        cluster=system.outputs["cluster_name"], services=[system.outputs["service_names"][name]]
    )["services"][0]
    return found


def _container(system: System, name: str) -> dict[str, Any]:
    task = system.inputs("aws:ecs/taskDefinition:TaskDefinition")[f"sp-prod-{name}-task-definition"]
    [container] = json.loads(task["containerDefinitions"])
    assert isinstance(container, dict)
    return container


def _environment(system: System, name: str) -> dict[str, str]:
    return {one["name"]: one["value"] for one in _container(system, name)["environment"]}


def _target_group(system: System, name: str) -> dict[str, Any]:
    groups = system.client("elbv2").describe_target_groups()["TargetGroups"]
    [found] = [group for group in groups if group["TargetGroupName"].startswith(f"sp-prod-{name}-")]
    assert isinstance(found, dict)
    return found
