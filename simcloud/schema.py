"""The schema of a resource type, read from the classes of the provider's own Python package."""

from __future__ import annotations

import difflib
import importlib
import inspect
import sys
import threading
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import ModuleType
from typing import Any

from pulumi import _types

from simcloud.refusal import Refusal
from simcloud.values import Unknown, Value

_PACKAGES = {"aws": "pulumi_aws", "cloudflare": "pulumi_cloudflare"}
_RENAMED_MODULES = {"lambda": "lambda_", "index": ""}


@dataclass(frozen=True)
class Schema:
    """The properties of one resource type under their wire (camelCase) names."""

    token: str
    inputs: Mapping[str, Any]
    required: frozenset[str]
    outputs: frozenset[str]
    always: frozenset[str]
    """Outputs that always have a value: the cloud computes them when they are not given."""

    @property
    def computed(self) -> frozenset[str]:
        """Outputs that cannot be given."""
        return self.outputs - self.inputs.keys()

    def problems(self, props: Mapping[str, Value]) -> Iterator[Refusal]:
        """Unknown, missing and mistyped properties, nested ones included."""
        yield from _object_problems(self.inputs, self.required, props, "")


# The provider's package loads its modules on demand, which two threads cannot do at once.
_loading = threading.RLock()


def schema_of(token: str) -> Schema:
    """The schema of `token` (such as `aws:ec2/vpc:Vpc`). Raises KeyError if the provider has no such type."""
    with _loading:
        return _schema_of(token)


@cache
def _schema_of(token: str) -> Schema:
    package, module_path, name = token.split(":")
    module = _module(package, module_path.split("/")[0])
    resource = getattr(module, name, None)
    if resource is None:
        raise KeyError(token)
    arguments = _arguments(sys.modules[resource.__module__], name)
    return Schema(
        token=token,
        inputs=_types.input_type_types(arguments),
        required=_required(arguments),
        outputs=frozenset(_types.resource_types(resource)),
        always=_always(resource),
    )


def _arguments(module: ModuleType, name: str) -> type:
    """The class of the inputs; the SDK calls it `…InitArgs` where a nested type took the plain name."""
    arguments: type = getattr(module, f"{name}InitArgs", None) or getattr(module, f"{name}Args")
    return arguments


def _always(resource: type) -> frozenset[str]:
    names: Mapping[str, str] = _types.resource_py_to_pulumi_names(resource)
    hints = {name: typing.get_type_hints(getattr(resource, name).fget).get("return") for name in names}
    return frozenset(names[name] for name, hint in hints.items() if not _is_optional(hint))


def _is_optional(hint: Any) -> bool:
    held = typing.get_args(hint)
    return bool(held) and type(None) in typing.get_args(held[0])


def _module(package: str, name: str) -> ModuleType:
    renamed = _RENAMED_MODULES.get(name, name)
    return importlib.import_module(".".join(filter(None, (_PACKAGES[package], renamed))))


@cache
def _required(arguments: type) -> frozenset[str]:
    names: Mapping[str, str] = _types.input_type_py_to_pulumi_names(arguments)
    parameters = inspect.signature(arguments).parameters.values()
    return frozenset(
        names[parameter.name]
        for parameter in parameters
        if parameter.default is inspect.Parameter.empty and parameter.name in names
    )


def _object_problems(
    types: Mapping[str, Any], required: frozenset[str], props: Mapping[str, Value], path: str
) -> Iterator[Refusal]:
    for name in sorted(required - props.keys()):
        yield Refusal("MissingParameter", f"missing required property {name!r}", _join(path, name))
    for name, value in props.items():
        if name in types:
            yield from _value_problems(types[name], value, _join(path, name))
        elif not name.startswith("__"):
            yield _unknown_property(name, types, path)


def _unknown_property(name: str, types: Mapping[str, Any], path: str) -> Refusal:
    near = difflib.get_close_matches(name, types, n=1)
    return Refusal(
        "UnknownParameter",
        f"unknown property {name!r}." + (f" Did you mean {near[0]!r}?" if near else ""),
        _join(path, name),
    )


def _value_problems(expected: Any, value: Value, path: str) -> Iterator[Refusal]:
    expected = plain(expected)
    if value is None or isinstance(value, Unknown) or expected is Any:
        return
    origin = typing.get_origin(expected)
    if origin is not None and issubclass(origin, Mapping):
        yield from _map_problems(typing.get_args(expected)[1], value, path)
    elif origin is not None:
        yield from _list_problems(typing.get_args(expected)[0], value, path)
    elif _types.is_input_type(expected):
        yield from _nested_problems(expected, value, path)
    elif not _fits(expected, value):
        yield _mistyped(_word(expected), value, path)


def plain(expected: Any) -> Any:
    """The type itself out of `Input[...]`, `Optional[...]` and unions with an enum."""
    if typing.get_origin(expected) is not typing.Union:
        return expected
    members = [member for member in typing.get_args(expected) if member is not type(None)]
    open_ended = [member for member in members if not (isinstance(member, type) and issubclass(member, Enum))]
    return plain(open_ended[0]) if open_ended else str


def _map_problems(item: Any, value: Value, path: str) -> Iterator[Refusal]:
    if not isinstance(value, Mapping):
        yield _mistyped("a map", value, path)
        return
    for key, entry in value.items():
        yield from _value_problems(item, entry, _join(path, key))


def _list_problems(item: Any, value: Value, path: str) -> Iterator[Refusal]:
    if not isinstance(value, list):
        yield _mistyped("a list", value, path)
        return
    for position, entry in enumerate(value):
        yield from _value_problems(item, entry, f"{path}[{position}]")


def _nested_problems(expected: type, value: Value, path: str) -> Iterator[Refusal]:
    if not isinstance(value, Mapping):
        yield _mistyped("an object", value, path)
        return
    yield from _object_problems(_types.input_type_types(expected), _required(expected), value, path)


def _fits(expected: Any, value: Value) -> bool:
    if expected is bool:
        return isinstance(value, bool) or value in ("true", "false")
    if expected in (int, float):
        return not isinstance(value, bool) and (isinstance(value, int | float) or _is_number(value))
    if expected is str:
        return isinstance(value, str | int | float)
    return True


def _is_number(value: Value) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def _word(expected: Any) -> str:
    return {bool: "a boolean", int: "a whole number", float: "a number", str: "a string"}.get(
        expected, str(expected)
    )


def _mistyped(expected: str, value: Value, path: str) -> Refusal:
    return Refusal("InvalidParameterType", f"expected {expected}, got {type(value).__name__}", path)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
