"""Whether a test claims anything that could be false."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scripts.requirements.marked import Function

_CLAIMING_CALLS = ("raises", "warns")


def claims_nothing(function: Function) -> bool:
    """Without an assertion or an expected error, or with assertions of constants only."""
    return not any(_can_fail(one) for one in _claims(function))


def only_finds_text(function: Function) -> bool:
    """Every claim is that a literal stands somewhere in a file: true of a comment too."""
    claims = list(_claims(function))
    return bool(claims) and all(isinstance(one, ast.Assert) and _looks_up(one.test) for one in claims)


def _claims(function: Function) -> Iterator[ast.Assert | ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Call) and _expects_an_error(node)):
            yield node


def _expects_an_error(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in _CLAIMING_CALLS


def _can_fail(claim: ast.Assert | ast.Call) -> bool:
    return isinstance(claim, ast.Call) or not isinstance(claim.test, ast.Constant)


def _looks_up(test: ast.expr) -> bool:
    """`"text" in path.read_text()`, joined to others or not."""
    if isinstance(test, ast.BoolOp):
        return all(_looks_up(one) for one in test.values)
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Constant)
        and isinstance(test.ops[0], ast.In)
        and any(isinstance(node, ast.Attribute) and node.attr == "read_text" for node in ast.walk(test))
    )
