"""The parameters of a group of settings, of instances or of clusters: brought up to date, read back, judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from simcloud.bindings.rds import _parameters
from simcloud.bindings.rds._aurora import EVERY
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

# AWS: ModifyDBParameterGroup takes at most 20 parameters in one request; from memory, not verified.
_AT_ONCE = 20


def bring(
    modify: Callable[..., Any], reset: Callable[..., Any], group: Mapping[str, str], new: Props, old: Props
) -> None:
    """Make the parameters of `group` (the argument that names it) those of `new`, given those of `old`."""
    wanted, before = _by_name(new), _by_name(old)
    changed = [parameter for name, parameter in wanted.items() if parameter != before.get(name)]
    gone = [
        {key: parameter[key] for key in ("ParameterName", "ApplyMethod")}
        for name, parameter in before.items()
        if name not in wanted
    ]
    for start in range(0, len(changed), _AT_ONCE):
        modify(**group, Parameters=changed[start : start + _AT_ONCE])
    for start in range(0, len(gone), _AT_ONCE):
        reset(**group, ResetAllParameters=False, Parameters=gone[start : start + _AT_ONCE])


def properties(listed: list[Mapping[str, Any]]) -> list[Value]:
    """What AWS lists, as the property `parameters`."""
    return [
        {"name": item["ParameterName"], "value": item["ParameterValue"], "applyMethod": item["ApplyMethod"]}
        for item in listed
    ]


def problems(new: Props) -> Iterator[Refusal]:
    """What is wrong with the family, or with the parameters for it."""
    families = sorted(family for engine in EVERY.values() for family in engine.families)
    family = new["family"]
    if isinstance(family, str) and family not in families:
        yield Refusal(
            "InvalidParameterValue",
            f"ParameterGroupFamily {family} is not a valid family; known are {', '.join(families)}.",
            "family",
        )
    elif isinstance(family, str) and isinstance(new.get("parameters"), list):
        yield from _parameters.problems(family, new["parameters"])


def _by_name(props: Props) -> dict[str, Any]:
    return {
        parameter["name"]: {
            "ParameterName": parameter["name"],
            "ParameterValue": str(parameter["value"]),
            "ApplyMethod": parameter.get("applyMethod", "immediate"),
        }
        for parameter in props.get("parameters") or ()
    }
