"""The whole program, environment by environment, against what the architecture document names."""

import json
from typing import Any

import pytest

from components.names import GENERATED_SUFFIX
from stacks.settings.variables import plain, secret
from tests.stacks.built import PREFIXES, STACKS, built
from tests.stacks.recording import Recording, run_program
from tests.stacks.settings.loading import loaded


@pytest.mark.proves("S1-03", "S1-17", "S1-38", "S1-43", "S1-56")
@pytest.mark.parametrize(
    ("stack", "multi_az", "replica_zones", "backup_days"),
    [
        ("dev", False, [], 0),
        ("staging", True, ["us-east-1b"], 7),
        ("production", True, ["us-east-1b", "us-east-1c"], 30),
    ],
)
def test_database(stack: str, multi_az: bool, replica_zones: list[str], backup_days: int) -> None:
    instances = built(stack).of("aws:rds/instance:Instance")
    [primary] = [instance.inputs for instance in instances if "replicateSourceDb" not in instance.inputs]
    replicas = [instance.inputs for instance in instances if "replicateSourceDb" in instance.inputs]
    assert (primary["engine"], primary["engineVersion"]) == ("postgres", "16")
    assert (primary["multiAz"], primary["backupRetentionPeriod"]) == (multi_az, backup_days)
    assert (primary["storageEncrypted"], primary["publiclyAccessible"]) == (True, False)
    assert sorted(replica["availabilityZone"] for replica in replicas) == replica_zones
    assert len(built(stack).outputs["database_reader_endpoints"]) == len(replica_zones)


@pytest.mark.parametrize(("stack", "connections"), [("dev", "80"), ("staging", "200"), ("production", "400")])
def test_database_accepts_the_connections_that_the_settings_promise(stack: str, connections: str) -> None:
    [group] = built(stack).of("aws:rds/parameterGroup:ParameterGroup")
    parameters = {parameter["name"]: parameter["value"] for parameter in group.inputs["parameters"]}
    assert parameters["max_connections"] == connections
    assert parameters["rds.force_ssl"] == "1"


@pytest.mark.proves("S1-03", "S1-18", "S1-38")
@pytest.mark.parametrize(
    ("stack", "nodes", "failover"), [("dev", 1, False), ("staging", 2, True), ("production", 3, True)]
)
def test_cache(stack: str, nodes: int, failover: bool) -> None:
    [group] = [item.inputs for item in built(stack).of("aws:elasticache/replicationGroup:ReplicationGroup")]
    assert (group["engine"], group["engineVersion"]) == ("redis", "7.1")
    assert group["numCacheClusters"] == nodes
    assert (group["automaticFailoverEnabled"], group["multiAzEnabled"]) == (failover, failover)
    assert (group["transitEncryptionEnabled"], group["atRestEncryptionEnabled"]) == (True, True)


@pytest.mark.proves("S1-14", "S1-43")
@pytest.mark.parametrize(
    ("stack", "tasks", "cpu", "memory"),
    [("dev", 1, "256", "512"), ("staging", 2, "512", "1024"), ("production", 3, "1024", "2048")],
)
def test_service(stack: str, tasks: int, cpu: str, memory: str) -> None:
    [service] = built(stack).of("aws:ecs/service:Service")
    [definition] = built(stack).of("aws:ecs/taskDefinition:TaskDefinition")
    assert service.inputs["desiredCount"] == tasks
    assert (definition.inputs["cpu"], definition.inputs["memory"]) == (cpu, memory)
    assert service.inputs["networkConfiguration"]["assignPublicIp"] is False


@pytest.mark.parametrize(
    ("stack", "strategy", "bake_minutes", "groups"),
    [("dev", "ROLLING", None, 1), ("staging", "BLUE_GREEN", "10", 2), ("production", "BLUE_GREEN", "10", 2)],
)
def test_deployment(stack: str, strategy: str, bake_minutes: str | None, groups: int) -> None:
    [service] = built(stack).of("aws:ecs/service:Service")
    told = service.inputs["deploymentConfiguration"]
    assert (told["strategy"], told.get("bakeTimeInMinutes")) == (strategy, bake_minutes)
    assert len(built(stack).of("aws:lb/targetGroup:TargetGroup")) == groups


@pytest.mark.parametrize("stack", STACKS)
def test_a_deployment_that_fails_is_taken_back(stack: str) -> None:
    """ECS counts failed starts of a rolling one; the alarms on the answers judge two groups side by side."""
    [service] = built(stack).of("aws:ecs/service:Service")
    rolling = stack == "dev"
    assert service.inputs["deploymentCircuitBreaker"] == {"enable": rolling, "rollback": rolling}
    named = (
        []
        if rolling
        else [f"{PREFIXES[stack]}-web-deployment-errors", f"{PREFIXES[stack]}-web-deployment-latency"]
    )
    alarms = service.inputs.get("alarms", {"enable": False, "rollback": False, "alarmNames": []})
    assert alarms == {"enable": not rolling, "rollback": not rolling, "alarmNames": named}


@pytest.mark.proves("S1-04")
@pytest.mark.parametrize(("stack", "bounds"), [("dev", []), ("staging", [(2, 4)]), ("production", [(3, 12)])])
def test_scaling(stack: str, bounds: list[tuple[int, int]]) -> None:
    targets = built(stack).of("aws:appautoscaling/target:Target")
    assert [(target.inputs["minCapacity"], target.inputs["maxCapacity"]) for target in targets] == bounds
    policies = [policy.name for policy in built(stack).of("aws:appautoscaling/policy:Policy")]
    learnt = [f"{PREFIXES[stack]}-web-scaling-forecast"] if stack == "production" else []
    held = [f"{PREFIXES[stack]}-web-scaling-{what}" for what in ("cpu", "memory") if bounds]
    own = [f"{PREFIXES[stack]}-web-scaling-active-learners"] if stack == "production" else []
    assert policies == [*held, *own, *learnt]


@pytest.mark.parametrize("stack", STACKS)
def test_container_is_told_everything_and_given_secrets_only_by_reference(stack: str) -> None:
    container, settings = containers(stack)["app"], loaded(stack)
    keys = {"SESSION_SECRET", "JWT_KEY", "SEARCH_URL", "GOOGLE_ANALYTICS_KEY"}
    assert {item["name"] for item in container["environment"]} == set(plain(settings, "web"))
    assert {item["name"] for item in container["secrets"]} == set(secret(settings, "web"))
    assert keys < {item["name"] for item in container["secrets"]}
    assert all(item["valueFrom"].startswith("arn:") for item in container["secrets"])
    assert container["image"].endswith(f"/{PREFIXES[stack]}-web-images:0.1.0")
    assert [mapping["containerPort"] for mapping in container["portMappings"]] == [3000]


def containers(stack: str) -> dict[str, Any]:
    [definition] = built(stack).of("aws:ecs/taskDefinition:TaskDefinition")
    return {one["name"]: one for one in json.loads(definition.inputs["containerDefinitions"])}


@pytest.mark.parametrize(
    ("stack", "beside"), [("dev", []), ("staging", ["tracing"]), ("production", ["tracing"])]
)
def test_a_collector_of_traces_stands_beside_the_tasks_that_are_traced(stack: str, beside: list[str]) -> None:
    assert [name for name in containers(stack) if name != "app"] == beside


@pytest.mark.proves("S1-15")
@pytest.mark.parametrize("stack", STACKS)
def test_health_is_asked_where_the_application_answers(stack: str) -> None:
    groups = built(stack).of("aws:lb/targetGroup:TargetGroup")
    asked = {(group.inputs["port"], group.inputs["healthCheck"]["path"]) for group in groups}
    assert asked == {(3000, "/api/health")}


@pytest.mark.parametrize(("stack", "protected"), [("dev", False), ("staging", False), ("production", True)])
def test_only_production_refuses_deletion(stack: str, protected: bool) -> None:
    balancers = built(stack).of("aws:lb/loadBalancer:LoadBalancer")
    databases = built(stack).of("aws:rds/instance:Instance")
    assert [item.inputs["enableDeletionProtection"] for item in balancers] == [protected]
    assert {item.inputs["deletionProtection"] for item in databases} == {protected}


@pytest.mark.proves("S1-43")
@pytest.mark.parametrize(("stack", "watched"), [("dev", False), ("staging", True), ("production", True)])
def test_dev_watches_only_what_users_meet(stack: str, watched: bool) -> None:
    alarms = [alarm.name for alarm in built(stack).of("aws:cloudwatch/metricAlarm:MetricAlarm")]
    assert any("-gateway-" in name for name in alarms)
    assert any("-web-" in name for name in alarms)
    assert any("-database-" in name for name in alarms) is watched
    assert any("-cache-" in name for name in alarms) is watched


@pytest.mark.parametrize("stack", STACKS)
def test_every_name_begins_with_the_prefix(stack: str) -> None:
    prefix = PREFIXES[stack]
    assert not [item.name for item in built(stack).recording.resources if not item.name.startswith(prefix)]


def test_the_longest_short_name_leaves_room_for_the_shortest_limit_of_aws() -> None:
    overrides = json.dumps(
        {"short_name": "abcdefgh", "domain": {"existing_zone_id": "Z0123456789ABCDEFGHIJ"}}
    )
    recording = Recording()
    run_program(recording, "production", {"plinth:overrides": overrides})
    short = recording.of("aws:lb/loadBalancer:LoadBalancer") + recording.of("aws:lb/targetGroup:TargetGroup")
    assert [len(item.name) + GENERATED_SUFFIX <= 32 for item in short] == [True, True, True]
    assert recording.of("aws:route53/zone:Zone") == []


@pytest.mark.parametrize("stack", STACKS)
def test_every_tagged_resource_says_whose_it_is(stack: str) -> None:
    ours = {"System": "learning-assistant", "Environment": stack, "Owner": "learning-assistant"}
    tagged = [item for item in built(stack).recording.resources if "tags" in item.inputs]
    assert len(tagged) > 30
    assert not [
        item.name
        for item in tagged
        if not {**ours, "ManagedBy": "plinth"}.items() <= item.inputs["tags"].items()
    ]


OUTPUTS = (
    "cache_endpoint",
    "cache_reader_endpoint",
    "cache_secret_arn",
    "cdn_domain",
    "cluster_name",
    "critical_topic_arn",
    "dashboard_name",
    "database_endpoint",
    "database_reader_endpoints",
    "database_secret_arn",
    "distribution_id",
    "image_registries",
    "load_balancer_dns",
    "log_groups",
    "mail_from",
    "name_servers",
    "nat_addresses",
    "secret_names",
    "service_names",
    "service_urls",
    "upload_bucket",
    "url",
    "vpc_id",
    "warning_topic_arn",
    "zone_id",
)
FURTHER = {
    "dev": (),
    "staging": ("backup_vault", "promises"),
    "production": (
        "backup_vault",
        "bastion_instance_id",
        "bastion_policy_arn",
        "copies_key_arn",
        "promises",
        "trail_arn",
        "upload_copy_bucket",
    ),
}


@pytest.mark.parametrize("stack", STACKS)
def test_outputs(stack: str) -> None:
    outputs = built(stack).outputs
    assert set(outputs) == {*OUTPUTS, *FURTHER[stack]}
    assert (
        set(outputs["image_registries"])
        == set(outputs["service_names"])
        == set(outputs["log_groups"])
        == {"web"}
    )
    assert outputs["service_urls"] == {"web": outputs["url"]}
    assert outputs["secret_names"]["session"] == f"learning-assistant/{stack}/session"
    assert outputs["dashboard_name"] == PREFIXES[stack]
    assert "drawn-by-aws" not in json.dumps(dict(outputs))
