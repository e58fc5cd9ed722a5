"""Answers in the shape of a look-up's result: single blocks as lists of one, under a name in the plural."""

from __future__ import annotations

import re
import sys
import typing
from collections.abc import Callable, Mapping
from typing import Any

from pulumi import _types

from simcloud.schema_source import plain
from simcloud.values import Props, Value

_EMPTY: Mapping[Any, Value] = {bool: False, int: 0, float: 0, str: ""}


def result_of(function: Callable[..., Any]) -> type:
    """The SDK's result class of a look-up such as `aws.lb.get_listener`."""
    # Not imported by its name: in pulumi_aws the function hides the module.
    module = sys.modules[function.__module__]
    name = re.sub(r"(?:^|_)(\w)", lambda letter: letter.group(1).upper(), function.__name__)
    result: type = getattr(module, f"{name}Result")
    return result


def answered(result: type, found: Mapping[str, Value]) -> Props:
    """Everything that `result` holds, out of `found`; what is not there is empty."""
    types: Mapping[str, Any] = _types.output_type_types(result)
    return {name: _property(plain(expected), name, found) for name, expected in types.items()}


def _property(expected: Any, name: str, found: Mapping[str, Value]) -> Value:
    items = typing.get_args(expected)
    if not items:
        value = found.get(name)
        if expected not in _EMPTY:
            return answered(expected, value or {})
        return _EMPTY[expected] if value is None else value
    value = next((found[said] for said in _singulars(name) if found.get(said) is not None), [])
    blocks = value if isinstance(value, list) else [value]
    return [answered(items[0], block) if isinstance(block, Mapping) else block for block in blocks]


def _singulars(name: str) -> tuple[str, ...]:
    return name, name.removesuffix("s"), name.removesuffix("es"), f"{name.removesuffix('ies')}y"
