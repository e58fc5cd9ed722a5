from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.bindings.lambda_ import _names
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props

_MEMBERS = _api.members(
    (
        "action", "eventSourceToken", "functionUrlAuthType", "invokedViaFunctionUrl", "principal", "principalOrgId",
        "qualifier", "sourceAccount", "sourceArn", "statementId",
    ),
    {"principalOrgId": "PrincipalOrgID"},
    capital=True,
)  # fmt: skip
# Where a policy statement keeps what the request calls otherwise.
_CONDITIONS = {
    "AWS:SourceArn": "sourceArn",
    "AWS:SourceAccount": "sourceAccount",
    "aws:PrincipalOrgID": "principalOrgId",
    "lambda:EventSourceToken": "eventSourceToken",
    "lambda:FunctionUrlAuthType": "functionUrlAuthType",
    "lambda:InvokedViaFunctionUrl": "invokedViaFunctionUrl",
}
_PRINCIPAL = re.compile(
    r"\*|\d{12}|arn:aws[a-z-]*:(iam|sts)::\d{12}:.+|[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|amazon\.com)"
)


class Permission(Binding):
    """A statement that lets a service or an account call a function."""

    token = "aws:lambda/permission:Permission"
    service = "lambda"
    operation = "add_permission"
    parameters = {"FunctionName": "function", **{member: name for name, member in _MEMBERS.items()}}
    replaces = frozenset({*_MEMBERS, "function", "statementIdPrefix"})
    references = (Reference("function", "lambda_function"),)
    faults = {"ResourceConflictException": "statementId"}

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "FunctionName": new["function"],
            "StatementId": UNKNOWN,
            **_api.said(ctx, "lambda", "AddPermission", new, _MEMBERS),
        }

    def create(self, ctx: Context, new: Props) -> str:
        name = str(new.get("statementId") or _made_up(ctx, new.get("statementIdPrefix", "terraform-")))
        ctx.client("lambda").add_permission(**{**self.request(ctx, new), "StatementId": name})
        return name

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        function, name = given["function"], identity.rsplit("/", 1)[-1]
        qualifier = given.get("qualifier") or None
        policy = json.loads(ctx.client("lambda").get_policy(FunctionName=function)["Policy"])
        resource = f":{qualifier}" if qualifier else f":function:{_names.name_of(function)}"
        found = next(
            (
                item
                for item in policy["Statement"]
                if item["Sid"] == name and (item["Resource"].endswith(resource) or not given.get("action"))
            ),
            None,
        )
        if found is None:
            return None
        conditions = {
            key: value for block in found.get("Condition", {}).values() for key, value in block.items()
        }
        return {
            **{here: conditions.get(there) for there, here in _CONDITIONS.items()},
            "function": function,
            "statementId": name,
            "statementIdPrefix": given.get("statementIdPrefix", ""),
            "action": found["Action"],
            "principal": _principal(found["Principal"], given.get("principal")),
            "qualifier": found["Resource"].split(":function:")[-1].partition(":")[2] or None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        qualifier = {"Qualifier": old["qualifier"]} if old.get("qualifier") else {}
        ctx.client("lambda").remove_permission(
            FunctionName=old["function"], StatementId=identity, **qualifier
        )

    def import_id(self, identity: str) -> Props:
        function, _, name = identity.rpartition("/")
        return {"function": function, "statementId": name}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return str(found["statementId"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: AddPermission, Lambda API Reference; from memory of AWS's documentation, not verified.
        principal, action = new["principal"], new["action"]
        if isinstance(principal, str) and not _PRINCIPAL.fullmatch(principal):
            yield Refusal(
                "InvalidParameterValueException",
                f"The provided principal was invalid: {principal!r}. Please check the principal and try again.",
                "principal",
            )
        if new.get("statementId") is not None and new.get("statementIdPrefix") is not None:
            yield Refusal(
                "ConflictsWith", "statementId and statementIdPrefix exclude each other.", "statementIdPrefix"
            )
        for name, wanted in (
            ("functionUrlAuthType", "lambda:InvokeFunctionUrl"),
            ("invokedViaFunctionUrl", "lambda:InvokeFunction"),
        ):
            if new.get(name) is not None and isinstance(action, str) and action != wanted:
                yield Refusal("InvalidParameterValueException", f"{name} goes with {wanted} only.", name)
        if (
            isinstance(new["function"], str)
            and new["function"].count(":") == 7
            and new.get("qualifier") is not None
        ):
            yield Refusal(
                "InvalidParameterValueException", "the ARN names a version or alias already.", "qualifier"
            )


def _made_up(ctx: Context, prefix: str) -> str:
    """As the provider makes names unique: the moment and a counter."""
    moment = datetime.now(UTC)
    return f"{prefix}{moment:%Y%m%d%H%M%S}{moment.microsecond // 100:04d}{ctx.cloud.next_number():08x}"


def _principal(found: Any, given: object) -> str:
    if not isinstance(found, Mapping):
        return str(found)
    told = str(found.get("AWS") or found.get("Service"))
    return str(given) if told == f"arn:aws:iam::{given}:root" else told
