"""Whether a resource's policy lets a service of AWS do something with it: what a service tries out before it agrees."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from simcloud import policy_document
from simcloud.values import Value


def lets(
    document: Value, principal: str, action: str, resource: str = "*", facts: Mapping[str, str] | None = None
) -> bool:
    """Whether a statement of `document` allows `action` on `resource` to `principal` (a service or an ARN).

    `facts` are the condition keys of the request, in lower case; conditions on text compare with them, and others
    are taken to hold.
    """
    return any(
        _applies(statement, principal, action, resource, facts or {})
        for statement in policy_document.statements(document)
    )


def _applies(
    statement: Mapping[str, Any], principal: str, action: str, resource: str, facts: Mapping[str, str]
) -> bool:
    return (
        statement.get("Effect") == "Allow"
        and _names(statement.get("Principal"), principal)
        and _fits(statement.get("Action", []), action.lower(), lower=True)
        and (resource == "*" or _fits(statement.get("Resource", []), resource))
        and _holds(statement.get("Condition", {}), facts)
    )


def _names(principals: Any, principal: str) -> bool:
    if principals is None or principals == "*":
        return True
    named = [name for names in principals.values() for name in _listed(names)]
    return principal in named or "*" in named


def _fits(patterns: Any, value: str, *, lower: bool = False) -> bool:
    return any(
        fnmatchcase(value, pattern.lower() if lower else pattern) for pattern in map(str, _listed(patterns))
    )


def _holds(condition: Mapping[str, Any], facts: Mapping[str, str]) -> bool:
    return all(
        _fits(wanted, facts[key.lower()]) if key.lower() in facts else operator.endswith("IfExists")
        for operator, keys in condition.items()
        if operator.startswith(("String", "Arn")) and "Not" not in operator
        for key, wanted in keys.items()
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
