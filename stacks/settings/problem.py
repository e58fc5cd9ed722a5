"""One thing that is wrong with the settings: where, what, what was expected, and what to do."""

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class SetTo:
    """The fix that gives one setting another value, as a command to copy."""

    path: str
    value: Any

    def words(self, stack: str) -> str:
        """A `pulumi config set` for one value; a line of the stack file for null, lists and mappings."""
        # `pulumi config set` would write the text "null".
        if self.value is None or isinstance(self.value, list | tuple | dict):
            return (
                f"write {as_yaml(self.value)} for {self.path} under plinth:overrides in Pulumi.{stack}.yaml"
            )
        target = shlex.quote(f"plinth:overrides.{self.path}")
        return f"pulumi config set -s {stack} --path {target} {shlex.quote(as_yaml(self.value))}"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`fix` is a sentence without its full stop, or a value to set; `involves`: the settings it rests on."""

    path: str
    problem: str
    expected: str
    fix: str | SetTo
    involves: tuple[str, ...] = ()

    def words(self, stack: str) -> str:
        """`path: problem. Expected … Fix: …`"""
        return f"{self.path}: {self.problem}. Expected {self.expected}. Fix: {self.fix_words(stack)}"

    def fix_words(self, stack: str) -> str:
        """What to do, in words."""
        return self.fix if isinstance(self.fix, str) else self.fix.words(stack)


def as_yaml(value: Any) -> str:
    """`value` as one writes it in a stack file, on one line; text by itself stays as it is."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_inside(item) for item in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_inside(key)}: {_inside(item)}" for key, item in value.items()) + "}"
    whole = isinstance(value, float) and value.is_integer() and abs(value) < _EXACT
    return f"{value:.0f}" if whole else str(value)


# Above it, a float is not the whole number that it shows.
_EXACT = 2.0**53
# What YAML takes for text without quotes, in braces and brackets too.
_PLAIN = re.compile(r"[A-Za-z_/]([\w/.+ -]*[\w/.+-])?(:[\w/.+-]+)*|\d[\d.]*/\d+|\d+(\.\d+){2,}")
_OTHER = re.compile(r"true|false|yes|no|on|off|null|y|n", re.IGNORECASE)


def _inside(value: Any) -> str:
    if isinstance(value, str) and (not _PLAIN.fullmatch(value) or _OTHER.fullmatch(value)):
        quoted = json.dumps(value, ensure_ascii=False)
        return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in quoted)
    return as_yaml(value)
