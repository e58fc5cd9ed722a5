"""What is wrong with properties by their schema: unknown, missing and mistyped ones, nested ones included."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterator, Mapping

from simcloud.property_types import ListOf, MapOf, ObjectFields, PropertyType, Scalar
from simcloud.refusal import Refusal
from simcloud.values import Unknown, Value

Objects = Mapping[str, ObjectFields]
_WORDS = {"boolean": "a boolean", "integer": "a whole number", "number": "a number", "string": "a string"}


def object_problems(
    expected: ObjectFields, objects: Objects, props: Mapping[str, Value], path: str = ""
) -> Iterator[Refusal]:
    """Everything in `props` that does not fit `expected`; `objects` are the nested types by name."""
    for name in sorted(expected.required - props.keys()):
        yield Refusal("MissingParameter", f"missing required property {name!r}", _join(path, name))
    for name, value in props.items():
        if name in expected.fields:
            yield from _value_problems(expected.fields[name], objects, value, _join(path, name))
        elif not name.startswith("__"):
            yield _unknown_property(name, expected, path)


def _unknown_property(name: str, expected: ObjectFields, path: str) -> Refusal:
    near = difflib.get_close_matches(name, expected.fields, n=1)
    return Refusal(
        "UnknownParameter",
        f"unknown property {name!r}." + (f" Did you mean {near[0]!r}?" if near else ""),
        _join(path, name),
    )


def _value_problems(expected: PropertyType, objects: Objects, value: Value, path: str) -> Iterator[Refusal]:
    if value is None or isinstance(value, Unknown):
        return
    if isinstance(expected, Scalar):
        if not _fits(expected.kind, value):
            yield _mistyped(_WORDS[expected.kind], value, path)
    elif isinstance(expected, ListOf):
        yield from _list_problems(expected, objects, value, path)
    elif not isinstance(value, Mapping):
        yield _mistyped("a map" if isinstance(expected, MapOf) else "an object", value, path)
    elif isinstance(expected, MapOf):
        for key, entry in value.items():
            yield from _value_problems(expected.item, objects, entry, _join(path, key))
    else:
        yield from object_problems(objects[expected.name], objects, value, path)


def _list_problems(expected: ListOf, objects: Objects, value: Value, path: str) -> Iterator[Refusal]:
    if not isinstance(value, list):
        yield _mistyped("a list", value, path)
        return
    for position, entry in enumerate(value):
        yield from _value_problems(expected.item, objects, entry, f"{path}[{position}]")


def _fits(kind: str, value: Value) -> bool:
    if kind == "boolean":
        return isinstance(value, bool) or value in ("true", "false")
    if kind in ("integer", "number"):
        return not isinstance(value, bool) and _is_number(value, whole=kind == "integer")
    return kind == "any" or isinstance(value, str | int | float)


def _is_number(value: Value, *, whole: bool) -> bool:
    try:
        return math.isfinite(float(value)) and (not whole or float(value).is_integer())
    except (TypeError, ValueError):
        return False


def _mistyped(expected: str, value: Value, path: str) -> Refusal:
    return Refusal("InvalidParameterType", f"expected {expected}, got {type(value).__name__}", path)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
