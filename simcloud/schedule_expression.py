"""The schedule expressions that AWS's services share: `cron(...)`, `rate(...)` and `at(...)`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

KINDS: Final = ("cron", "rate", "at")
_UNITS: Final = ("minute", "hour", "day")
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


@dataclass(frozen=True)
class _Field:
    """One field of a cron expression: numbers from `low` to `high`, names, and what is special to it."""

    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()
    special: str = ""

    def refuses(self, text: str) -> bool:
        return not all(self._holds(part) for part in text.upper().split(","))

    def _holds(self, part: str) -> bool:
        if part == "*" or (self.special and (part == "?" or re.fullmatch(self.special, part))):
            return True
        start, slash, step = part.partition("/")
        if slash and not (step.isdecimal() and int(step)):
            return False
        return (start == "*" and bool(slash)) or all(map(self._is_value, start.split("-", 1)))

    def _is_value(self, item: str) -> bool:
        return item in self.names or (item.isdecimal() and self.low <= int(item) <= self.high)


# AWS: Cron expressions reference, Amazon EventBridge User Guide, read 2026-11
_FIELDS: Final = (
    _Field("minutes", 0, 59),
    _Field("hours", 0, 23),
    _Field("day-of-month", 1, 31, special=r"L|LW|L-([1-9]|[12]\d|30)|([1-9]|[12]\d|3[01])W"),
    _Field("month", 1, 12, _MONTHS),
    _Field("day-of-week", 1, 7, _DAYS, special=rf"L|([1-7]|{'|'.join(_DAYS)})(L|#[1-5])"),
    _Field("year", 1970, 2199),
)


def problem(text: str, kinds: Collection[str] = KINDS, *, agreeing: bool = False) -> str:
    """What is wrong with `text` as a schedule expression of one of `kinds`; "" if nothing is.

    `agreeing`: whether the service wants the unit of a rate to agree with its number, `rate(1 hour)` but
    `rate(2 hours)`, as EventBridge's rules do.
    """
    found = re.fullmatch(r"(cron|rate|at)\((.*)\)", text)
    if not found or found[1] not in kinds:
        expected = " or ".join(f"{kind}(...)" for kind in KINDS if kind in kinds)
        return f"{text!r} is no {expected} expression."
    kind, inner = found[1], found[2]
    fault = {"cron": _cron(inner), "rate": _rate(inner, agreeing), "at": _at(inner)}[kind]
    return f"{text!r} is no {kind} expression: {fault}." if fault else ""


def _cron(inner: str) -> str:
    given = inner.split()
    if len(given) != len(_FIELDS):
        return f"it has {len(given)} fields, expected 6 (minutes hours day-of-month month day-of-week year)"
    return next(_cron_faults(given), "")


def _cron_faults(given: list[str]) -> Iterator[str]:
    for field, text in zip(_FIELDS, given, strict=True):
        if field.refuses(text):
            words = f" or {field.names[0]}-{field.names[-1]}" if field.names else ""
            yield f"{field.name} {text!r} is not within {field.low}-{field.high}{words}"
    # AWS: Cron expressions reference: if one of the two is specified, the other must be `?`; read 2026-11
    if (given[2] == "?") == (given[4] == "?"):
        yield "exactly one of day-of-month and day-of-week must be '?'"
    if "#" in given[4] and "," in given[4]:
        yield "with '#', day-of-week takes a single expression"


def _rate(inner: str, agreeing: bool) -> str:
    found = re.fullmatch(r"(\d+) +([a-z]+?)(s?)", inner)
    if not found or found[2] not in _UNITS:
        return "expected rate(<number> minute|minutes|hour|hours|day|days)"
    number, unit, plural = int(found[1]), found[2], found[3]
    if number < 1:
        return "the number must be positive"
    # AWS: Rate expressions reference, EventBridge User Guide: not rate(1 hours) nor rate(5 hour); read 2026-11
    if agreeing and (number == 1) == bool(plural):
        return f"expected '{number} {unit}{'' if number == 1 else 's'}'"
    return ""


def _at(inner: str) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", inner):
        return "expected at(yyyy-mm-ddThh:mm:ss)"
    try:
        datetime.fromisoformat(inner)
    except ValueError as wrong:
        return str(wrong)
    return ""
