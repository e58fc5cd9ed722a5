"""The scalable Next.js product's PostgreSQL and Redis, held against its document."""

from __future__ import annotations

from binascii import crc_hqx
from collections.abc import Mapping
from typing import Any

import pytest

from tests.stacks.systems.scalable_next import cache, container, databases, dump, parameters, told
from tests.stacks.systems.standing import System, standing

# What the document has each of the three nodes hold.
NODES = (("SESSION", "USER"), ("API", "RATE"), ("REALTIME", "COUNTER"))


@pytest.fixture
def production() -> System:
    return standing("scalable-next-production")


@pytest.mark.proves("S3-13")
def test_redis_is_a_cluster_of_three_each_with_keys_of_its_own(production: System) -> None:
    group = cache(production)
    assert (group["Engine"], group["ClusterEnabled"], len(group["NodeGroups"])) == ("redis", True, 3)
    given = told(production)
    assert given["REDIS_CLUSTER"] == "true"
    held = [{_shard(production, given[f"KEYS_{kind}"]) for kind in node} for node in NODES]
    assert [len(shards) for shards in held] == [1, 1, 1]
    assert {shard for shards in held for shard in shards} == {"0001", "0002", "0003"}
    # Whatever follows the prefix.
    assert _shard(production, given["KEYS_USER"] + "4711") == _shard(production, given["KEYS_SESSION"])


@pytest.mark.proves("S3-13")
def test_each_shard_has_a_node_that_takes_over_in_another_zone(production: System) -> None:
    group = cache(production)
    assert (group["AutomaticFailover"], group["MultiAZ"]) == ("enabled", "enabled")
    for shard in group["NodeGroups"]:
        zones = [node["PreferredAvailabilityZone"] for node in shard["NodeGroupMembers"]]
        assert len(set(zones)) == 2


@pytest.mark.proves("S3-14")
def test_the_primary_writes(production: System) -> None:
    primary, _ = databases(production)
    assert (primary["Engine"], primary["EngineVersion"].split(".")[0]) == ("postgres", "16")
    assert (primary["DBName"], primary["Endpoint"]["Port"]) == ("product", 5432)
    # Transactions are on the standby's disk as well before they are answered.
    assert primary["MultiAZ"] is True
    [target] = _pooled(production)
    assert target["Endpoint"] == primary["Endpoint"]["Address"]


@pytest.mark.proves("S3-15", "S3-21")
def test_connections_are_shared_by_rds_proxy_in_place_of_pgbouncer(production: System) -> None:
    """PostgreSQL keeps pages, and no results: what is asked again is Redis's to know."""
    databases_ = production.client("rds")
    [proxy] = databases_.describe_db_proxies()["DBProxies"]
    assert (proxy["EngineFamily"], proxy["RequireTLS"]) == ("POSTGRESQL", True)
    [target] = _pooled(production)
    assert (target["RdsResourceId"], target["TargetHealth"]["State"]) == (
        "next-prod-database-primary",
        "AVAILABLE",
    )
    [group] = databases_.describe_db_proxy_target_groups(DBProxyName=proxy["DBProxyName"])["TargetGroups"]
    assert group["ConnectionPoolConfig"]["MaxConnectionsPercent"] == 90
    # The servers know nothing else, and each keeps a few connections to it.
    assert (told(production)["DATABASE_HOST"], told(production)["DATABASE_POOL_SIZE"]) == (
        proxy["Endpoint"],
        "10",
    )
    # It logs in for them as who they are: one of two users, of whom one may get a new password at any time.
    logins = {
        one["Name"]: one["ARN"] for one in production.client("secretsmanager").list_secrets()["SecretList"]
    }
    known = {arn for name, arn in logins.items() if name.startswith("next-prod-database-login-")}
    assert {one["SecretArn"] for one in proxy["Auth"]} == known
    assert len(known) == 2


@pytest.mark.proves("S3-16")
def test_reads_reports_and_dumps_go_to_the_replica(production: System) -> None:
    primary, replica = databases(production)
    assert primary["ReadReplicaDBInstanceIdentifiers"] == [replica["DBInstanceIdentifier"]]
    host = replica["Endpoint"]["Address"]
    assert told(production)["DATABASE_READER_HOSTS"] == host
    assert production.outputs["database_reader_endpoints"] == [host]
    job = dump(production)
    given = {one["name"]: one["value"] for one in job["environment"]}
    assert (given["PGHOST"], given["PGDATABASE"]) == (host, "product")
    assert job["command"][-1].startswith("pg_dump ")


@pytest.mark.proves("S3-32")
def test_nobody_overhears_the_database(production: System) -> None:
    assert parameters(production)["rds.force_ssl"] == "1"
    assert {one["name"]: one["value"] for one in dump(production)["environment"]}["PGSSLMODE"] == "require"
    for one in databases(production):
        assert (one["StorageEncrypted"], one["PubliclyAccessible"]) == (True, False)


@pytest.mark.proves("S3-32")
def test_who_uses_the_database_has_a_password_of_thirty_days(production: System) -> None:
    [rotation] = production.inputs("aws:secretsmanager/secretRotation:SecretRotation").values()
    assert rotation["rotationRules"] == {"automaticallyAfterDays": 30}
    assert rotation["secretId"] == production.outputs["database_secret_arn"]
    given = {one["name"]: one["valueFrom"] for one in container(production)["secrets"]}
    assert given["DATABASE_PASSWORD"] == f"{rotation['secretId']}:password::"


@pytest.mark.proves("S3-32")
def test_changes_of_tables_and_rights_are_in_the_audit_log(production: System) -> None:
    in_force = parameters(production)
    assert "pgaudit" in in_force["shared_preload_libraries"].split(",")
    assert in_force["pgaudit.log"] == "ddl,role"
    logs = production.client("logs")
    for one in databases(production):
        assert "postgresql" in one["EnabledCloudwatchLogsExports"]
        name = f"/aws/rds/instance/{one['DBInstanceIdentifier']}/postgresql"
        [group] = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
        assert group["retentionInDays"] == 90


@pytest.mark.proves("S3-32")
def test_backups_are_made_by_themselves(production: System) -> None:
    """Any second of a month, copies by AWS Backup, and a dump that needs no AWS to be read."""
    primary, _ = databases(production)
    assert primary["BackupRetentionPeriod"] == 30
    backups = production.client("backup")
    [plan] = backups.list_backup_plans()["BackupPlansList"]
    rules = backups.get_backup_plan(BackupPlanId=plan["BackupPlanId"])["BackupPlan"]["Rules"]
    assert {rule["RuleName"]: rule["Lifecycle"]["DeleteAfterDays"] for rule in rules} == {
        "daily": 7,
        "weekly": 28,
        "monthly": 365,
    }
    [selection] = production.inputs("aws:backup/selection:Selection").values()
    assert primary["DBInstanceArn"] in selection["resources"]
    given = {one["name"]: one["value"] for one in dump(production)["environment"]}
    assert given["BUCKET"] == production.outputs["dump_bucket"]


def _pooled(system: System) -> list[Mapping[str, Any]]:
    """What the proxy keeps connections to."""
    databases_ = system.client("rds")
    [proxy] = databases_.describe_db_proxies()["DBProxies"]
    targets: list[Mapping[str, Any]] = databases_.describe_db_proxy_targets(DBProxyName=proxy["DBProxyName"])[
        "Targets"
    ]
    return targets


def _shard(system: System, key: str) -> str:
    """Where Redis keeps a key: what stands in braces, as CRC16 (XMODEM) modulo 16384, is its slot."""
    slot = crc_hqx(key.split("{", 1)[1].split("}", 1)[0].encode(), 0) % 16384
    for group in cache(system)["NodeGroups"]:
        first, last = map(int, group["Slots"].split("-"))
        if first <= slot <= last:
            return str(group["NodeGroupId"])
    raise AssertionError(f"no shard has slot {slot}")
