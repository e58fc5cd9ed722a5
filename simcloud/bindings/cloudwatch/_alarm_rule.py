"""The grammar of a composite alarm's rule: `ALARM("a") AND NOT (OK(b) OR TRUE)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# AWS: PutCompositeAlarm, CloudWatch API reference: «AlarmRule» (botocore 1.44.5), read 2026-11.
_ELEMENTS = 500
_CHILDREN = 100
_STATES = ("ALARM", "OK", "INSUFFICIENT_DATA")
_TOKEN = re.compile(
    r'\s*(?:(?P<state>ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^()"]+?))\s*\)'
    r"|(?P<word>AND|OR|NOT|TRUE|FALSE)\b|(?P<bracket>[()]))"
)


class RuleError(Exception):
    """Why a text is no alarm rule."""


@dataclass
class _Reader:
    tokens: list[tuple[str, str]]
    position: int = 0
    names: list[str] = field(default_factory=list)

    def next(self) -> tuple[str, str]:
        return self.tokens[self.position] if self.position < len(self.tokens) else ("end", "the end")

    def take(self) -> tuple[str, str]:
        token = self.next()
        self.position += 1
        return token


def alarms(text: str) -> list[str]:
    """The names (of alarms; an ARN counts by its name) in the rule `text`. Raises RuleError if it is no rule."""
    reader = _Reader(list(_tokens(text)))
    _expression(reader)
    kind, value = reader.next()
    if kind != "end":
        raise RuleError(f"AND or OR expected before {value!r}")
    counted = [
        kind for kind, value in reader.tokens if kind in ("alarm", "bracket") or value in ("TRUE", "FALSE")
    ]
    if len(counted) > _ELEMENTS:
        raise RuleError(f"it has {len(counted)} elements, at most {_ELEMENTS} are allowed")
    names = list(dict.fromkeys(reader.names))
    if len(names) > _CHILDREN:
        raise RuleError(f"it names {len(names)} alarms, at most {_CHILDREN} are allowed")
    return names


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position, end = 0, len(text.rstrip())
    while position < end:
        found = _TOKEN.match(text, position)
        if not found:
            raise RuleError(f"{text[position:].strip()[:40]!r} is not understood")
        position = found.end()
        if found["state"]:
            yield "alarm", found["quoted"] if found["quoted"] is not None else found["bare"]
        elif found["word"]:
            yield "word", found["word"]
        else:
            yield "bracket", found["bracket"]


def _expression(reader: _Reader) -> None:
    _term(reader)
    while reader.next() in (("word", "AND"), ("word", "OR")):
        reader.take()
        _term(reader)


def _term(reader: _Reader) -> None:
    while reader.next() == ("word", "NOT"):
        reader.take()
    kind, value = reader.take()
    if kind == "alarm":
        reader.names.append(_name(value))
    elif (kind, value) == ("bracket", "("):
        _expression(reader)
        if reader.take() != ("bracket", ")"):
            raise RuleError("a bracket is not closed")
    elif value not in ("TRUE", "FALSE"):
        raise RuleError(f"{', '.join(_STATES)}, TRUE, FALSE, NOT or ( expected, {value!r} found")


def _name(value: str) -> str:
    if not value.strip():
        raise RuleError("an alarm's name is empty")
    return value.split(":alarm:", 1)[-1] if value.startswith("arn:") else value
