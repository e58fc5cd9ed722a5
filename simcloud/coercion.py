"""Scalars in the type that the schema asks for: the provider takes "80" where it wants a number, and 80 where text."""

from __future__ import annotations

from collections.abc import Mapping

from simcloud.property_types import ListOf, MapOf, ObjectOf, PropertyType, Scalar
from simcloud.schema import Schema
from simcloud.schema_problems import Objects
from simcloud.values import Props, Value


def coerced(schema: Schema, props: Props) -> Props:
    """`props`, which fit the schema, with every scalar of the schema's own type."""
    return _fields(schema.inputs, schema.objects, props)


def _fields(fields: Mapping[str, PropertyType], objects: Objects, props: Mapping[str, Value]) -> Props:
    return {
        name: _value(fields[name], objects, item) if name in fields else item for name, item in props.items()
    }


def _value(expected: PropertyType, objects: Objects, value: Value) -> Value:
    if isinstance(expected, Scalar):
        return _scalar(expected.kind, value)
    if isinstance(expected, ListOf) and isinstance(value, list):
        return [_value(expected.item, objects, item) for item in value]
    if isinstance(expected, MapOf) and isinstance(value, Mapping):
        return {key: _value(expected.item, objects, item) for key, item in value.items()}
    if isinstance(expected, ObjectOf) and isinstance(value, Mapping):
        return _fields(objects[expected.name].fields, objects, value)
    return value


def _scalar(kind: str, value: Value) -> Value:
    if kind == "string" and isinstance(value, bool | int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if kind == "boolean" and isinstance(value, str):
        return value == "true"
    if kind == "integer" and isinstance(value, str):
        return int(float(value))
    if kind == "number" and isinstance(value, str):
        return float(value)
    return value
