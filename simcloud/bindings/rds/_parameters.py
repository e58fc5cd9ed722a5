"""Which settings the engines have, and which of them wait for a restart."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from simcloud.bindings.rds._mysql_parameters import MYSQL
from simcloud.bindings.rds._postgres_parameters import POSTGRES, Parameters
from simcloud.refusal import Refusal
from simcloud.values import Value

_AURORAS_OWN = ("apg_", "aurora_", "babelfishpg_", "rds.", "server_audit_")
_SWITCHES = frozenset({"rds.force_ssl", "rds.logical_replication", "require_secure_transport"})
_METHODS = ("immediate", "pending-reboot")
_NAME = re.compile(r"[a-z][a-z0-9_]*([.-][a-z0-9_]+)*")
_NUMBER = re.compile(r"-?\d+|\{.+\}|(GREATEST|LEAST|SUM)\(.+\)")


def problems(family: str, parameters: list[Value]) -> Iterator[Refusal]:
    """What RDS would refuse of `parameters` (the provider's words) for a group of `family`."""
    seen: set[str] = set()
    for position, parameter in enumerate(parameters):
        if isinstance(parameter, Mapping):
            yield from _problems(family, parameter, f"parameters[{position}]")
            yield from _switch_problems(parameter, f"parameters[{position}]")
            name = parameter.get("name")
            if isinstance(name, str) and name in seen:
                text = f"The parameter {name} is there twice."
                yield Refusal("InvalidParameterValue", text, f"parameters[{position}].name")
            seen.add(str(name))


def _switch_problems(parameter: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    value = parameter.get("value")
    if parameter.get("name") in _SWITCHES and isinstance(value, str) and value not in ("0", "1"):
        text = f"Invalid parameter value: {value} for: {parameter['name']} allowed values are: 0,1"
        yield Refusal("InvalidParameterValue", text, f"{path}.value")


def is_static(family: str, name: str) -> bool:
    """Whether the engine reads the parameter at start only."""
    return name in _settings(family).static


def refusal(family: str, name: str, method: str) -> str:
    """Why RDS would not set the parameter, as text; empty if it would."""
    engine = _settings(family)
    near = difflib.get_close_matches(name, engine.known, n=1, cutoff=0.8)
    unknown = name not in engine.known and not name.startswith((*engine.prefixes, *_AURORAS_OWN))
    complete = engine.complete and not family.startswith("aurora")
    if not _NAME.fullmatch(name) or (unknown and (complete or near)):
        return f"Could not find parameter with name: {name}" + (f". Did you mean {near[0]}?" if near else "")
    if name in engine.fixed:
        return f"The parameter {name} cannot be modified."
    if method not in _METHODS:
        return f"The apply method {method!r} is not one of {', '.join(_METHODS)}."
    if method == "immediate" and is_static(family, name):
        return f"cannot use immediate apply method for static parameter {name}"
    return ""


def _settings(family: str) -> Parameters:
    """Aurora has its engine's settings, and more of its own."""
    return POSTGRES if family.removeprefix("aurora-").startswith("postgres") else MYSQL


def _problems(family: str, parameter: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    name, method = parameter.get("name"), parameter.get("applyMethod", "immediate")
    if not isinstance(name, str) or not isinstance(method, str):
        return
    text = refusal(family, name, method)
    if text:
        combination = text.startswith("cannot use")
        code = "InvalidParameterCombination" if combination else "InvalidParameterValue"
        fix = "set applyMethod to pending-reboot." if combination else ""
        yield Refusal(code, text, f"{path}.{'applyMethod' if 'apply method' in text else 'name'}", fix)
    engine = _settings(family)
    value = parameter.get("value")
    if name in engine.numeric and isinstance(value, str) and not _NUMBER.fullmatch(value):
        yield Refusal(
            "InvalidParameterValue",
            f"Invalid parameter value: {value} for: {name}; a whole number or a formula is needed, without a unit.",
            f"{path}.value",
        )
