"""Reads the schema of a resource type from the classes of the provider's own Python package."""

from __future__ import annotations

import importlib
import inspect
import sys
import typing
from collections.abc import Awaitable, Mapping
from enum import Enum
from types import ModuleType
from typing import Any

from pulumi import Output, _types

from simcloud.property_types import ListOf, MapOf, ObjectFields, ObjectOf, PropertyType, Scalar

_PACKAGES = {"aws": "pulumi_aws", "cloudflare": "pulumi_cloudflare"}
_RENAMED_MODULES = {"lambda": "lambda_", "index": ""}
_KINDS: Mapping[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


class SchemaSource:
    """One resource class and the argument classes that it refers to."""

    def __init__(self, token: str) -> None:
        """Raises KeyError if the provider has no such type."""
        package, module_path, name = token.split(":")
        resource = getattr(_module(package, module_path.split("/")[0]), name, None)
        if resource is None:
            raise KeyError(token)
        self._resource: Any = resource
        self._arguments = _arguments(sys.modules[resource.__module__], name)
        self.objects: dict[str, ObjectFields] = {}
        self.inputs = self._fields(self._arguments)

    @property
    def outputs(self) -> frozenset[str]:
        """Every property of the resource."""
        return frozenset(_types.resource_types(self._resource))

    @property
    def always(self) -> frozenset[str]:
        """Outputs that are not optional."""
        names: Mapping[str, str] = _types.resource_py_to_pulumi_names(self._resource)
        hints = {name: getattr(self._resource, name).fget.__annotations__.get("return") for name in names}
        return frozenset(names[name] for name, hint in hints.items() if not _is_optional(hint))

    def _fields(self, arguments: type) -> ObjectFields:
        types: Mapping[str, Any] = _types.input_type_types(arguments)
        fields = {name: self._type(expected) for name, expected in types.items()}
        return ObjectFields(fields, _required(arguments))

    def _type(self, annotated: Any) -> PropertyType:
        expected = plain(annotated)
        origin = typing.get_origin(expected)
        if origin is not None and issubclass(origin, Mapping):
            return MapOf(self._type(typing.get_args(expected)[1]))
        if origin is not None:
            return ListOf(self._type(typing.get_args(expected)[0]))
        if not _types.is_input_type(expected):
            return Scalar(_KINDS.get(expected, "any"))
        if expected.__name__ not in self.objects:
            self.objects[expected.__name__] = ObjectFields({}, frozenset())
            self.objects[expected.__name__] = self._fields(expected)
        return ObjectOf(expected.__name__)


def plain(expected: Any) -> Any:
    """The type itself out of `Input[...]`, `Optional[...]` and unions with an enum."""
    if typing.get_origin(expected) is not typing.Union:
        return expected
    members = [member for member in typing.get_args(expected) if not _is_later(member)]
    open_ended = [member for member in members if not (isinstance(member, type) and issubclass(member, Enum))]
    return plain(open_ended[0]) if open_ended else str


def _is_later(member: Any) -> bool:
    """Whether it is `None`, or one of the promises that `Input[...]` adds to what it holds."""
    return member is type(None) or typing.get_origin(member) in (Awaitable, Output)


def _arguments(module: ModuleType, name: str) -> type:
    """The class of the inputs; the SDK calls it `…InitArgs` where a nested type took the plain name."""
    arguments: type = getattr(module, f"{name}InitArgs", None) or getattr(module, f"{name}Args")
    return arguments


def _is_optional(hint: Any) -> bool:
    held = typing.get_args(hint)
    return bool(held) and type(None) in typing.get_args(held[0])


def _module(package: str, name: str) -> ModuleType:
    renamed = _RENAMED_MODULES.get(name, name)
    return importlib.import_module(".".join(filter(None, (_PACKAGES[package], renamed))))


def _required(arguments: type) -> frozenset[str]:
    names: Mapping[str, str] = _types.input_type_py_to_pulumi_names(arguments)
    parameters = inspect.signature(arguments).parameters.values()
    return frozenset(
        names[parameter.name]
        for parameter in parameters
        if parameter.default is inspect.Parameter.empty and parameter.name in names
    )
