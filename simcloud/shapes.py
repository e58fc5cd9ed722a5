"""Between nested properties of the provider and structures of the API, where the names differ only in spelling.

The provider writes `camelCase`, turns lists into plurals and some structures into lists of one; the API's spelling
is in its model. What is spelled too differently is in `Names`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from simcloud.property_types import ListOf, ObjectOf, PropertyType, Scalar
from simcloud.schema import Schema
from simcloud.schema_problems import Objects
from simcloud.values import Props, Unknown, Value

Names = Mapping[str, Mapping[str, str]]
"""By the name of a shape: which member a property is, if not the one that is spelled like it."""

_NONE: Names = {}


def params(shape: Shape, value: Value, names: Names = _NONE) -> Value:
    """`value` in the words of `shape`. Keys that the shape does not know stay, to be refused by validation."""
    if isinstance(value, Unknown):
        return value
    if isinstance(shape, StructureShape):
        return _structure(shape, value, names)
    if isinstance(shape, ListShape):
        items = value if isinstance(value, list) else [value]
        return [params(shape.member, item, names) for item in items]
    if isinstance(shape, MapShape) and isinstance(value, Mapping):
        return {key: params(shape.value, item, names) for key, item in value.items()}
    return _scalar(shape, value)


def answered(schema: Schema, name: str, shape: Shape, value: Any, names: Names = _NONE) -> Value:
    """What the API answered, in the words of the provider's input `name`."""
    return _answered(schema.inputs[name], schema.objects, shape, value, names)


def _answered(expected: PropertyType, objects: Objects, shape: Shape, value: Any, names: Names) -> Value:
    if value is None or expected == Scalar("any"):
        return value
    if isinstance(expected, ListOf):
        return _answered_list(expected.item, objects, shape, value, names)
    if isinstance(expected, ObjectOf) and isinstance(shape, ListShape):
        return _answered(expected, objects, shape.member, value[0], names) if value else None
    if isinstance(expected, ObjectOf) and isinstance(shape, StructureShape):
        fields = objects[expected.name].fields
        found = {name: _member(shape, name, names) for name in fields}
        return {
            name: _answered(fields[name], objects, shape.members[member], value[member], names)
            for name, member in found.items()
            if member in value
        }
    return _answered_scalar(expected, value)


def props(value: Any) -> Value:
    """An API answer with keys as the provider spells them; lists keep the API's names."""
    if isinstance(value, Mapping):
        return {key[:1].lower() + key[1:]: props(item) for key, item in value.items()}
    if isinstance(value, list):
        return [props(item) for item in value]
    return value


def _structure(shape: StructureShape, value: Value, names: Names) -> Value:
    counted = {"Quantity", "Items"} <= shape.members.keys()
    if isinstance(value, list) and counted:
        value = {"items": value}
    elif isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, Mapping):
        return value
    given = {
        _member(shape, key, names): (key, item)
        for key, item in value.items()
        if item is not None and (item != [] or counted)
    }
    said = {
        name: params(shape.members[name], item, names) if name in shape.members else item
        for name, (_, item) in given.items()
    }
    return _counted(shape, said) if counted else said


def _counted(shape: StructureShape, said: Props) -> Props:
    """CloudFront wants every list with its length, and some with a switch."""
    items = said.get("Items", [])
    if isinstance(items, Unknown):
        return said
    rest = {key: item for key, item in said.items() if key != "Items"}
    switch = {"Enabled": bool(items)} if "Enabled" in shape.members else {}
    return {**switch, **rest, "Quantity": len(items), **({"Items": items} if items else {})}


def _answered_list(
    expected: PropertyType, objects: Objects, shape: Shape, value: Any, names: Names
) -> list[Value]:
    if isinstance(shape, StructureShape) and {"Quantity", "Items"} <= shape.members.keys():
        shape, value = shape.members["Items"], value.get("Items", [])
    if isinstance(shape, ListShape):
        return [_answered(expected, objects, shape.member, item, names) for item in value]
    return [_answered(expected, objects, shape, value, names)]


def _member(shape: StructureShape, key: str, names: Names) -> str:
    """The member that `key` means: what `names` says, or the same letters, or the singular of a plural."""
    told = names.get(shape.name, {}).get(key)
    if told is not None:
        return told
    spelled = {name.lower(): name for name in shape.members}
    lowered = key.lower()
    for candidate in (
        lowered,
        lowered.removesuffix("s"),
        lowered.removesuffix("es"),
        f"{lowered}s",
        _singular(lowered),
    ):
        if candidate in spelled:
            return spelled[candidate]
    return key


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word


@cache
def _scalar(shape: Shape, value: Value) -> Value:
    """The bridge lets a number or a boolean be written as text, and a text as a number."""
    if isinstance(value, int | float) and not isinstance(value, bool) and shape.type_name == "string":
        return str(value)
    if isinstance(value, str) and shape.type_name == "boolean" and value in ("true", "false"):
        return value == "true"
    if isinstance(value, str) and shape.type_name in ("integer", "long") and value.lstrip("-").isdigit():
        return int(value)
    if isinstance(value, str) and shape.type_name in ("double", "float"):
        try:
            return float(value)
        except ValueError:
            return value
    return value


def _answered_scalar(expected: PropertyType, value: Any) -> Value:
    if isinstance(value, bytes):
        return value.decode()
    if expected == Scalar("integer") and isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    return value
