"""One setting of a database server, as RDS wants it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from components.errors import ComponentError


class Apply(StrEnum):
    """When RDS puts a change into effect: at once, or with the next restart."""

    IMMEDIATE = "immediate"
    REBOOT = "pending-reboot"


@dataclass(frozen=True, order=True)
class Parameter:
    """A parameter's name, its value in the unit of the engine, and when a change applies."""

    name: str
    value: str
    apply: Apply


@dataclass(frozen=True)
class Unit:
    """What one step of a parameter is worth: `size` bytes or milliseconds, called `label`."""

    kind: str
    size: int
    label: str


KB, MB = 1024, 1024**2
BYTE = Unit("size", 1, "bytes")
KILOBYTE = Unit("memory", KB, "kB")
PAGE = Unit("memory", 8 * KB, "8 kB pages")
MEGABYTE = Unit("memory", MB, "MB")
MILLISECOND = Unit("time", 1, "ms")
SECOND = Unit("time", 1000, "s")

# PostgreSQL's own unit words (manual, "Parameter Names and Values"): memory is counted in 1024s. MySQL's manual
# writes sizes with one letter; both ways are taken for its variables.
_MEMORY = {"B": 1, "kB": KB, "KB": KB, "MB": MB, "GB": 1024**3, "TB": 1024**4}
_WORDS = {
    "memory": _MEMORY,
    "size": {**_MEMORY, "K": KB, "M": MB, "G": 1024**3},
    "time": {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000},
}
_HUMAN = re.compile(r"(\d+(?:\.\d+)?)\s*([A-Za-z]+)")


def in_units(where: str, name: str, value: str, unit: Unit | None) -> str:
    """`value` as the plain number that RDS expects; what has no unit word is passed through."""
    match = _HUMAN.fullmatch(value)
    if unit is None or match is None:
        return value
    amount, word = Fraction(match[1]), match[2]
    factor = _WORDS[unit.kind].get(word)
    if factor is None:
        raise _unknown_word(where, name, value, unit)
    steps = amount * factor / unit.size
    if steps.denominator != 1:
        raise _not_whole(where, name, value, unit)
    return str(steps.numerator)


def _unknown_word(where: str, name: str, value: str, unit: Unit) -> ComponentError:
    words = ", ".join(_WORDS[unit.kind])
    return ComponentError(
        where,
        f"parameter `{name}` has the value `{value}`, whose unit is not one of {unit.kind}",
        expected=f"a plain number ({unit.label}) or one with {words}",
        fix=f"write `{name}` with one of these units",
    )


def _not_whole(where: str, name: str, value: str, unit: Unit) -> ComponentError:
    return ComponentError(
        where,
        f"parameter `{name}` has the value `{value}`, which is no whole number of {unit.label}",
        expected=f"a multiple of {unit.label}",
        fix="round it",
    )
