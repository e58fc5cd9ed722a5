"""Whether an expression of the rules language can be read: quotes, brackets, and known words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.cloudflare.expression_words import CONSTANTS, FUNCTIONS, OPERATORS, is_field

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<text>r?"(?:[^"\\]|\\.)*"|r(?P<hash>\#+)"[\s\S]*?"(?P=hash))
    |(?P<list>\$[\w.]+)
    |(?P<value>[0-9a-fA-F]*:[0-9a-fA-F:.]*(?:/\d+)?|\d[\w.]*(?:/\d+)?(?:\.\.[\d.]+)?)
    |(?P<word>[A-Za-z_][\w.]*)
    |(?P<sign>&&|\|\||\^\^|==|!=|<=|>=|[()\[\]{},~<>!*])""",
    re.VERBOSE,
)
_PAIRS = {")": "(", "]": "[", "}": "{"}
_LONGEST = 4096


def problem_of(expression: str, *, response: bool = False) -> str:
    """Why the expression cannot be parsed, in the API's manner; empty if it can.

    `response` says whether the phase runs after the origin has answered: only then there are `http.response` fields.
    """
    if not expression.strip():
        return "the expression cannot be blank"
    if len(expression) > _LONGEST:
        return f"the expression has {len(expression)} characters, at most {_LONGEST} are allowed"
    opened: list[str] = []
    braces = 0
    for at, kind, token, after in _tokens(expression):
        if kind == "":
            return _parse_error(at, token, "unrecognised input")
        if token in "([{" and kind == "sign":
            opened.append(token)
        elif token in _PAIRS and (not opened or opened.pop() != _PAIRS[token]):
            return _parse_error(at, token, "unexpected closing bracket")
        braces = opened.count("{")
        if kind == "word" and not braces:
            reason = _word_problem(token, after, response)
            if reason:
                return _parse_error(at, token, reason)
    return _parse_error(len(expression), expression[-10:], "missing closing bracket") if opened else ""


def _tokens(expression: str) -> Iterator[tuple[int, str, str, str]]:
    """Position, kind, token and what stands behind it; kind is empty for what is no token."""
    position = 0
    while position < len(expression):
        match = _TOKEN.match(expression, position)
        if match is None:
            yield position, "", expression[position : position + 20], ""
            return
        kind = "text" if match["text"] is not None else str(match.lastgroup)
        position = match.end()
        if kind != "space":
            yield match.start(), kind, match[0], expression[position:].lstrip()[:1]


def _word_problem(word: str, after: str, response: bool) -> str:
    if word in OPERATORS and word not in FUNCTIONS:
        return ""
    if after == "(" and not is_field(word):
        return "" if word in FUNCTIONS else "unknown function"
    if word in CONSTANTS:
        return ""
    if not is_field(word):
        return "unknown identifier"
    if word.startswith(("http.response.", "raw.http.response.")) and not response:
        return "unknown identifier: there is no response in this phase"
    return ""


def _parse_error(at: int, token: str, reason: str) -> str:
    return f"could not parse filter expression: Filter parsing error (1:{at + 1}): {token} {reason}"
