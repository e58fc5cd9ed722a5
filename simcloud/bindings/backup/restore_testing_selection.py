from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings._words import from_api, to_api
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# AWS: RestoreTestingSelectionForCreate, AWS Backup API reference; from memory of AWS's documentation, not verified.
_TYPES = ("Aurora", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "S3")
_NAME = re.compile(r"[A-Za-z0-9_]{1,50}")


class RestoreTestingSelection(Binding):
    """What a plan tries to restore. The id is the name; it is imported as `name:plan`."""

    token = "aws:backup/restoreTestingSelection:RestoreTestingSelection"
    service = "backup"
    operation = "create_restore_testing_selection"
    parameters = {
        "RestoreTestingSelection.RestoreTestingSelectionName": "name",
        "RestoreTestingSelection.IamRoleArn": "iamRoleArn",
    }
    replaces = frozenset({"name", "restoreTestingPlanName", "protectedResourceType"})
    autoname = AutoName(limit=50)
    references = (
        Reference("restoreTestingPlanName", "restore_testing_plan"),
        Reference("iamRoleArn", "role"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        fixed = {
            "RestoreTestingSelectionName": new["name"],
            "ProtectedResourceType": new["protectedResourceType"],
        }
        return {
            "RestoreTestingPlanName": new["restoreTestingPlanName"],
            "RestoreTestingSelection": {**fixed, **_mutable(new)},
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["RestoreTestingSelectionName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and _mutable(new) != _mutable(old):
            ctx.client("backup").update_restore_testing_selection(
                **_named(identity, new), RestoreTestingSelection=_mutable(new)
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("backup").get_restore_testing_selection(**_named(identity, given))
        held = found["RestoreTestingSelection"]
        return {
            "name": held["RestoreTestingSelectionName"],
            "restoreTestingPlanName": held["RestoreTestingPlanName"],
            "iamRoleArn": held["IamRoleArn"],
            "protectedResourceType": held["ProtectedResourceType"],
            "protectedResourceArns": held.get("ProtectedResourceArns") or [],
            "protectedResourceConditions": from_api(held.get("ProtectedResourceConditions"), {}) or None,
            "restoreMetadataOverrides": held.get("RestoreMetadataOverrides") or {},
            "validationWindowHours": held.get("ValidationWindowHours", 0),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("backup").delete_restore_testing_selection(**_named(identity, old))

    def import_id(self, identity: str) -> Props:
        return {"restoreTestingPlanName": identity.rsplit(":", 1)[-1]}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return identity.split(":", 1)[0]

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, kind, hours = new["name"], new["protectedResourceType"], new.get("validationWindowHours")
        if isinstance(name, str) and not _NAME.fullmatch(name):
            yield _invalid(f"the name {name!r} may hold 1 to 50 letters, digits and underscores.", "name")
        if isinstance(kind, str) and kind not in _TYPES:
            yield _invalid(f"{kind!r} is not one of {', '.join(_TYPES)}.", "protectedResourceType")
        if isinstance(hours, int | float) and not 1 <= hours <= 168:
            yield _invalid(f"it is {hours:g}, must be 1 to 168.", "validationWindowHours")
        if "protectedResourceArns" not in new and "protectedResourceConditions" not in new:
            yield _invalid(
                "give protectedResourceArns (['*'] for all) or protectedResourceConditions.",
                "protectedResourceArns",
            )


def _mutable(props: Props) -> Params:
    return without_none(
        {
            "IamRoleArn": props["iamRoleArn"],
            "ProtectedResourceArns": props.get("protectedResourceArns"),
            "ProtectedResourceConditions": to_api(props.get("protectedResourceConditions"), {}),
            "RestoreMetadataOverrides": props.get("restoreMetadataOverrides"),
            "ValidationWindowHours": props.get("validationWindowHours"),
        }
    )


def _named(identity: str, props: Props) -> Params:
    return {
        "RestoreTestingPlanName": props["restoreTestingPlanName"],
        "RestoreTestingSelectionName": identity.split(":", 1)[0],
    }


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterValueException", message, path)
