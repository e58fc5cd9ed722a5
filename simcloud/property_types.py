"""Types of properties as data: scalars, lists, maps and objects, which may hold themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Scalar:
    """`string`, `integer`, `number`, `boolean`, or `any` for what is not checked."""

    kind: str


@dataclass(frozen=True)
class ListOf:
    """Items of one type."""

    item: PropertyType


@dataclass(frozen=True)
class MapOf:
    """Free keys, values of one type."""

    item: PropertyType


@dataclass(frozen=True)
class ObjectOf:
    """An object by its name in the table of objects: it may hold itself."""

    name: str


PropertyType = Scalar | ListOf | MapOf | ObjectOf


@dataclass(frozen=True)
class ObjectFields:
    """What an object holds."""

    fields: Mapping[str, PropertyType]
    required: frozenset[str]


def dumped(expected: PropertyType) -> Any:
    """As JSON: a scalar's kind, or the kind of container with what it holds."""
    if isinstance(expected, Scalar):
        return expected.kind
    if isinstance(expected, ObjectOf):
        return {"object": expected.name}
    return {"list" if isinstance(expected, ListOf) else "map": dumped(expected.item)}


def loaded(document: Any) -> PropertyType:
    """Out of JSON."""
    if isinstance(document, str):
        return Scalar(document)
    ((kind, held),) = document.items()
    if kind == "object":
        return ObjectOf(held)
    return ListOf(loaded(held)) if kind == "list" else MapOf(loaded(held))
