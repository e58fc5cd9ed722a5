"""Which service may assume a role."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from simcloud.context import Context
from simcloud.values import Value


def trusts(ctx: Context, role_arn: Value, service: str) -> bool:
    """Whether the role lets `service` (`lambda.amazonaws.com`) assume it; True for a role that cannot be judged."""
    if not isinstance(role_arn, str):
        return True
    try:
        role = ctx.client("iam").get_role(RoleName=role_arn.rsplit("/", 1)[-1])["Role"]
    except ClientError:
        return True
    document = role["AssumeRolePolicyDocument"]
    return any(_lets_in(statement, service) for statement in _listed(document.get("Statement")))


def _lets_in(statement: Any, service: str) -> bool:
    principal = statement.get("Principal")
    services = _listed(principal.get("Service")) if isinstance(principal, dict) else []
    named = principal == "*" or service in services
    actions = _listed(statement.get("Action"))
    return bool(
        statement.get("Effect") == "Allow" and named and {"sts:AssumeRole", "sts:*", "*"} & set(actions)
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value is not None else []
