"""IAM policy documents as text, built from plain strings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

Condition = Mapping[str, Mapping[str, str | Sequence[str]]]
Statement = Mapping[str, Any]

VERSION = "2012-10-17"


def document(*statements: Statement) -> str:
    """The statements as a policy document."""
    return json.dumps({"Version": VERSION, "Statement": list(statements)})


def allow(
    sid: str,
    actions: Sequence[str],
    resources: Sequence[str],
    *,
    principal: Mapping[str, str | Sequence[str]] | None = None,
    condition: Condition | None = None,
) -> Statement:
    """A statement that allows `actions` on `resources`."""
    return _statement("Allow", sid, actions, resources, principal, condition)


def deny(
    sid: str,
    actions: Sequence[str],
    resources: Sequence[str],
    *,
    principal: Mapping[str, str] | str | None = None,
    condition: Condition | None = None,
) -> Statement:
    """A statement that denies `actions` on `resources`."""
    return _statement("Deny", sid, actions, resources, principal, condition)


def inexact(actions: Sequence[str]) -> list[str]:
    """Those that are not one action of one service, such as `s3:*`."""
    return [action for action in actions if "*" in action or "?" in action or ":" not in action]


def trust(service: str, account_id: str, source_arn: str | None = None) -> str:
    """Who may take a role: `service`, and only on behalf of this account (and of `source_arn`)."""
    condition: dict[str, Mapping[str, str]] = {"StringEquals": {"aws:SourceAccount": account_id}}
    if source_arn is not None:
        condition["ArnLike"] = {"aws:SourceArn": source_arn}
    statement = {
        "Sid": "Assume",
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    return document(statement)


def _statement(
    effect: str,
    sid: str,
    actions: Sequence[str],
    resources: Sequence[str],
    principal: Mapping[str, str | Sequence[str]] | str | None,
    condition: Condition | None,
) -> Statement:
    statement: dict[str, Any] = {"Sid": sid, "Effect": effect}
    if principal is not None:
        statement["Principal"] = principal
    statement |= {"Action": list(actions), "Resource": list(resources)}
    if condition is not None:
        statement["Condition"] = condition
    return statement
