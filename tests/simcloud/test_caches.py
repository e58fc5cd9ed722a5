"""Caches beside each other, and what their users, logs and tokens become."""

from __future__ import annotations

from typing import Any

import pytest

from simcloud.context import Context
from simcloud.provider import Provider, Resource
from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import World

GROUP = "aws:elasticache/replicationGroup:ReplicationGroup"
USER, USERS = "aws:elasticache/user:User", "aws:elasticache/userGroup:UserGroup"
TLS = {"atRestEncryptionEnabled": True, "transitEncryptionEnabled": True}


@pytest.fixture
def world() -> World:
    return World()


def cache(world: World, name: str, **props: Any) -> Resource:
    given = {
        "replicationGroupId": name,
        "description": "Cache",
        "engineVersion": "7.1",
        "numCacheClusters": 2,
    }
    return world.make(GROUP, nodeType="cache.t4g.micro", automaticFailoverEnabled=True, **given, **props)


def update(world: World, group: Resource, **change: Any) -> dict[str, Any]:
    urn = f"urn:pulumi:test::plinth::{GROUP}::it"
    checked = world.provider.check(urn, GROUP, group.inputs, {**group.inputs, **change})
    assert not checked.failures
    outputs = world.provider.update(urn, GROUP, group.identity, group.inputs, checked.inputs, group.outputs)
    return dict(outputs)


def test_a_cache_goes_without_its_neighbour(world: World) -> None:
    first, second = cache(world, "sessions"), cache(world, "sessions-2")
    world.remove(GROUP, first)
    clusters = world.ctx.client("elasticache").describe_cache_clusters()["CacheClusters"]
    assert [cluster["CacheClusterId"] for cluster in clusters] == second.outputs["memberClusters"]
    again = cache(world, "sessions")
    assert again.outputs["primaryEndpointAddress"] != second.outputs["primaryEndpointAddress"]


def test_a_cache_goes_without_a_cluster_of_another_engine(world: World) -> None:
    group = cache(world, "sessions")
    pages = world.make(
        "aws:elasticache/cluster:Cluster",
        clusterId="pages",
        engine="memcached",
        nodeType="cache.t4g.micro",
        numCacheNodes=1,
    )
    world.remove(GROUP, group)
    clusters = world.ctx.client("elasticache").describe_cache_clusters()["CacheClusters"]
    assert [cluster["CacheClusterId"] for cluster in clusters] == [pages.identity]


@pytest.mark.parametrize(("region", "short"), [("us-east-1", "use1"), ("ap-southeast-2", "apse2")])
def test_endpoints_say_their_region(world: World, region: str, short: str) -> None:
    world.provider = Provider(Context(world.ctx.cloud, region=region))
    outputs = cache(world, "sessions").outputs
    primary, reader = outputs["primaryEndpointAddress"], outputs["readerEndpointAddress"]
    assert primary.startswith("master.sessions.")
    assert reader.startswith("replica.sessions.")
    assert primary.endswith(f".{short}.cache.amazonaws.com")
    assert reader.endswith(f".{short}.cache.amazonaws.com")


def test_a_token_is_rotated_and_deleted(world: World) -> None:
    group = cache(world, "sessions", **TLS, authToken="correct-horse-battery")
    elasticache = world.ctx.client("elasticache")
    [before] = elasticache.describe_replication_groups()["ReplicationGroups"]
    update(world, group, authToken="staple-correct-horse", authTokenUpdateStrategy="SET")
    [after] = elasticache.describe_replication_groups()["ReplicationGroups"]
    assert after["AuthTokenEnabled"] is True
    assert after["AuthTokenLastModifiedDate"] >= before["AuthTokenLastModifiedDate"]
    update(world, group, authToken=None)
    [after] = elasticache.describe_replication_groups()["ReplicationGroups"]
    assert after["AuthTokenEnabled"] is False


def test_a_log_can_be_taken_away(world: World) -> None:
    slow = {
        "destinationType": "cloudwatch-logs",
        "logFormat": "json",
        "logType": "slow-log",
        "destination": "/a",
    }
    group = cache(world, "sessions", logDeliveryConfigurations=[slow, {**slow, "logType": "engine-log"}])
    outputs = update(world, group, logDeliveryConfigurations=[{**slow, "destination": "/b"}])
    assert outputs["logDeliveryConfigurations"] == [{**slow, "destination": "/b"}]
    assert update(world, group, logDeliveryConfigurations=[])["logDeliveryConfigurations"] in (None, [])


def test_a_user_group_in_use_stays(world: World) -> None:
    world.make(
        USER,
        userId="app",
        userName="default",
        engine="redis",
        accessString="on ~* +@all",
        noPasswordRequired=True,
    )
    users = world.make(USERS, userGroupId="apps", engine="redis", userIds=["app"])
    group = cache(world, "sessions", **TLS, userGroupIds=["apps"])
    with pytest.raises(Refusal) as refused:
        world.remove(USERS, users)
    assert refused.value.code == "InvalidUserGroupState"
    world.remove(GROUP, group)
    world.remove(USERS, users)


@pytest.mark.parametrize(
    ("ids", "code", "path"),
    [
        (["gone"], "UserNotFound", "userIds[0]"),
        (["app"], "DefaultUserRequired", "userIds"),
        (["default", "app", "app-2"], "DuplicateUserName", "userIds[2]"),
    ],
)
def test_a_user_group_wants_its_users(world: World, ids: list[str], code: str, path: str) -> None:
    for name in ("app", "app-2"):
        world.make(
            USER,
            userId=name,
            userName="app",
            engine="redis",
            accessString="on ~* +@all",
            noPasswordRequired=True,
        )
    with pytest.raises(Refusal) as refused:
        world.make(USERS, userGroupId="apps", engine="redis", userIds=ids)
    assert (refused.value.code, refused.value.path) == (code, path)
