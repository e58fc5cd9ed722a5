"""The recovery table of a system's documentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stacks.recovery.achieved import Achieved
from stacks.recovery.duration import duration
from stacks.recovery.objectives import Objective, Objectives
from stacks.recovery.scope import Scope, Store
from stacks.recovery.way import Seconds, Way

_ROWS = {
    Store.APPLICATION: "Application",
    Store.DATABASE: "Database",
    Store.CACHE: "Cache",
    Store.WHOLE: "Full system",
}
_NAMES = {**_ROWS, Store.OBJECTS: "Files"}
_HAPPENED = {
    Scope.ZONE: "a machine or zone is lost",
    Scope.MISTAKE: "data is deleted or spoilt",
    Scope.REGION: "the region is lost",
}


def table(achieved: Achieved, objectives: Objectives) -> str:
    """Four rows as Markdown: what is stated and what is achieved when a machine or zone is lost, and by what."""
    rows = [
        [name, *_pair(objectives.of(store, Scope.ZONE), achieved.of(store, Scope.ZONE)), _by(achieved, store)]
        for store, name in _ROWS.items()
        if achieved.has(store)
    ]
    return _markdown(["", "RTO stated", "RTO achieved", "RPO stated", "RPO achieved", "by"], rows)


def scopes(achieved: Achieved, objectives: Objectives) -> str:
    """Every part and everything that can happen, with sources: three rows per part."""
    rows = [
        [name, _HAPPENED[scope], *_pair(objectives.of(store, scope), way), way.mechanism, way.source]
        for store, name in _NAMES.items()
        if achieved.has(store)
        for scope in Scope
        for way in [achieved.of(store, scope)]
    ]
    heads = ["", "when", "RTO stated", "RTO achieved", "RPO stated", "RPO achieved", "by", "source"]
    return _markdown(heads, rows)


def _pair(stated: Objective, way: Way) -> tuple[str, str, str, str]:
    return (
        _stated(stated.rto_seconds),
        _about(way.rto_seconds, way.rto_estimated),
        _stated(stated.rpo_seconds),
        _about(way.rpo_seconds, way.rpo_estimated),
    )


def _stated(seconds: Seconds) -> str:
    return "—" if seconds is None else duration(seconds)


def _about(seconds: Seconds, estimated: bool) -> str:
    return f"about {duration(seconds)}" if estimated and seconds else duration(seconds)


def _by(achieved: Achieved, store: Store) -> str:
    way = achieved.of(store, Scope.ZONE)
    return way.mechanism if store is not Store.DATABASE else f"{way.mechanism}; {_after_a_mistake(achieved)}"


def _after_a_mistake(achieved: Achieved) -> str:
    way = achieved.of(Store.DATABASE, Scope.MISTAKE)
    rto, rpo = _about(way.rto_seconds, way.rto_estimated), _about(way.rpo_seconds, way.rpo_estimated)
    return f"after a mistake {way.mechanism} (RTO {rto}, RPO {rpo})"


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(_lines(heads, rows)) + "\n"


def _lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _line(heads)
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
