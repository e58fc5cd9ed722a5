"""What S3 refuses in a lifecycle configuration and its model does not say."""

# AWS: «Lifecycle configuration elements» and «Transitioning objects», S3 User Guide; per reference notes, not verified.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.refusal import Refusal
from simcloud.values import Value

_ACTIONS = (
    "expiration",
    "transitions",
    "noncurrentVersionExpiration",
    "noncurrentVersionTransitions",
    "abortIncompleteMultipartUpload",
)
_SLOW_CLASSES = ("STANDARD_IA", "ONEZONE_IA")
_DAYS = "days"


def problems(rules: list[Value]) -> Iterator[Refusal]:
    """Everything wrong with `rules`, as far as they are known."""
    known = [(f"rules[{position}]", rule) for position, rule in enumerate(rules) if isinstance(rule, Mapping)]
    yield from _duplicates(known)
    for path, rule in known:
        if not any(rule.get(action) for action in _ACTIONS):
            yield Refusal("InvalidRequest", "At least one action needs to be specified in a rule.", path)
        yield from _expiration(path, rule)
        yield from _transitions(path, rule, "transitions", _DAYS)
        yield from _transitions(path, rule, "noncurrentVersionTransitions", "noncurrentDays")


def _duplicates(rules: list[tuple[str, Mapping[str, Any]]]) -> Iterator[Refusal]:
    seen: set[str] = set()
    for path, rule in rules:
        if isinstance(rule["id"], str) and rule["id"] in seen:
            yield Refusal(
                "InvalidArgument", f"Rule ID must be unique: {rule['id']} is there twice.", f"{path}.id"
            )
        seen.add(str(rule["id"]))


def _expiration(path: str, rule: Mapping[str, Any]) -> Iterator[Refusal]:
    expiration = rule.get("expiration")
    days = _number(expiration, _DAYS)
    if days is not None and days < 1:
        yield Refusal(
            "InvalidArgument",
            "'Days' for Expiration action must be a positive integer",
            f"{path}.expiration.days",
        )
    moved = [_number(transition, _DAYS) for transition in _listed(rule.get("transitions"))]
    late = [at for at in moved if at is not None and days is not None and at >= days]
    if late:
        yield Refusal(
            "InvalidArgument",
            f"'Days' in the Expiration action ({days}) must be greater than 'Days' in the Transition action "
            f"({late[0]}).",
            f"{path}.expiration.days",
        )


def _transitions(path: str, rule: Mapping[str, Any], name: str, days_name: str) -> Iterator[Refusal]:
    for position, transition in enumerate(_listed(rule.get(name))):
        days = _number(transition, days_name)
        storage_class = transition.get("storageClass")
        if days is not None and days < 30 and storage_class in _SLOW_CLASSES:
            yield Refusal(
                "InvalidArgument",
                f"'Days' in Transition action must be greater than or equal to 30 for storageClass '{storage_class}'",
                f"{path}.{name}[{position}].{days_name}",
            )


def _listed(value: Value) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _number(holder: Value, name: str) -> float | None:
    value = holder.get(name) if isinstance(holder, Mapping) else None
    return value if isinstance(value, int | float) else None
