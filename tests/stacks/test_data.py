"""Database and cache as the settings ask for them."""

from __future__ import annotations

from typing import Any

import pytest

from simcloud.testing import Simulation
from tests.stacks.grounded import HERE, THERE, Grounded, grounded

LAST_BACKUP = "la-prod-database-final"


@pytest.fixture(scope="module")
def replicated() -> Grounded:
    overrides = {
        "database": {
            "replicas": 1,
            "rotation_days": 14,
            "iam_authentication": True,
            "parameters": {"work_mem": "4MB", "statement_timeout": "30s"},
            "max_connections": 400,
        },
        "cache": {"auth": "rbac", "shards": 2, "replicas": 1, "subnet_tier": "private"},
        "regions": {"second": THERE, "database": "backups", "database_keep_days": 14},
    }
    return grounded("learning-assistant-production", overrides)


@pytest.mark.proves("S4-44")
def test_backups_are_kept_here_and_in_the_second_region(replicated: Grounded) -> None:
    primary = _instance(replicated, "la-prod-database-primary")
    assert primary["BackupRetentionPeriod"] == 30
    [copied] = replicated.client("rds", THERE).describe_db_instance_automated_backups()[
        "DBInstanceAutomatedBackups"
    ]
    assert copied["DBInstanceArn"] == primary["DBInstanceArn"]
    assert copied["BackupRetentionPeriod"] == 14
    assert copied["KmsKeyId"].startswith(f"arn:aws:kms:{THERE}:")


def test_a_function_beside_the_tasks_changes_the_password_every_fortnight(replicated: Grounded) -> None:
    schedule = replicated.one("secretsmanager/secretRotation:SecretRotation")
    assert schedule["rotationRules"] == {"automaticallyAfterDays": 14}
    function = replicated.one("lambda/function:Function")
    subnets = replicated.client("ec2").describe_subnets(SubnetIds=function["vpcConfig"]["subnetIds"])[
        "Subnets"
    ]
    assert {_tier(subnet) for subnet in subnets} == {"private"}


def test_parameters_in_human_units_reach_the_server(replicated: Grounded) -> None:
    group = replicated.one("rds/parameterGroup:ParameterGroup")
    values = {one["name"]: one["value"] for one in group["parameters"]}
    assert (
        values.items()
        >= {
            "work_mem": "4096",
            "statement_timeout": "30000",
            "max_connections": "400",
            "rds.force_ssl": "1",
        }.items()
    )


def test_users_may_log_in_with_tokens(replicated: Grounded) -> None:
    found = replicated.client("rds").describe_db_instances()["DBInstances"]
    assert {one["IAMDatabaseAuthenticationEnabled"] for one in found} == {True}


def test_the_cache_has_two_shards_a_user_and_stands_beside_the_tasks(replicated: Grounded) -> None:
    elasticache = replicated.client("elasticache")
    [group] = elasticache.describe_replication_groups()["ReplicationGroups"]
    assert [len(shard["NodeGroupMembers"]) for shard in group["NodeGroups"]] == [2, 2]
    asked = replicated.one("elasticache/replicationGroup:ReplicationGroup")
    assert (asked.get("authToken"), len(asked["userGroupIds"])) == (None, 1)
    users = {one["userName"]: one["accessString"] for one in replicated.of("elasticache/user:User").values()}
    assert users == {"app": "on ~* &* +@all -@dangerous +info", "default": "off -@all"}
    subnets = replicated.one("elasticache/subnetGroup:SubnetGroup")["subnetIds"]
    found = replicated.client("ec2").describe_subnets(SubnetIds=subnets)["Subnets"]
    assert {_tier(subnet) for subnet in found} == {"private"}


@pytest.mark.proves("S2-47", "S2-15")
def test_a_failover_within_a_minute_makes_a_cluster_behind_a_pooler_whose_storage_stays() -> None:
    made = grounded("api-platform-production", {})
    [cluster] = made.client("rds").describe_db_clusters()["DBClusters"]
    assert (cluster["Engine"], cluster["MultiAZ"], cluster["AllocatedStorage"]) == ("mysql", True, 200)
    [writer] = [one for one in cluster["DBClusterMembers"] if one["IsClusterWriter"]]
    assert len(cluster["DBClusterMembers"]) == 3
    assert made.of("rds/instance:Instance") == {}
    [proxy] = made.client("rds").describe_db_proxies()["DBProxies"]
    assert (proxy["EngineFamily"], proxy["RequireTLS"]) == ("MYSQL", True)
    assert proxy["Auth"][0]["IAMAuth"] == "DISABLED"
    pool = made.one("rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup")["connectionPoolConfig"]
    assert (pool["maxConnectionsPercent"], pool["maxIdleConnectionsPercent"]) == (90, 45)
    made.client("rds").failover_db_cluster(DBClusterIdentifier=cluster["DBClusterIdentifier"])
    [after] = made.client("rds").describe_db_clusters()["DBClusters"]
    [now] = [one for one in after["DBClusterMembers"] if one["IsClusterWriter"]]
    assert now["DBInstanceIdentifier"] != writer["DBInstanceIdentifier"]


def test_an_environment_without_rotation_has_none() -> None:
    made = grounded("dev", {})
    assert made.of("secretsmanager/secretRotation:SecretRotation") == {}
    assert made.of("lambda/function:Function") == {}
    assert made.of("rds/proxy:Proxy") == {}


def test_a_new_database_begins_as_the_snapshot_that_is_named() -> None:
    made = grounded("dev", {"database": {"restore_snapshot": LAST_BACKUP}}, before=_snapshot)
    asked = made.one("rds/instance:Instance")
    assert (asked["snapshotIdentifier"], asked.get("dbName"), asked.get("username")) == (
        LAST_BACKUP,
        None,
        None,
    )
    assert _instance(made, "la-dev-database-primary")["DBName"] == "learning"


def test_a_serverless_cache_has_bounds_and_no_nodes() -> None:
    bounds = {"max_storage_gb": 10, "max_ecpu_per_second": 5000}
    made = grounded("staging", {"cache": {"serverless": bounds, "engine": "valkey", "engine_version": "8.0"}})
    asked = made.one("elasticache/serverlessCache:ServerlessCache")
    assert asked["cacheUsageLimits"]["dataStorage"] == {"maximum": 10, "unit": "GB"}
    assert asked["cacheUsageLimits"]["ecpuPerSeconds"] == [{"maximum": 5000}]
    assert asked["userGroupId"].endswith("-cache-users")
    assert made.of("elasticache/replicationGroup:ReplicationGroup") == {}


def _instance(made: Grounded, identifier: str) -> Any:
    [found] = made.client("rds").describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"]
    return found


def _tier(subnet: Any) -> str:
    return str(next(tag["Value"] for tag in subnet["Tags"] if tag["Key"] == "plinth:tier"))


def _snapshot(simulation: Simulation) -> None:
    """What a lost database left."""
    rds = simulation.client("rds", HERE)
    rds.create_db_instance(
        DBInstanceIdentifier="lost",
        Engine="postgres",
        EngineVersion="16",
        DBInstanceClass="db.t4g.micro",
        DBName="learning",
        AllocatedStorage=20,
        MasterUsername="plinth",
        MasterUserPassword="of-no-more-use",
        StorageEncrypted=True,
    )
    rds.create_db_snapshot(DBInstanceIdentifier="lost", DBSnapshotIdentifier=LAST_BACKUP)
