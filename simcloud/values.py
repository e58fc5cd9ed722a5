"""Property values as plain Python, with one sentinel for what is not known before deployment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

Value = Any
Props = dict[str, Value]


class Unknown:
    """The value of a computed output during preview. There is exactly one: `UNKNOWN`."""

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __deepcopy__(self, _memo: object) -> Unknown:
        return self


UNKNOWN: Final = Unknown()


def is_known(value: Value) -> bool:
    """Whether nothing inside `value` is unknown."""
    if isinstance(value, Mapping):
        return all(is_known(item) for item in value.values())
    if isinstance(value, list | tuple):
        return all(is_known(item) for item in value)
    return not isinstance(value, Unknown)


def without_none(props: Mapping[str, Value]) -> Props:
    """`props` without the keys that hold None: what boto3 and Pulumi both call «not given»."""
    return {key: value for key, value in props.items() if value is not None}


def same(left: Value, right: Value) -> bool:
    """Equality as a provider sees it: JSON documents by meaning, `true` and "true" alike, unknown equal to nothing."""
    if not is_known(left) or not is_known(right):
        return False
    if isinstance(left, str) and isinstance(right, str) and left != right:
        return (document := as_document(left)) is not None and document == as_document(right)
    if isinstance(left, str) != isinstance(right, str):
        return _as_text(left) == _as_text(right)
    return bool(left == right)


def _as_text(value: Value) -> str | None:
    """How the provider writes a scalar where its schema wants text."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else None


def as_document(text: str) -> Value:
    """The JSON object or array that `text` spells, or None if it is plain text."""
    if text[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


class Complete(dict[str, Value]):
    """What a cloud says about an object, of which programs also use what they did not give: align keeps all of it."""


def align(given: Value, found: Value) -> Value:
    """`found` in the words of `given`: its list order, its subset of nested keys, its spelling of a JSON document.

    A cloud answers sets in any order, fills nested defaults in and leaves empty lists out; none of it is drift.
    """
    if isinstance(given, Mapping) and isinstance(found, Complete):
        return {**found, **align(given, dict(found))}
    if isinstance(given, Mapping) and isinstance(found, Mapping):
        return {
            key: align(item, found.get(key, item))
            for key, item in given.items()
            if key in found or item == []
        }
    if isinstance(given, list) and isinstance(found, list):
        return _align_list(given, found)
    if same(given, found):
        return given
    return found


def _align_list(given: Sequence[Value], found: Sequence[Value]) -> list[Value]:
    rest = list(found)
    kept: list[Value] = []
    for item in given:
        position = next((at for at, other in enumerate(rest) if same(item, align(item, other))), None)
        if position is not None:
            rest.pop(position)
            kept.append(item)
    if not rest and len(kept) == len(given):
        return list(given)
    return [align(given[at], item) if at < len(given) else item for at, item in enumerate(found)]
