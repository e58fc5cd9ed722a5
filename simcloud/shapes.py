"""Between nested properties of the provider and parameters of the API, where the names differ only in spelling.

The provider writes `camelCase` and turns lists into plurals; the API's spelling is in its model.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from simcloud.values import Props, Unknown, Value


def params(shape: Shape, value: Value) -> Value:
    """`value` in the words of `shape`. Keys that the shape does not know stay, to be refused by validation."""
    if isinstance(value, Unknown):
        return value
    if isinstance(shape, StructureShape) and isinstance(value, Mapping):
        names = {key: _member(shape, key) for key in value}
        return {
            name: params(shape.members[name], value[key]) if name in shape.members else value[key]
            for key, name in names.items()
            if value[key] is not None
        }
    if isinstance(shape, ListShape):
        return [params(shape.member, item) for item in (value if isinstance(value, list) else [value])]
    if isinstance(shape, MapShape) and isinstance(value, Mapping):
        return {key: params(shape.value, item) for key, item in value.items()}
    return _scalar(shape, value)


def props(value: Any) -> Value:
    """An API answer with keys as the provider spells them; lists keep the API's names."""
    if isinstance(value, Mapping):
        return {key[:1].lower() + key[1:]: props(item) for key, item in value.items()}
    if isinstance(value, list):
        return [props(item) for item in value]
    return value


def renamed(value: Props, names: Mapping[str, str]) -> Props:
    """`value` with some keys under other names."""
    return {names.get(key, key): item for key, item in value.items()}


def _member(shape: StructureShape, key: str) -> str:
    """The member that `key` spells: same letters, or the singular of a plural."""
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


def _scalar(shape: Shape, value: Value) -> Value:
    """The bridge lets a number or a boolean be written as text."""
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
