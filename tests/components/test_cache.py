"""The cache: its nodes, its token, who may connect, and what is refused."""

from typing import Any

import pulumi
import pytest

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
from components.cache_engine import family
from components.errors import ComponentError
from tests.components.peer import Peer
from tests.components.recording import Cloud

KEY = "arn:aws:kms:us-east-1:123456789012:key/k"


def cache_args(**changes: Any) -> CacheArgs:
    given: dict[str, Any] = {
        "engine": CacheEngine.REDIS,
        "engine_version": "7.1",
        "node_type": "cache.r6g.large",
        "replicas": 2,
        "multi_az": True,
        "vpc_id": "vpc-1",
        "subnet_ids": ["subnet-a", "subnet-b"],
        "kms_key_arn": KEY,
        "snapshot_retention_days": 7,
    }
    return CacheArgs(**{**given, **changes})


def deploy(cloud: Cloud, **changes: Any) -> Cache:
    return cloud.deploy(lambda: Cache("la-prod-cache", cache_args(**changes)))


def test_a_replicated_group_is_encrypted_and_fails_over(cloud: Cloud) -> None:
    deploy(cloud)
    group = cloud.one("ReplicationGroup")
    inputs = dict(group.inputs)
    token = inputs.pop("authTokenWo")
    assert pulumi.runtime.rpc.is_rpc_secret(token)
    assert pulumi.runtime.rpc.unwrap_rpc_secret(token) == "drawn-64"
    assert inputs == {
        "description": "Cache la-prod-cache",
        "engine": "redis",
        "engineVersion": "7.1",
        "nodeType": "cache.r6g.large",
        "port": 6379,
        "numCacheClusters": 3,
        "automaticFailoverEnabled": True,
        "multiAzEnabled": True,
        "atRestEncryptionEnabled": True,
        "kmsKeyId": KEY,
        "transitEncryptionEnabled": True,
        "authTokenWoVersion": 1,
        "authTokenUpdateStrategy": "ROTATE",
        "parameterGroupName": "la-prod-cache-redis7-1234567",
        "subnetGroupName": "la-prod-cache-subnets-1234567",
        "securityGroupIds": ["la-prod-cache-sg-id"],
        "snapshotRetentionLimit": 7,
        "snapshotWindow": "02:00-03:00",
        "maintenanceWindow": "sun:05:30-sun:06:30",
        "applyImmediately": False,
        "autoMinorVersionUpgrade": True,
        "logDeliveryConfigurations": [
            {
                "destination": f"/aws/elasticache/la-prod-cache/{log}",
                "destinationType": "cloudwatch-logs",
                "logFormat": "json",
                "logType": log,
            }
            for log in ("slow-log", "engine-log")
        ],
        "tags": {"Name": "la-prod-cache"},
    }


def test_a_single_node_has_nothing_to_fail_over_to(cloud: Cloud) -> None:
    deploy(cloud, replicas=0, multi_az=False, snapshot_retention_days=0)
    inputs = cloud.one("ReplicationGroup").inputs
    assert inputs["numCacheClusters"] == 1
    assert (inputs["automaticFailoverEnabled"], inputs["multiAzEnabled"]) == (False, False)
    assert "snapshotWindow" not in inputs


def test_several_shards_are_a_cluster(cloud: Cloud) -> None:
    cache = deploy(cloud, shards=2, replicas=1)
    inputs = cloud.one("ReplicationGroup").inputs
    assert (inputs["clusterMode"], inputs["numNodeGroups"], inputs["replicasPerNodeGroup"]) == (
        "enabled",
        2,
        1,
    )
    assert "numCacheClusters" not in inputs
    assert cloud.one("ParameterGroup").inputs["parameters"] == [{"name": "cluster-enabled", "value": "yes"}]
    assert cloud.value(cache.primary_endpoint) == "configuration.la-prod-cache.cache.example"
    assert list(cache.nodes) == ["0001-001", "0001-002", "0002-001", "0002-002"]


def test_endpoints_nodes_and_token(cloud: Cloud) -> None:
    cache = deploy(cloud)
    assert cloud.value(cache.primary_endpoint) == "primary.la-prod-cache.cache.example"
    assert cloud.value(cache.reader_endpoint) == "reader.la-prod-cache.cache.example"
    assert {number: cloud.value(node) for number, node in cache.nodes.items()} == {
        "001": "la-prod-cache-1234567-001",
        "002": "la-prod-cache-1234567-002",
        "003": "la-prod-cache-1234567-003",
    }
    assert str(cloud.value(cache.secret.value_from())).endswith(":secret:la-prod-cache-token-id:auth_token::")


def test_the_token_is_letters_and_digits(cloud: Cloud) -> None:
    deploy(cloud)
    [(_, asked)] = [look for look in cloud.looked_up if look[0].endswith("getRandomPassword")]
    assert (asked["passwordLength"], asked["excludePunctuation"]) == (64, True)


def test_parameters_are_passed_on(cloud: Cloud) -> None:
    deploy(
        cloud, engine=CacheEngine.VALKEY, engine_version="8.0", parameters={"maxmemory-policy": "allkeys-lru"}
    )
    group = cloud.one("ParameterGroup")
    assert (group.name, group.inputs["family"]) == ("la-prod-cache-valkey8", "valkey8")
    assert group.inputs["parameters"] == [{"name": "maxmemory-policy", "value": "allkeys-lru"}]


def test_only_allowed_peers_connect(cloud: Cloud) -> None:
    cloud.deploy(lambda: Cache("la-prod-cache", cache_args()).allow_from(Peer("la-prod-web")))
    ingress = cloud.one("SecurityGroupIngressRule").inputs
    assert (ingress["securityGroupId"], ingress["fromPort"]) == ("la-prod-cache-sg-id", 6379)
    assert ingress["referencedSecurityGroupId"] == "sg-la-prod-web"


def test_logs_are_kept_for_a_time_and_encrypted(cloud: Cloud) -> None:
    deploy(cloud, log_retention_days=14)
    assert [
        (group.inputs["retentionInDays"], group.inputs["kmsKeyId"]) for group in cloud.of("LogGroup")
    ] == [
        (14, KEY),
        (14, KEY),
    ]


@pytest.mark.parametrize(
    ("engine", "version", "expected"),
    [
        (CacheEngine.REDIS, "6.2", "redis6.x"),
        (CacheEngine.REDIS, "7.1", "redis7"),
        (CacheEngine.VALKEY, "7.2", "valkey7"),
        (CacheEngine.VALKEY, "8.1", "valkey8"),
    ],
)
def test_the_family_of_a_version(engine: CacheEngine, version: str, expected: str) -> None:
    assert family("cache", engine, version) == expected


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"replicas": 0},
            "Multi-AZ with no replica: there is nothing to fail over to. Expected `replicas` of 1 or more. "
            "Fix: set `replicas` to 1 or more, or `multi_az` to False.",
        ),
        (
            {"replicas": 0, "multi_az": False, "shards": 3},
            "cluster mode, which needs failover, with no replica: there is nothing to fail over to. Expected "
            "`replicas` of 1 or more. Fix: set `replicas` to 1 or more, or `shards` to 1.",
        ),
        (
            {"replicas": 6},
            "1 shard(s) with 6 replica(s) each. Expected 1 or more shards and 0 to 5 replicas. "
            "Fix: set `shards` and `replicas` within it.",
        ),
        (
            {"snapshot_retention_days": 36},
            "snapshots are kept 36 days. Expected 0 (none) to 35. Fix: set `snapshot_retention_days` within "
            "it.",
        ),
        (
            {"engine_version": "5.0"},
            "`5.0` is no redis version that can be used. Expected major and minor part, at least 6, such as "
            "6.2. Fix: set `engine_version` to a version that ElastiCache offers.",
        ),
        (
            {"mode": CacheMode.SINGLE},
            "2 replica(s) and the mode `single`. Expected the mode `replicated`. "
            "Fix: set `mode` to replicated, or `replicas` to 0.",
        ),
        (
            {"mode": CacheMode.REPLICATED, "shards": 3},
            "3 shards and the mode `replicated`. Expected the mode `cluster`. "
            "Fix: set `mode` to cluster, or `shards` to 1.",
        ),
        (
            {"mode": CacheMode.REPLICATED, "replicas": 0, "multi_az": None},
            "mode `replicated`, which is failover, with no replica: there is nothing to fail over to. Expected "
            "`replicas` of 1 or more. Fix: set `replicas` to 1 or more, or `mode` to single.",
        ),
        (
            {"node_type": None},
            "a cache of mode `replicated` without a node type. Expected `node_type`, such as cache.r7g.large. "
            "Fix: give `node_type`, or set `mode` to serverless.",
        ),
        (
            {"mode": CacheMode.CLUSTER, "serverless": Serverless()},
            "bounds of a serverless cache and the mode `cluster`. Expected `serverless` with the mode `serverless` "
            "only. Fix: leave `serverless` out, or `mode`.",
        ),
        (
            {"tls": Tls.OFF},
            "auth `token` with TLS `off`: a password would go over the wire as it is. Expected TLS `required` "
            "wherever there is a password. Fix: leave `tls` out; to move a cache without TLS, set `auth` to none "
            "until it is `required`.",
        ),
        (
            {"auth": CacheAuth.RBAC, "tls": Tls.PREFERRED},
            "auth `rbac` with TLS `preferred`: a password would go over the wire as it is. Expected TLS `required` "
            "wherever there is a password. Fix: leave `tls` out; to move a cache without TLS, set `auth` to none "
            "until it is `required`.",
        ),
        (
            {"auth": CacheAuth.RBAC, "user": CacheUser(name="default")},
            "the user of applications is called `default`, who is everybody that names no user. Expected another "
            "name. Fix: set `user.name` to the application's name.",
        ),
        (
            {"existing": ExistingCache(parameter_group_name="theirs"), "workload": CacheWorkload.CACHE},
            "an existing parameter group and settings for a new one. Expected one of them. Fix: leave "
            "`existing.parameter_group_name` out, or `parameters` and `workload`.",
        ),
        (
            {"existing": ExistingCache(user_group_id="theirs")},
            "an existing user group with auth `token`. Expected auth `rbac` with `existing.user_group_id`. "
            "Fix: set `auth` to rbac, or leave `existing.user_group_id` out.",
        ),
    ],
)
def test_contradictions_are_refused_before_anything_is_made(
    cloud: Cloud, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ComponentError) as refused:
        deploy(cloud, **changes)
    assert str(refused.value) == f"la-prod-cache: {sentence}"
    assert cloud.made == []
