"""What S3 refuses in a lifecycle configuration and its model does not say."""

# AWS: «Lifecycle configuration elements» and «Transitioning objects», S3 User Guide; per reference notes, not verified.

from __future__ import annotations

import re
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
_COLDER = ("STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE")
_DAYS = "days"
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T00:00:00(\.0+)?(Z|\+00:00))?")


def problems(rules: list[Value]) -> Iterator[Refusal]:
    """Everything wrong with `rules`, as far as they are known."""
    known = [(f"rules[{position}]", rule) for position, rule in enumerate(rules) if isinstance(rule, Mapping)]
    yield from _duplicates(known)
    for path, rule in known:
        if not any(rule.get(action) for action in _ACTIONS):
            yield Refusal("InvalidRequest", "At least one action needs to be specified in a rule.", path)
        yield from _expiration(path, rule)
        yield from _form(path, rule)
        yield from _order(path, rule)
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


def _form(path: str, rule: Mapping[str, Any]) -> Iterator[Refusal]:
    """What the XML schema of S3 does not take."""
    expiration, condition = rule.get("expiration"), rule.get("filter")
    given = [name for name in ("days", "date", "expiredObjectDeleteMarker") if _has(expiration, name)]
    if len(given) > 1:
        text = (
            f"an expiration has one of days, date and expiredObjectDeleteMarker, not {' and '.join(given)}."
        )
        yield Refusal("InvalidRequest", text, f"{path}.expiration")
    kinds = ("and", "prefix", "tag", "objectSizeGreaterThan", "objectSizeLessThan")
    if len([name for name in kinds if _has(condition, name)]) > 1:
        text = "a filter has one condition; put several into `and`."
        yield Refusal("MalformedXML", text, f"{path}.filter")
    both = condition.get("and") if isinstance(condition, Mapping) else None
    tagged = _has(condition, "tag") or _has(both, "tags")
    if tagged and rule.get("abortIncompleteMultipartUpload"):
        text = "AbortIncompleteMultipartUpload cannot be specified with Tags."
        yield Refusal("InvalidRequest", text, f"{path}.abortIncompleteMultipartUpload")
    for place, item in (("expiration", expiration), *_numbered("transitions", rule)):
        date = item.get("date") if isinstance(item, Mapping) else None
        if isinstance(date, str) and not _DATE.fullmatch(date):
            text = f"{date!r} is not a date at midnight, such as 2030-01-01T00:00:00Z."
            yield Refusal("InvalidArgument", text, f"{path}.{place}.date")


def _numbered(name: str, rule: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(f"{name}[{position}]", item) for position, item in enumerate(_listed(rule.get(name)))]


def _has(value: Value, name: str) -> bool:
    return isinstance(value, Mapping) and value.get(name) not in (None, "", False)


def _order(path: str, rule: Mapping[str, Any]) -> Iterator[Refusal]:
    """Each class is colder than the one before: what goes later has more days."""
    before: tuple[int, float] | None = None
    for place, item in _numbered("transitions", rule):
        days, storage_class = _number(item, _DAYS), item.get("storageClass")
        if days is None and "date" not in item and "days" not in item:
            yield Refusal("MalformedXML", "a transition needs days or a date.", f"{path}.{place}")
        if days is None or storage_class not in _COLDER:
            continue
        rank = _COLDER.index(storage_class)
        if before is not None and (rank < before[0]) != (days < before[1]):
            text = f"{storage_class} after {days:g} days contradicts the order of the other transitions."
            yield Refusal("InvalidArgument", text, f"{path}.{place}.days")
        before = (rank, days)


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
