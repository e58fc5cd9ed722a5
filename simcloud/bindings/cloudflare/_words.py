"""Between the provider's camelCase and the API's snake_case, guided by the schema: keys of free maps stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from simcloud.property_types import ListOf, MapOf, ObjectFields, ObjectOf, PropertyType, Scalar
from simcloud.schema import Schema, schema_of
from simcloud.values import Props, Value


class Words:
    """The words of one type."""

    def __init__(self, schema: Schema, renamed: Mapping[str, str]) -> None:
        self._schema = schema
        self._to_api = renamed
        self._to_property = {api: name for name, api in renamed.items()}

    def body(self, props: Props) -> dict[str, Value]:
        """Properties as a body of the API."""
        return self._object(self._schema.arguments, props)

    def props(self, answer: Mapping[str, Value]) -> Props:
        """An answer of the API as properties."""
        found: Props = self._answered(None, answer)
        for name, expected in self._schema.inputs.items():
            if (api := self.name(name)) in answer:
                found[name] = self._answered(expected, answer[api])
        return found

    def name(self, property_name: str) -> str:
        """The API's name of a property."""
        return self._to_api.get(property_name) or snake(property_name)

    def property_of(self, name: str) -> str:
        """The provider's name of what the API calls so."""
        return self._to_property.get(name) or camel(name)

    def path(self, at: str) -> str:
        """A place in a body as a property path."""
        steps = [(step, step.partition("[")) for step in at.split(".")]
        return ".".join(self.property_of(name) + bracket + rest for _, (name, bracket, rest) in steps)

    def _object(self, fields: ObjectFields, props: Mapping[str, Value]) -> dict[str, Value]:
        return {
            self.name(key): self._value(fields.fields.get(key), value)
            for key, value in props.items()
            if value is not None
        }

    def _value(self, expected: PropertyType | None, value: Value) -> Value:
        if isinstance(expected, ObjectOf) and isinstance(value, Mapping):
            return self._object(self._schema.objects[expected.name], value)
        if isinstance(expected, ListOf) and isinstance(value, list):
            return [self._value(expected.item, item) for item in value]
        if isinstance(expected, MapOf) and isinstance(value, Mapping):
            return {key: self._value(expected.item, item) for key, item in value.items()}
        return value

    def _answered(self, expected: PropertyType | None, value: Any) -> Any:
        if isinstance(expected, Scalar):
            return value
        if isinstance(expected, MapOf) and isinstance(value, Mapping):
            return {key: self._answered(expected.item, item) for key, item in value.items()}
        if isinstance(value, Mapping):
            return self._answered_object(expected, value)
        if isinstance(value, list):
            item_type = expected.item if isinstance(expected, ListOf) else None
            return [self._answered(item_type, item) for item in value]
        return value

    def _answered_object(self, expected: PropertyType | None, value: Mapping[str, Value]) -> Props:
        """Where the schema knows the object, what it does not name is the API's own business."""
        named = {self.property_of(key): item for key, item in value.items() if item is not None}
        if not isinstance(expected, ObjectOf):
            return {key: self._answered(None, item) for key, item in named.items()}
        fields = self._schema.objects[expected.name].fields
        return {key: self._answered(fields[key], item) for key, item in named.items() if key in fields}


@cache
def words_of(token: str, renamed: tuple[tuple[str, str], ...]) -> Words:
    """The words of a type."""
    return Words(schema_of(token), dict(renamed))


def snake(name: str) -> str:
    """`zoneId` as `zone_id`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def camel(name: str) -> str:
    """`zone_id` as `zoneId`."""
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name)
