from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _words
from simcloud.bindings.elasticache import _serverless_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none

_SAME = {
    "DailySnapshotTime": "dailySnapshotTime",
    "Description": "description",
    "Engine": "engine",
    "MajorEngineVersion": "majorEngineVersion",
    "SecurityGroupIds": "securityGroupIds",
    "SnapshotRetentionLimit": "snapshotRetentionLimit",
    "UserGroupId": "userGroupId",
}
_FIXED = {
    "KmsKeyId": "kmsKeyId",
    "NetworkType": "networkType",
    "ServerlessCacheName": "name",
    "SnapshotArnsToRestore": "snapshotArnsToRestores",
    "SubnetIds": "subnetIds",
}


class ServerlessCache(Binding):
    """A cache that grows and shrinks by itself."""

    token = "aws:elasticache/serverlessCache:ServerlessCache"
    service = "elasticache"
    operation = "create_serverless_cache"
    parameters = {**_SAME, **_FIXED, "CacheUsageLimits": "cacheUsageLimits"}
    replaces = frozenset({"kmsKeyId", "name", "networkType", "snapshotArnsToRestores", "subnetIds"})
    autoname = AutoName(limit=40, lower=True)
    tagging = tagging.ELASTICACHE
    references = (
        Reference("kmsKeyId", "kms_key"),
        Reference("securityGroupIds[]", "security_group"),
        Reference("subnetIds[]", "subnet"),
        Reference("userGroupId", "cache_user_group"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                **{parameter: new.get(name) for parameter, name in {**_SAME, **_FIXED}.items()},
                "CacheUsageLimits": _limits(new.get("cacheUsageLimits")),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["ServerlessCache"]["ServerlessCacheName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        changes = {key: new.get(name) for key, name in _SAME.items() if new.get(name) != old.get(name)}
        if new.get("cacheUsageLimits") != old.get("cacheUsageLimits"):
            changes["CacheUsageLimits"] = _limits(new.get("cacheUsageLimits"))
        if old.get("userGroupId") and not new.get("userGroupId"):
            changes["RemoveUserGroup"] = True
        if without_none(changes):
            ctx.client("elasticache").modify_serverless_cache(
                ServerlessCacheName=identity, **without_none(changes)
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        listed = ctx.client("elasticache").describe_serverless_caches(ServerlessCacheName=identity)
        found = listed["ServerlessCaches"][0]
        return {
            "arn": found["ARN"],
            "name": found["ServerlessCacheName"],
            "cacheUsageLimits": _found_limits(found.get("CacheUsageLimits")),
            "createTime": found["CreateTime"].isoformat(),
            "dailySnapshotTime": found.get("DailySnapshotTime", ""),
            "description": found.get("Description", ""),
            "endpoints": [_words.from_api(found["Endpoint"], {})],
            "engine": found["Engine"],
            "fullEngineVersion": found["FullEngineVersion"],
            "kmsKeyId": found.get("KmsKeyId"),
            "majorEngineVersion": found.get("MajorEngineVersion") or found["FullEngineVersion"].split(".")[0],
            "networkType": found.get("NetworkType", "ipv4"),
            "readerEndpoints": [_words.from_api(found["ReaderEndpoint"], {})],
            "securityGroupIds": found["SecurityGroupIds"],
            "snapshotRetentionLimit": found["SnapshotRetentionLimit"],
            "status": found["Status"],
            "subnetIds": found["SubnetIds"],
            "userGroupId": found.get("UserGroupId"),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("elasticache").delete_serverless_cache(ServerlessCacheName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _serverless_rules.problems(new)


def _limits(given: Value) -> Value:
    if not isinstance(given, Mapping):
        return given
    units = given.get("ecpuPerSeconds")
    return without_none(
        {
            "DataStorage": _words.to_api(given.get("dataStorage"), {}),
            "ECPUPerSecond": _words.to_api(units[0], {}) if isinstance(units, list) and units else None,
        }
    )


def _found_limits(found: Mapping[str, Any] | None) -> Props | None:
    if not found:
        return None
    units = _words.from_api(found.get("ECPUPerSecond"), {})
    return without_none(
        {
            "dataStorage": _words.from_api(found.get("DataStorage"), {}),
            "ecpuPerSeconds": [units] if units else None,
        }
    )
