from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.cloudtrail import _access, _selectors, _trail_rules
from simcloud.bindings.cloudtrail._tagging import TRAIL
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_NAMES = {
    "Name": "name",
    "S3BucketName": "s3BucketName",
    "S3KeyPrefix": "s3KeyPrefix",
    "SnsTopicName": "snsTopicName",
    "IncludeGlobalServiceEvents": "includeGlobalServiceEvents",
    "IsMultiRegionTrail": "isMultiRegionTrail",
    "EnableLogFileValidation": "enableLogFileValidation",
    "CloudWatchLogsLogGroupArn": "cloudWatchLogsGroupArn",
    "CloudWatchLogsRoleArn": "cloudWatchLogsRoleArn",
    "KmsKeyId": "kmsKeyId",
    "IsOrganizationTrail": "isOrganizationTrail",
}
_EMPTIED = ("S3KeyPrefix", "SnsTopicName", "CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn", "KmsKeyId")


class Trail(Binding):
    """Who did what in the account, written to a bucket."""

    token = "aws:cloudtrail/trail:Trail"
    service = "cloudtrail"
    operation = "create_trail"
    parameters = _NAMES
    replaces = frozenset({"name"})
    defaults = {
        "enableLogging": True,
        "includeGlobalServiceEvents": True,
        "isMultiRegionTrail": False,
        "isOrganizationTrail": False,
        "enableLogFileValidation": False,
    }
    autoname = AutoName(limit=128)
    tagging = TRAIL
    references = (
        Reference("s3BucketName", "trail_bucket"),
        Reference("kmsKeyId", "trail_key"),
        Reference("cloudWatchLogsGroupArn", "trail_log_group"),
        Reference("cloudWatchLogsRoleArn", "trail_role"),
        Reference("snsTopicName", "trail_topic"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({there: new.get(here) for there, here in _NAMES.items()})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["TrailARN"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        trails = ctx.client("cloudtrail")
        if old:
            cleared = {there: "" for there in _EMPTIED if _NAMES[there] in old and _NAMES[there] not in new}
            trails.update_trail(**{**self.request(ctx, new), **cleared, "Name": identity})
        if new["enableLogging"] != old.get("enableLogging", False):
            switch = trails.start_logging if new["enableLogging"] else trails.stop_logging
            switch(Name=identity)
        _selectors.write(ctx, identity, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        trails = ctx.client("cloudtrail")
        trail = trails.get_trail(Name=identity)["Trail"]
        return {
            **{here: trail.get(there) for there, here in _NAMES.items()},
            "enableLogFileValidation": trail["LogFileValidationEnabled"],
            "arn": trail["TrailARN"],
            "homeRegion": trail["HomeRegion"],
            "snsTopicArn": trail.get("SnsTopicARN", ""),
            "enableLogging": trails.get_trail_status(Name=identity)["IsLogging"],
            **_selectors.found(ctx, identity, trail),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("cloudtrail").delete_trail(Name=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _trail_rules.problems(new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _access.problems(ctx, new)
