"""Requests by their path, as the web application firewall matches them: plain values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

Statement = dict[str, Any]

# `/%61dmin/`, `//admin/`, `/x/../admin/` and `/Admin/` lead to the same page of many applications.
_AS_APPLICATIONS_READ = ("URL_DECODE", "NORMALIZE_PATH", "LOWERCASE")

# AWS: WAF API, ByteMatchStatement.SearchString and RegexMatchStatement.RegexString (botocore 1.44.5), read 2026-11
_LONGEST_SEARCH_BYTES, _LONGEST_REGEX = 200, 512

_WILDCARDS = {"*": ".*", "?": "."}


def matching(paths: Sequence[str]) -> Statement:
    """Whether a request is for one of `paths`, in which * stands for anything and ? for one character."""
    found = [_match(path.lower()) for path in paths]
    return found[0] if len(found) == 1 else {"or_statement": {"statements": found}}


def path_problems(what: str, paths: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What AWS would refuse about the paths of `what`: problem, what is expected, fix."""
    for path in paths:
        if not path.startswith("/"):
            yield f"{what} is for {path!r}", "a path that begins with /", "correct paths"
        elif len(path) > _LONGEST_SEARCH_BYTES or len(_regex(path)) > _LONGEST_REGEX:
            yield (
                f"{what} is for a path of {len(path)} characters",
                f"at most {_LONGEST_SEARCH_BYTES}",
                "shorten it by a pattern",
            )


def _match(path: str) -> Statement:
    if not set(path) & set(_WILDCARDS):
        return {"byte_match_statement": {**_bytes("EXACTLY", path), **_where()}}
    if not set(path[:-1]) & set(_WILDCARDS) and path.endswith("*"):
        return {"byte_match_statement": {**_bytes("STARTS_WITH", path[:-1]), **_where()}}
    return {"regex_match_statement": {"regex_string": _regex(path), **_where()}}


def _bytes(constraint: str, text: str) -> Statement:
    return {"positional_constraint": constraint, "search_string": text}


def _regex(path: str) -> str:
    return "^" + "".join(_WILDCARDS.get(sign) or re.escape(sign) for sign in path) + "$"


def _where() -> Statement:
    return {
        "field_to_match": {"uri_path": {}},
        "text_transformations": [
            {"priority": place, "type": kind} for place, kind in enumerate(_AS_APPLICATIONS_READ)
        ],
    }
