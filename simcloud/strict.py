"""Checks API parameters against the whole service model: also the enums, patterns and maxima that botocore skips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import regex
from botocore.model import ListShape, MapShape, Shape, StructureShape

from simcloud.refusal import Refusal
from simcloud.values import Unknown, Value

# Enums that AWS extends every few weeks, or that lack values which AWS takes (BucketCannedACL): checked by our own
# catalogues, not by the pinned model.
_OPEN_ENUMS = frozenset(
    {
        "BucketCannedACL", "InstanceType", "OpenSearchPartitionInstanceType", "OpenSearchWarmPartitionInstanceType",
        "Runtime",
    }
)  # fmt: skip
# moto's tokens do not fit AWS's own pattern, and only ever come from a moto answer.
_MOTO_TOKENS = frozenset({"LockToken"})

_JAVA_SURROGATES = "\\uD800\\uDC00-\\uDBFF\\uDFFF"


def violations(shape: Shape | None, value: Value, path: str = "") -> Iterator[Refusal]:
    """Everything in `value` that the model of `shape` forbids. Unknown values are let pass."""
    if shape is None or value is None or isinstance(value, Unknown):
        return
    if isinstance(shape, StructureShape):
        yield from _structure(shape, value, path)
    elif isinstance(shape, ListShape):
        yield from _list(shape, value, path)
    elif isinstance(shape, MapShape):
        yield from _map(shape, value, path)
    else:
        yield from _scalar(shape, value, path)


def _structure(shape: StructureShape, value: Value, path: str) -> Iterator[Refusal]:
    if not isinstance(value, Mapping):
        yield _invalid(path, f"expected a structure, got {type(value).__name__}")
        return
    if getattr(shape, "is_document_type", False):
        return
    for name in shape.required_members:
        if value.get(name) is None:
            yield _invalid(_join(path, name), "missing required parameter", "MissingParameter")
    if shape.is_tagged_union and len(value) != 1:
        yield _invalid(path, f"exactly one of {', '.join(sorted(shape.members))} is allowed")
    for name, item in value.items():
        if name in shape.members:
            yield from violations(shape.members[name], item, _join(path, name))
        else:
            yield _invalid(_join(path, name), "unknown parameter", "UnknownParameter")


def _list(shape: ListShape, value: Value, path: str) -> Iterator[Refusal]:
    if not isinstance(value, list | tuple):
        yield _invalid(path, f"expected a list, got {type(value).__name__}")
        return
    yield from _size(shape, len(value), path, "items")
    for position, item in enumerate(value):
        yield from violations(shape.member, item, f"{path}[{position}]")


def _map(shape: MapShape, value: Value, path: str) -> Iterator[Refusal]:
    if not isinstance(value, Mapping):
        yield _invalid(path, f"expected a map, got {type(value).__name__}")
        return
    yield from _size(shape, len(value), path, "entries")
    for key, item in value.items():
        yield from violations(shape.key, key, f"{path}[{key!r}]")
        yield from violations(shape.value, item, _join(path, str(key)))


def _scalar(shape: Shape, value: Value, path: str) -> Iterator[Refusal]:
    kind = shape.type_name
    if kind == "string":
        yield from _string(shape, value, path)
    elif kind in ("integer", "long", "float", "double"):
        yield from _number(shape, value, path)
    elif kind == "boolean" and not isinstance(value, bool):
        yield _invalid(path, f"expected a boolean, got {type(value).__name__}")


def _string(shape: Shape, value: Value, path: str) -> Iterator[Refusal]:
    if not isinstance(value, str):
        yield _invalid(path, f"expected a string, got {type(value).__name__}")
        return
    if shape.name in _MOTO_TOKENS:
        return
    allowed, pattern = _allowed(shape), _pattern(shape)
    if allowed and value not in allowed and shape.name not in _OPEN_ENUMS:
        yield _invalid(path, f"value {value!r} is not one of: {', '.join(sorted(allowed))}")
    yield from _size(shape, len(value), path, "characters")
    if pattern is not None and pattern.fullmatch(value) is None:
        yield _invalid(path, f"value {value[:60]!r} does not match the pattern {pattern.pattern}")


def _number(shape: Shape, value: Value, path: str) -> Iterator[Refusal]:
    whole = shape.type_name in ("integer", "long")
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        yield _invalid(path, f"expected a {'whole ' if whole else ''}number, got {type(value).__name__}")
        return
    low, high = _bounds(shape)
    if low is not None and value < low:
        yield _invalid(path, f"value {value} is below the minimum {low}")
    if high is not None and value > high:
        yield _invalid(path, f"value {value} is above the maximum {high}")


def _size(shape: Shape, size: int, path: str, unit: str) -> Iterator[Refusal]:
    low, high = _bounds(shape)
    if low is not None and size < low:
        yield _invalid(path, f"has {size} {unit}, at least {low} needed")
    if high is not None and size > high:
        yield _invalid(path, f"has {size} {unit}, at most {high} allowed")


def _model(shape: Shape) -> Mapping[str, Any]:
    # botocore exposes only part of a shape's constraints through `metadata`.
    model: Mapping[str, Any] = vars(shape)["_shape_model"]
    return model


def _bounds(shape: Shape) -> tuple[float | None, float | None]:
    model = _model(shape)
    return model.get("min"), model.get("max")


@cache
def _allowed(shape: Shape) -> frozenset[str]:
    return frozenset(_model(shape).get("enum", ()))


@cache
def _pattern(shape: Shape) -> regex.Pattern[str] | None:
    text = _model(shape).get("pattern")
    if text is None:
        return None
    return regex.compile(text.replace(_JAVA_SURROGATES, "\\U00010000-\\U0010FFFF"))


def _invalid(path: str, message: str, code: str = "InvalidParameterValue") -> Refusal:
    return Refusal(code, message, path)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
