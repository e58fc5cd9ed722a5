"""What AWS holds of caches of every shape."""

import json
from collections.abc import Callable
from typing import Any

import pulumi_aws as aws
import pytest

from components.alarms import Alarms, AlarmsArgs
from components.cache import (
    Cache,
    CacheArgs,
    CacheAuth,
    CacheEngine,
    CacheMode,
    CacheUser,
    CacheWorkload,
    ExistingCache,
    Serverless,
    Tls,
)
from components.errors import ComponentError
from components.observability import Observability, ObservabilityArgs
from simcloud.testing import Simulation
from tests.components.database_in_aws import Given, deployed, inputs, service_group

NAME = "la-prod-cache"


def cache(given: Given, **changes: Any) -> Cache:
    args: dict[str, Any] = {
        "engine": CacheEngine.VALKEY,
        "engine_version": "8.0",
        "node_type": "cache.r7g.large",
        "vpc_id": given["vpc_id"],
        "subnet_ids": given["subnet_ids"],
        "kms_key_arn": given["kms_key_arn"],
        "snapshot_retention_days": 7,
    }
    return Cache(NAME, CacheArgs(**{**args, **changes}))


def made(changes: Callable[[Given], dict[str, Any]] | dict[str, Any]) -> Simulation:
    return deployed(
        lambda given: _ignored(cache(given, **(changes(given) if callable(changes) else changes)))
    )


def _ignored(_made: object) -> None:
    return None


def group_of(simulation: Simulation) -> Any:
    [found] = simulation.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    return found


def secret_of(simulation: Simulation, name: str) -> Any:
    secrets = simulation.client("secretsmanager")
    [found] = [one for one in secrets.list_secrets()["SecretList"] if one["Name"].startswith(name)]
    return json.loads(secrets.get_secret_value(SecretId=found["ARN"])["SecretString"])


# Without nodes


@pytest.fixture(scope="module")
def serverless() -> Simulation:
    def program(given: Given) -> None:
        bounds = Serverless(max_storage_gb=10, max_ecpu_per_second=5000)
        found = cache(given, node_type=None, serverless=bounds)
        found.allow_from(service_group(given, "la-prod-web"))
        alarms = Alarms("la-prod-alarms", AlarmsArgs(kms_key_arn=given["kms_key_arn"]))
        alarms.watch_cache(found, hit_percent=80)
        board = Observability("la-prod-seen", ObservabilityArgs(dashboard_name="la", metric_namespace="la"))
        board.add_cache(found)
        board.publish()

    return deployed(program)


def test_a_serverless_cache_has_bounds_users_and_snapshots(serverless: Simulation) -> None:
    [found] = serverless.client("elasticache").describe_serverless_caches()["ServerlessCaches"]
    assert (found["ServerlessCacheName"], found["Engine"]) == (NAME, "valkey")
    assert found["CacheUsageLimits"]["DataStorage"]["Maximum"] == 10
    assert found["CacheUsageLimits"]["ECPUPerSecond"]["Maximum"] == 5000
    assert (found["SnapshotRetentionLimit"], found["DailySnapshotTime"]) == (7, "02:00")
    assert found["UserGroupId"] == f"{NAME}-users"
    assert found["KmsKeyId"].startswith("arn:aws:kms:")
    assert len(found["SubnetIds"]) == 3


def test_a_serverless_cache_is_reached_at_both_ports(serverless: Simulation) -> None:
    ports = [
        item.inputs["fromPort"]
        for item in serverless.of_type("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    ]
    assert sorted(ports) == [6379, 6380]


def test_a_serverless_cache_has_no_logs_no_groups_and_no_token(serverless: Simulation) -> None:
    kinds = {item.type for item in serverless.registered if item.name.startswith(NAME)}
    assert not kinds & {
        "aws:elasticache/parameterGroup:ParameterGroup",
        "aws:elasticache/subnetGroup:SubnetGroup",
        "aws:cloudwatch/logGroup:LogGroup",
    }


def test_a_serverless_cache_is_watched_by_its_name(serverless: Simulation) -> None:
    alarms = serverless.client("cloudwatch").describe_alarms()["MetricAlarms"]
    found = {alarm["AlarmName"]: (alarm["MetricName"], alarm["Threshold"]) for alarm in alarms}
    assert found == {
        f"{NAME}-throttled": ("ThrottledCmds", 0),
        f"{NAME}-evictions": ("Evictions", 100),
        f"{NAME}-storage": ("BytesUsedForCache", 8_000_000_000),
        f"{NAME}-units": ("ElastiCacheProcessingUnits", 240_000),
        f"{NAME}-hit-rate": ("CacheHitRate", 80),
    }
    assert {json.dumps(alarm["Dimensions"]) for alarm in alarms} == {
        json.dumps([{"Name": "clusterId", "Value": NAME}])
    }


def test_a_serverless_cache_is_on_the_dashboard(serverless: Simulation) -> None:
    body = serverless.client("cloudwatch").get_dashboard(DashboardName="la")["DashboardBody"]
    titles = [widget["properties"].get("title") for widget in json.loads(body)["widgets"]]
    assert "Throttled and evicted" in titles


def test_redis_serverless_without_bounds() -> None:
    simulation = made(
        {
            "engine": CacheEngine.REDIS,
            "engine_version": "7.1",
            "node_type": None,
            "mode": CacheMode.SERVERLESS,
            "snapshot_retention_days": 0,
        }
    )
    asked = inputs(simulation, "elasticache/serverlessCache:ServerlessCache", NAME)
    assert (asked["majorEngineVersion"], asked["snapshotRetentionLimit"]) == ("7", 0)
    assert not {"cacheUsageLimits", "dailySnapshotTime"} & set(asked)


# With users


@pytest.fixture(scope="module")
def redis_users() -> Simulation:
    return made(
        {
            "engine": CacheEngine.REDIS,
            "engine_version": "7.1",
            "auth": CacheAuth.RBAC,
            "user": CacheUser(name="shop", access="on ~shop:* +@read +@write"),
            "workload": CacheWorkload.CACHE,
        }
    )


def test_the_applications_user_may_what_it_was_given(redis_users: Simulation) -> None:
    users = {one["UserId"]: one for one in redis_users.client("elasticache").describe_users()["Users"]}
    assert users[f"{NAME}-user"]["UserName"] == "shop"
    assert users[f"{NAME}-user"]["AccessString"] == "on ~shop:* +@read +@write"
    assert users[f"{NAME}-user"]["Authentication"] == {"Type": "password", "PasswordCount": 1}


def test_who_names_no_user_is_shut_out_of_redis(redis_users: Simulation) -> None:
    users = {one["UserId"]: one for one in redis_users.client("elasticache").describe_users()["Users"]}
    assert users[f"{NAME}-default"]["AccessString"] == "off -@all"
    asked = inputs(redis_users, "elasticache/userGroup:UserGroup", f"{NAME}-users")
    assert asked["userIds"] == [f"{NAME}-user", f"{NAME}-default"]


def test_the_users_password_is_the_secrets(redis_users: Simulation) -> None:
    secret = secret_of(redis_users, f"{NAME}-user-password")
    assert secret["username"] == "shop"
    assert len(secret["password"]) == 64
    asked = inputs(redis_users, "elasticache/user:User", f"{NAME}-user")
    assert (asked["passwordsWo"], asked["passwordsWoVersion"]) == (secret["password"], 1)
    assert not {"passwords", "authenticationMode"} & set(asked)


def test_the_group_lets_users_in_and_takes_no_token(redis_users: Simulation) -> None:
    asked = inputs(redis_users, "elasticache/replicationGroup:ReplicationGroup", NAME)
    assert asked["userGroupIds"] == [f"{NAME}-users"]
    assert not {"authTokenWo", "authTokenUpdateStrategy"} & set(asked)
    assert group_of(redis_users)["TransitEncryptionEnabled"] is True
    parameters = inputs(redis_users, "elasticache/parameterGroup:ParameterGroup", f"{NAME}-redis7")
    assert parameters["parameters"] == [{"name": "maxmemory-policy", "value": "allkeys-lru"}]


def test_valkey_needs_no_default_user() -> None:
    simulation = made({"auth": CacheAuth.RBAC})
    users = inputs(simulation, "elasticache/userGroup:UserGroup", f"{NAME}-users")["userIds"]
    assert users == [f"{NAME}-user"]
    assert group_of(simulation)["AutomaticFailover"] == "enabled"


def test_an_existing_user_group_leaves_the_cache_without_a_secret() -> None:
    def program(given: Given) -> None:
        users = aws.elasticache.UserGroup("theirs", user_group_id="theirs", engine="valkey")
        existing = ExistingCache(user_group_id=users.user_group_id)
        found = cache(given, auth=CacheAuth.RBAC, existing=existing)
        with pytest.raises(ComponentError, match="there is no password of this cache"):
            _ = found.secret

    simulation = deployed(program)
    assert inputs(simulation, "elasticache/replicationGroup:ReplicationGroup", NAME)["userGroupIds"] == [
        "theirs"
    ]
    assert simulation.client("secretsmanager").list_secrets()["SecretList"] == []


# Other shapes


def test_a_cluster_of_one_shard() -> None:
    group = group_of(made({"mode": CacheMode.CLUSTER}))
    assert [node["NodeGroupId"] for node in group["NodeGroups"]] == ["0001"]
    assert group["MemberClusters"] == [f"{group['ReplicationGroupId']}-0001-00{n}" for n in (1, 2)]


def test_a_cluster_spreads_its_shards() -> None:
    group = group_of(made({"shards": 3, "replicas": 2, "auth": CacheAuth.RBAC}))
    assert len(group["NodeGroups"]) == 3
    assert len(group["MemberClusters"]) == 9
    assert (group["MultiAZ"], group["AutomaticFailover"]) == ("enabled", "enabled")


@pytest.mark.parametrize(
    ("tls", "expected"),
    [
        (Tls.PREFERRED, {"transitEncryptionEnabled": True, "transitEncryptionMode": "preferred"}),
        (Tls.OFF, {"transitEncryptionEnabled": False}),
    ],
)
def test_a_cache_on_its_way_to_tls(tls: Tls, expected: dict[str, Any]) -> None:
    simulation = made({"tls": tls, "auth": CacheAuth.NONE, "node_type": "cache.t4g.small"})
    asked = inputs(simulation, "elasticache/replicationGroup:ReplicationGroup", NAME)
    assert expected.items() <= asked.items()
    assert asked["atRestEncryptionEnabled"] is True
    assert not {"authTokenWo", "userGroupIds"} & set(asked)


def test_nodes_with_disks_use_them() -> None:
    simulation = made({"node_type": "cache.r6gd.xlarge"})
    assert (
        inputs(simulation, "elasticache/replicationGroup:ReplicationGroup", NAME)["dataTieringEnabled"]
        is True
    )


def test_what_exists_is_used_and_not_made() -> None:
    def existing(given: Given) -> dict[str, Any]:
        subnets = aws.elasticache.SubnetGroup("theirs", name="theirs", subnet_ids=given["subnet_ids"])
        parameters = aws.elasticache.ParameterGroup("theirs", name="theirs", family="valkey8")
        group = aws.ec2.SecurityGroup("theirs", vpc_id=given["vpc_id"])
        used = ExistingCache(
            subnet_group_name=subnets.name, parameter_group_name=parameters.name, security_group_id=group.id
        )
        return {"existing": used, "final_snapshot": True}

    simulation = made(existing)
    asked = inputs(simulation, "elasticache/replicationGroup:ReplicationGroup", NAME)
    assert (asked["subnetGroupName"], asked["parameterGroupName"]) == ("theirs", "theirs")
    assert asked["finalSnapshotIdentifier"] == f"{NAME}-final"
    names = {item.name for item in simulation.registered if item.name.startswith(NAME)}
    assert not names & {f"{NAME}-sg", f"{NAME}-subnets", f"{NAME}-valkey8"}
