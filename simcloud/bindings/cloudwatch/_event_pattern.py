"""The JSON form of an event pattern."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterator, Mapping
from typing import Any

# AWS: Comparison operators for use in event patterns in Amazon EventBridge; from memory of AWS's documentation, not
# verified.
_MATCHERS = frozenset(
    {"prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "numeric", "cidr", "exists"}
)
_COMPARISONS = frozenset({"=", "<", "<=", ">", ">="})


def problem(text: str) -> str:
    """What is wrong with `text` as an event pattern; "" if nothing is."""
    try:
        pattern = json.loads(text)
    except ValueError:
        return "Invalid JSON"
    if not isinstance(pattern, dict) or not pattern:
        return (
            "Filter is not an object" if not isinstance(pattern, dict) else "Empty patterns are not allowed"
        )
    return next(_object_problems(pattern, ""), "")


def _object_problems(pattern: Mapping[str, Any], path: str) -> Iterator[str]:
    for name, value in pattern.items():
        here = f"{path}.{name}" if path else name
        if name == "$or":
            yield from _or_problems(value, here)
        elif isinstance(value, dict):
            yield from _object_problems(value, here) if value else iter((f"'{here}' is empty",))
        elif not isinstance(value, list):
            yield f"'{here}' must be an object or an array"
        elif not value:
            yield f"'{here}': Empty arrays are not allowed"
        else:
            yield from (fault for item in value for fault in _item_problems(item, here))


def _or_problems(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, list) or len(value) < 2 or not all(isinstance(item, dict) for item in value):
        yield f"'{path}' must be an array of at least two objects"
        return
    for item in value:
        yield from _object_problems(item, path)


def _item_problems(item: Any, path: str) -> Iterator[str]:
    if isinstance(item, list):
        yield f"'{path}': Arrays within arrays are not allowed"
    elif isinstance(item, dict):
        unknown = sorted(item.keys() - _MATCHERS)
        if len(item) != 1:
            yield f"'{path}': Only one key allowed in match expression"
        elif unknown:
            yield f"'{path}': Unrecognized match type {unknown[0]}"
        else:
            [(matcher, value)] = item.items()
            yield from (f"'{path}': {fault}" for fault in _matcher_problems(matcher, value))


def _matcher_problems(matcher: str, value: Any) -> Iterator[str]:
    if matcher == "exists" and not isinstance(value, bool):
        yield "exists match pattern must be either true or false."
    if matcher == "numeric" and not _is_range(value):
        yield "numeric match pattern must be a list of comparisons and numbers"
    if matcher == "cidr" and not _is_block(value):
        yield f"Malformed CIDR, {value!r}"


def _is_range(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) in (2, 4)
        and all(sign in _COMPARISONS for sign in value[::2])
        and all(isinstance(number, int | float) for number in value[1::2])
    )


def _is_block(value: Any) -> bool:
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        return False
    return True
