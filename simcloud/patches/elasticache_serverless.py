"""Serverless caches, which moto lacks."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.elasticache.exceptions import ElastiCacheException
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

from simcloud.bindings.elasticache._engines import serverless_version
from simcloud.patches import adds, around
from simcloud.patches.elasticache import short_region

_CHANGES = (
    "CacheUsageLimits", "DailySnapshotTime", "Description", "Engine", "MajorEngineVersion", "SecurityGroupIds",
    "SnapshotRetentionLimit", "UserGroupId",
)  # fmt: skip


@around(ElastiCacheBackend)
def __init__(original: Any, self: Any, *args: Any, **given: Any) -> None:
    """AWS: everything that has an ARN has tags; moto: refuses kinds that it does not know."""
    original(self, *args, **given)
    self.arn_regex = re.compile(r"^arn:[^:]+:elasticache:[^:]*:[0-9]*:[a-z]+:.+$")


@adds(ElastiCacheResponse)
def create_serverless_cache(self: Any) -> ActionResult:
    """AWS: makes a cache without nodes; moto: not implemented."""
    given, kept = _params(self), _kept(self)
    name, backend = given["ServerlessCacheName"].lower(), self.elasticache_backend
    if name in kept:
        raise ElastiCacheException(
            "ServerlessCacheAlreadyExistsFault", f"Serverless cache {name} already exists."
        )
    major = given.get("MajorEngineVersion") or ""
    host = _host(name, backend)
    kept[name] = {
        "Description": given.get("Description", ""),
        "CacheUsageLimits": given.get("CacheUsageLimits"),
        "KmsKeyId": given.get("KmsKeyId"),
        "UserGroupId": given.get("UserGroupId"),
        "NetworkType": given.get("NetworkType", "ipv4"),
        "SnapshotRetentionLimit": int(given.get("SnapshotRetentionLimit", 0)),
        "DailySnapshotTime": given.get(
            "DailySnapshotTime", "05:30" if given["Engine"] != "memcached" else ""
        ),
        "ServerlessCacheName": name,
        "CreateTime": utcnow(),
        "Status": "available",
        "Engine": given["Engine"],
        "MajorEngineVersion": major,
        "FullEngineVersion": serverless_version(given["Engine"], major),
        "Endpoint": {"Address": host, "Port": 11211 if given["Engine"] == "memcached" else 6379},
        "ReaderEndpoint": {"Address": host, "Port": 11212 if given["Engine"] == "memcached" else 6380},
        "ARN": f"arn:aws:elasticache:{backend.region_name}:{backend.account_id}:serverlesscache:{name}",
        "SubnetIds": given.get("SubnetIds") or _default_subnets(backend),
        "SecurityGroupIds": given.get("SecurityGroupIds") or [_default_group(backend)],
    }
    if given.get("Tags"):
        backend.tagging_service.tag_resource(kept[name]["ARN"], given["Tags"])
    return ActionResult({"ServerlessCache": kept[name]})


@adds(ElastiCacheResponse)
def describe_serverless_caches(self: Any) -> ActionResult:
    """AWS: lists them; moto: not implemented."""
    name, kept = self._get_param("ServerlessCacheName"), _kept(self)
    listed = list(kept.values()) if name is None else [_cache(self)]
    return ActionResult({"ServerlessCaches": listed})


@adds(ElastiCacheResponse)
def modify_serverless_cache(self: Any) -> ActionResult:
    """AWS: changes one; moto: not implemented."""
    cache, given = _cache(self), _params(self)
    cache.update({name: given[name] for name in _CHANGES if given.get(name) is not None})
    if str(given.get("RemoveUserGroup", "")).lower() == "true":
        cache["UserGroupId"] = None
    cache["SnapshotRetentionLimit"] = int(cache["SnapshotRetentionLimit"])
    cache["FullEngineVersion"] = serverless_version(cache["Engine"], cache["MajorEngineVersion"])
    return ActionResult({"ServerlessCache": cache})


@adds(ElastiCacheResponse)
def delete_serverless_cache(self: Any) -> ActionResult:
    """AWS: removes one; moto: not implemented."""
    cache = _cache(self)
    del _kept(self)[cache["ServerlessCacheName"]]
    self.elasticache_backend.tagging_service.delete_all_tags_for_resource(cache["ARN"])
    return ActionResult({"ServerlessCache": {**cache, "Status": "deleting"}})


def _cache(response: Any) -> dict[str, Any]:
    name = response._get_param("ServerlessCacheName").lower()
    if name not in _kept(response):
        raise ElastiCacheException("ServerlessCacheNotFoundFault", f"Serverless cache {name} not found.")
    return _kept(response)[name]


def _params(response: Any) -> dict[str, Any]:
    """The request with lists where the model has lists and numbers where it has numbers."""
    given: dict[str, Any] = response._get_params()
    limits = given.get("CacheUsageLimits")
    if limits:
        given["CacheUsageLimits"] = {
            part: {key: int(value) if key != "Unit" else value for key, value in limit.items()}
            for part, limit in limits.items()
        }
    return given


def _host(name: str, backend: Any) -> str:
    letters = hashlib.sha256(f"{name}{backend.region_name}".encode()).hexdigest()[:6]
    return f"{name}-{letters}.serverless.{short_region(backend.region_name)}.cache.amazonaws.com"


def _default_subnets(backend: Any) -> list[str]:
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    vpc = ec2.default_vpc.id
    return [subnet.id for subnet in ec2.describe_subnets() if subnet.vpc_id == vpc][:2]


def _default_group(backend: Any) -> str:
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    group: Any = ec2.get_default_security_group(ec2.default_vpc.id)
    return str(group.id)


def _kept(response: Any) -> dict[str, dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = vars(response.elasticache_backend).setdefault("serverless_caches", {})
    return kept
