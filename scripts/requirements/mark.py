"""One `pytest.mark.proves(...)`, as its syntax tree says it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

NAME = "proves"


class Way(StrEnum):
    """What shows that a requirement holds."""

    INFRASTRUCTURE = "infrastructure"
    POLICY = "policy"
    APPLICATION = "application"
    COMMAND_LINE = "command line"
    DOCUMENTATION = "documentation"


ROOMS = {
    "tests/policies/": Way.POLICY,
    "tests/plinth/": Way.COMMAND_LINE,
    "tests/docs/": Way.DOCUMENTATION,
}
"""Where a test lies says how it proves, unless its mark says otherwise; everywhere else it is infrastructure."""


@dataclass(frozen=True)
class Mark:
    """The ids that a mark names, and how its test proves them."""

    ids: tuple[str, ...]
    way: Way


class MarkError(Exception):
    """A mark that cannot be read without running it."""


def way_of(path: str) -> Way:
    """How the tests of a file (relative to the root) prove, if their marks do not say."""
    return next((way for room, way in ROOMS.items() if path.startswith(room)), Way.INFRASTRUCTURE)


def mentions(node: ast.AST) -> Iterator[ast.Attribute]:
    """Every `….mark.proves` below `node`."""
    return (one for one in ast.walk(node) if isinstance(one, ast.Attribute) and is_mark(one))


def is_mark(node: ast.AST) -> bool:
    """Whether it is `….mark.proves`."""
    if not isinstance(node, ast.Attribute) or node.attr != NAME:
        return False
    inner = node.value
    return (inner.attr if isinstance(inner, ast.Attribute) else getattr(inner, "id", "")) == "mark"


def parse(call: ast.Call, default: Way) -> Mark:
    """The mark that `call` makes; `MarkError` if it says anything but literal ids and a way."""
    ids = tuple(_literal(one) for one in call.args)
    if not ids:
        raise MarkError(f'it names no requirement. Expected ids. Fix: {NAME}("S0-36")')
    ways = [_way(keyword) for keyword in call.keywords]
    return Mark(ids, ways[0] if ways else default)


def _literal(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise MarkError(f"{ast.unparse(node)} is only known when the tests run. Expected ids as literal texts")


def _way(keyword: ast.keyword) -> Way:
    said = _literal(keyword.value)
    if keyword.arg == "by" and said in set(Way):
        return Way(said)
    raise MarkError(f"unknown {keyword.arg}={said!r}. Expected by= one of {', '.join(Way)}")
