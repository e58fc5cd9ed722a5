"""Lays one layer of settings over another."""

from collections.abc import Iterable, Mapping
from typing import Any

Path = tuple[str | int, ...]


def merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` wins; mappings are merged key by key, everything else is replaced."""
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = (
            merge(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
        )
    return merged


def without(data: Mapping[str, Any], paths: Iterable[Path]) -> dict[str, Any]:
    """`data` without the settings at `paths`, or without the nearest thing around them that it has."""
    pruned = dict(data)
    for path in paths:
        if present := _present(pruned, path):
            pruned = _without(pruned, present)
    return pruned


def _present(data: Any, path: Path) -> tuple[str, ...]:
    if not path or not isinstance(data, Mapping) or path[0] not in data:
        return ()
    head = str(path[0])
    return (head, *_present(data[head], path[1:]))


def _without(data: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    head, *rest = path
    if rest:
        return {**data, head: _without(data[head], tuple(rest))}
    return {key: value for key, value in data.items() if key != head}
