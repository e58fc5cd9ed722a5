from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# AWS: PutRetentionPolicy, CloudWatch Logs API reference: `retentionInDays`; per reference notes, not verified.
RETENTION_DAYS = (
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
)  # fmt: skip


class LogGroup(Binding):
    """A log group with its retention and key."""

    token = "aws:cloudwatch/logGroup:LogGroup"
    service = "logs"
    operation = "create_log_group"
    parameters = {"logGroupName": "name"}
    faults = {"ResourceAlreadyExistsException": "name"}
    replaces = frozenset({"name", "namePrefix", "logGroupClass"})
    defaults = {"skipDestroy": False, "retentionInDays": 0}
    autoname = AutoName(limit=512)
    tagging = tagging.LOGS
    references = (Reference("kmsKeyId", "kms_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "logGroupName": new["name"],
                "kmsKeyId": new.get("kmsKeyId"),
                "logGroupClass": new.get("logGroupClass"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        logs, days = ctx.client("logs"), new["retentionInDays"]
        if days != old.get("retentionInDays", 0):
            if days:
                logs.put_retention_policy(logGroupName=identity, retentionInDays=days)
            else:
                logs.delete_retention_policy(logGroupName=identity)
        if old and new.get("kmsKeyId") != old.get("kmsKeyId"):
            if new.get("kmsKeyId"):
                logs.associate_kms_key(logGroupName=identity, kmsKeyId=new["kmsKeyId"])
            else:
                logs.disassociate_kms_key(logGroupName=identity)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        groups = ctx.client("logs").describe_log_groups(logGroupNamePrefix=identity)["logGroups"]
        group = next((group for group in groups if group["logGroupName"] == identity), None)
        if group is None:
            return None
        return {
            "arn": group["logGroupArn"],
            "name": identity,
            "namePrefix": given.get("namePrefix", ""),
            "retentionInDays": group.get("retentionInDays", 0),
            "kmsKeyId": group.get("kmsKeyId"),
            "logGroupClass": given.get("logGroupClass", "STANDARD"),
            "deletionProtectionEnabled": given.get("deletionProtectionEnabled", False),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if not old.get("skipDestroy"):
            ctx.client("logs").delete_log_group(logGroupName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        days = new.get("retentionInDays")
        name = new["name"]
        if isinstance(name, str) and name.lower().startswith("aws/"):
            text = "Log groups starting with AWS/ are reserved for AWS."
            yield Refusal("InvalidParameterException", text, "name")
        if new.get("logGroupClass") == "DELIVERY" and days not in (None, 0, 2):
            text = "log groups of the class DELIVERY keep their events for two days."
            yield Refusal("InvalidParameterException", text, "retentionInDays")
        if isinstance(days, int) and days not in RETENTION_DAYS:
            yield Refusal(
                "InvalidParameterException",
                f"retentionInDays {days} is not one of {', '.join(map(str, RETENTION_DAYS))}.",
                "retentionInDays",
            )
