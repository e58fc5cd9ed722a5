from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _trust
from simcloud.bindings.backup import _conditions
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value, without_none


class Selection(Binding):
    """The resources that a plan backs up. Nothing about it changes in place."""

    token = "aws:backup/selection:Selection"
    service = "backup"
    operation = "create_backup_selection"
    parameters = {
        "BackupSelection.SelectionName": "name",
        "BackupSelection.ListOfTags": "selectionTags",
        "BackupSelection.Resources": "resources",
        "BackupPlanId": "planId",
    }
    replaces = frozenset(
        {"name", "planId", "iamRoleArn", "resources", "notResources", "conditions", "selectionTags"}
    )
    autoname = AutoName(limit=50)
    references = (Reference("planId", "backup_plan"), Reference("iamRoleArn", "role"))

    def request(self, ctx: Context, new: Props) -> Params:
        tags = new.get("selectionTags")
        selection = {
            "SelectionName": new["name"],
            "IamRoleArn": new["iamRoleArn"],
            "Resources": new.get("resources"),
            "NotResources": new.get("notResources"),
            "ListOfTags": [_tag(tag) for tag in tags] if isinstance(tags, list) else tags,
            "Conditions": _conditions.to_request(new.get("conditions")),
        }
        return {"BackupPlanId": new["planId"], "BackupSelection": without_none(selection)}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["SelectionId"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        plan, selection = given["planId"], identity.rsplit("|", 1)[-1]
        found = ctx.client("backup").get_backup_selection(BackupPlanId=plan, SelectionId=selection)
        held = found["BackupSelection"]
        return {
            "name": held["SelectionName"],
            "planId": found["BackupPlanId"],
            "iamRoleArn": held["IamRoleArn"],
            "resources": held.get("Resources") or None,
            "notResources": held.get("NotResources") or [],
            "selectionTags": [_tag_props(tag) for tag in held.get("ListOfTags") or ()] or None,
            "conditions": _conditions.to_props(held.get("Conditions")),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("backup").delete_backup_selection(BackupPlanId=old["planId"], SelectionId=identity)

    def import_id(self, identity: str) -> Props:
        return {"planId": identity.split("|", 1)[0]}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return identity.rsplit("|", 1)[-1]

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: BackupSelection, AWS Backup API reference: ARNs or patterns of them; from memory, not verified.
        for name in ("resources", "notResources"):
            listed = new.get(name)
            for position, arn in enumerate(listed if isinstance(listed, list) else ()):
                if isinstance(arn, str) and arn != "*" and not arn.startswith("arn:"):
                    yield Refusal(
                        "InvalidParameterValueException",
                        f"{arn!r} is neither an ARN nor '*'.",
                        f"{name}[{position}]",
                    )
        yield from _conditions.problems(new.get("conditions"))

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # Words from memory of AWS's answers, not verified.
        if not _trust.trusts(ctx, new["iamRoleArn"], "backup.amazonaws.com"):
            yield Refusal(
                "InvalidParameterValueException",
                f"IAM Role {new['iamRoleArn']} cannot be assumed by AWS Backup.",
                "iamRoleArn",
                "let backup.amazonaws.com assume the role in its trust policy.",
            )


def _tag(tag: Value) -> Value:
    if isinstance(tag, Unknown):
        return tag
    return {"ConditionType": tag["type"], "ConditionKey": tag["key"], "ConditionValue": tag["value"]}


def _tag_props(tag: Mapping[str, Any]) -> Props:
    return {"type": tag["ConditionType"], "key": tag["ConditionKey"], "value": tag["ConditionValue"]}
