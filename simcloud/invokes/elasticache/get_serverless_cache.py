from __future__ import annotations

from simcloud.bindings import _words
from simcloud.context import Context
from simcloud.values import Props


def get_serverless_cache(ctx: Context, args: Props) -> Props:
    """A serverless cache by its name."""
    listed = ctx.client("elasticache").describe_serverless_caches(ServerlessCacheName=args["name"])
    found = listed["ServerlessCaches"][0]
    limits = found.get("CacheUsageLimits") or {}
    return {
        "arn": found["ARN"],
        "cacheUsageLimits": {
            "dataStorage": _words.from_api(limits.get("DataStorage", {}), {}),
            "ecpuPerSecond": _words.from_api(limits.get("ECPUPerSecond", {}), {}),
        },
        "createTime": found["CreateTime"].isoformat(),
        "dailySnapshotTime": found.get("DailySnapshotTime", ""),
        "description": found.get("Description", ""),
        "endpoint": _words.from_api(found["Endpoint"], {}),
        "engine": found["Engine"],
        "fullEngineVersion": found["FullEngineVersion"],
        "kmsKeyId": found.get("KmsKeyId", ""),
        "majorEngineVersion": found.get("MajorEngineVersion") or found["FullEngineVersion"].split(".")[0],
        "name": found["ServerlessCacheName"],
        "readerEndpoint": _words.from_api(found["ReaderEndpoint"], {}),
        "region": ctx.region,
        "securityGroupIds": found["SecurityGroupIds"],
        "snapshotRetentionLimit": found["SnapshotRetentionLimit"],
        "status": found["Status"],
        "subnetIds": found["SubnetIds"],
        "userGroupId": found.get("UserGroupId", ""),
    }
