"""Checks that many types share: of one value, at one path, told with the service's own code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from simcloud.refusal import Refusal
from simcloud.values import Props, Value, is_known


def at(props: Props, path: str) -> Value:
    """The value at `path`, such as `stickiness.type` or `rules[0].name`; None if there is none."""
    value: Value = props
    for name in re.findall(r"\w+", path):
        if isinstance(value, list) and name.isdigit():
            value = value[int(name)] if int(name) < len(value) else None
        else:
            value = value.get(name) if isinstance(value, Mapping) else None
    return value


def choice(
    props: Props, path: str, allowed: Collection[str], code: str, under: str = ""
) -> Iterator[Refusal]:
    """Refuse a known text that is not one of `allowed`; `under` is where `props` are."""
    value = at(props, path)
    if isinstance(value, str) and value not in allowed:
        yield Refusal(
            code, f"value {value!r} is not one of: {', '.join(sorted(allowed))}.", _below(under, path)
        )


def between(
    props: Props, path: str, low: float, high: float, code: str, under: str = ""
) -> Iterator[Refusal]:
    """Refuse a known number outside of `low` to `high`."""
    value = at(props, path)
    if isinstance(value, int | float) and not low <= value <= high:
        yield Refusal(code, f"value {value:g} is out of range: {low:g} to {high:g}.", _below(under, path))


def written(
    props: Props, path: str, pattern: str, what: str, code: str, under: str = ""
) -> Iterator[Refusal]:
    """Refuse a known text that is not written like `pattern`; `what` says in words what is."""
    value = at(props, path)
    if isinstance(value, str) and not re.fullmatch(pattern, value):
        yield Refusal(code, f"value {value[:60]!r} is not {what}.", _below(under, path))


def not_empty(props: Props, path: str, code: str) -> Iterator[Refusal]:
    """Refuse an empty text, list or map."""
    value = at(props, path)
    if value is not None and is_known(value) and value in ("", [], {}):
        yield Refusal(code, "must not be empty.", path)


def _below(under: str, path: str) -> str:
    return f"{under}.{path}" if under else path
