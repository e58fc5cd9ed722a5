"""Look-ups of databases, caches, search domains and objects."""

from __future__ import annotations

from typing import Any

import pytest

from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.refusal import Refusal
from tests.simcloud.test_invokes import ask


@pytest.fixture
def ctx() -> Context:
    return Context(Cloud())


def _cluster(ctx: Context, **more: Any) -> None:
    given = {"DBClusterIdentifier": "app", "Engine": "aurora-postgresql", "MasterUsername": "dba"}
    ctx.client("rds").create_db_cluster(**{**given, "ManageMasterUserPassword": True, **more})


def test_cluster(ctx: Context) -> None:
    _cluster(ctx, Tags=[{"Key": "Name", "Value": "app"}])
    found = ask(ctx, "aws:rds/getCluster:getCluster", {"tags": {"Name": "app"}})
    assert (found["id"], found["engine"], found["port"]) == ("app", "aurora-postgresql", 5432)
    assert found["masterUserSecrets"][0]["secretStatus"] == "active"
    with pytest.raises(Refusal, match="matches 0 RDS clusters"):
        ask(ctx, "aws:rds/getCluster:getCluster", {"tags": {"Name": "other"}})


def test_cluster_parameter_group(ctx: Context) -> None:
    ctx.client("rds").create_db_cluster_parameter_group(
        DBClusterParameterGroupName="app", DBParameterGroupFamily="aurora-mysql8.0", Description="Ours"
    )
    found = ask(ctx, "aws:rds/getClusterParameterGroup:getClusterParameterGroup", {"name": "app"})
    assert (found["family"], found["description"]) == ("aurora-mysql8.0", "Ours")


def test_cluster_snapshot_the_newest_of_several(ctx: Context) -> None:
    _cluster(ctx)
    for name in ("one", "two"):
        ctx.client("rds").create_db_cluster_snapshot(
            DBClusterIdentifier="app", DBClusterSnapshotIdentifier=name
        )
    token, args = "aws:rds/getClusterSnapshot:getClusterSnapshot", {"dbClusterIdentifier": "app"}
    with pytest.raises(Refusal, match="more than one"):
        ask(ctx, token, {**args, "snapshotType": "manual"})
    found = ask(ctx, token, {**args, "snapshotType": "manual", "mostRecent": True})
    assert found["dbClusterSnapshotIdentifier"] == "two"


def test_snapshot(ctx: Context) -> None:
    rds = ctx.client("rds")
    rds.create_db_instance(
        DBInstanceIdentifier="db", Engine="postgres", DBInstanceClass="db.t4g.micro", AllocatedStorage=20,
        MasterUsername="dba", MasterUserPassword="not-a-real-password",
    )  # fmt: skip
    rds.create_db_snapshot(DBInstanceIdentifier="db", DBSnapshotIdentifier="before")
    found = ask(ctx, "aws:rds/getSnapshot:getSnapshot", {"dbSnapshotIdentifier": "before"})
    assert (found["dbInstanceIdentifier"], found["engine"]) == ("db", "postgres")
    with pytest.raises(Refusal):
        ask(ctx, "aws:rds/getSnapshot:getSnapshot", {"dbSnapshotIdentifier": "none"})


@pytest.mark.parametrize(
    ("args", "version", "name"),
    [
        (
            {"engine": "postgres", "engineVersion": "16.4", "instanceClass": "db.t4g.micro", "storageType": "gp3"},
            "16.4",
            "db.t4g.micro",
        ),
        (
            {
                "engine": "aurora-mysql", "engineLatestVersion": True, "storageType": "aurora",
                "preferredInstanceClasses": ["db.t3.nano", "db.r8g.large"],
            },
            "8.4.mysql_aurora.8.4.7",
            "db.r8g.large",
        ),
    ],
)  # fmt: skip
def test_orderable_db_instance(ctx: Context, args: dict[str, Any], version: str, name: str) -> None:
    found = ask(ctx, "aws:rds/getOrderableDbInstance:getOrderableDbInstance", args)
    assert (found["engineVersion"], found["instanceClass"]) == (version, name)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ({"engine": "postgres"}, "match the criteria; try"),
        ({"engine": "postgres", "instanceClass": "db.bogus.large"}, "no RDS DB Instance Classes"),
    ],
)
def test_orderable_db_instance_that_is_not_one(ctx: Context, args: dict[str, Any], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        ask(ctx, "aws:rds/getOrderableDbInstance:getOrderableDbInstance", args)


def test_engine_version_of_aurora(ctx: Context) -> None:
    args = {"engine": "aurora-postgresql", "version": "16", "latest": True}
    found = ask(ctx, "aws:rds/getEngineVersion:getEngineVersion", args)
    assert (found["versionActual"], found["parameterGroupFamily"]) == ("16.14", "aurora-postgresql16")
    assert found["supportsGlobalDatabases"]


def test_replication_group(ctx: Context) -> None:
    ctx.client("elasticache").create_replication_group(
        ReplicationGroupId="app", ReplicationGroupDescription="App", Engine="redis", EngineVersion="7.1",
        CacheNodeType="cache.t4g.small", NumCacheClusters=2,
    )  # fmt: skip
    found = ask(ctx, "aws:elasticache/getReplicationGroup:getReplicationGroup", {"replicationGroupId": "app"})
    assert found["memberClusters"] == ["app-001", "app-002"]
    assert not found["authTokenEnabled"]


def test_serverless_cache(ctx: Context) -> None:
    ctx.client("elasticache").create_serverless_cache(ServerlessCacheName="app", Engine="valkey")
    found = ask(ctx, "aws:elasticache/getServerlessCache:getServerlessCache", {"name": "app"})
    assert (found["majorEngineVersion"], found["endpoint"]["port"]) == ("9", 6379)


def test_cache_cluster(ctx: Context) -> None:
    ctx.client("elasticache").create_cache_cluster(
        CacheClusterId="app", Engine="memcached", CacheNodeType="cache.t4g.small", NumCacheNodes=2
    )
    found = ask(ctx, "aws:elasticache/getCluster:getCluster", {"clusterId": "app"})
    assert (found["port"], len(found["cacheNodes"])) == (11211, 2)


def test_search_domain(ctx: Context) -> None:
    ctx.client("opensearch").create_domain(
        DomainName="app",
        ClusterConfig={"InstanceType": "t3.small.search", "InstanceCount": 1},
        EBSOptions={"EBSEnabled": True, "VolumeSize": 10},
    )
    found = ask(ctx, "aws:opensearch/getDomain:getDomain", {"domainName": "app"})
    assert found["clusterConfigs"][0]["instanceType"] == "t3.small.search"
    assert (found["engineVersion"], found["created"]) == ("OpenSearch_3.5", True)


def test_objects(ctx: Context) -> None:
    s3 = ctx.client("s3")
    s3.create_bucket(Bucket="app-data")
    s3.put_object(Bucket="app-data", Key="a.json", Body=b"{}", ContentType="application/json")
    s3.put_object(Bucket="app-data", Key="a.bin", Body=b"\x00\x01", ContentType="application/octet-stream")
    where = {"bucket": "app-data", "key": "a.json"}
    assert ask(ctx, "aws:s3/getBucketObject:getBucketObject", where)["body"] == "{}"
    assert ask(ctx, "aws:s3/getObject:getObject", where)["bodyBase64"] == "e30="
    assert ask(ctx, "aws:s3/getObject:getObject", {**where, "key": "a.bin"})["body"] == ""
    asked = {**where, "key": "a.bin", "downloadBody": "true"}
    assert ask(ctx, "aws:s3/getObject:getObject", asked)["bodyBase64"] == "AAE="
