"""Who talks to whom, as declared by the components: what the walls of a network are made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import pulumi


@dataclass(frozen=True)
class Relation:
    """TCP from one component to another, both by name."""

    source: str
    target: str
    port: int


@dataclass(frozen=True)
class Departure:
    """TCP from a component to addresses that belong to no component."""

    source: str
    port: int
    cidr: str


@dataclass(frozen=True)
class Arrival:
    """TCP to a component from addresses that belong to no component."""

    target: str
    port: int
    cidr: str


Declared = Relation | Departure | Arrival

# Beside the components, not in them: whoever writes a rule for a component need not be that component.
_NOTED: WeakKeyDictionary[pulumi.Resource, list[Declared]] = WeakKeyDictionary()


def note(component: pulumi.Resource, declared: Declared) -> None:
    """Remember what was declared for `component`."""
    _NOTED.setdefault(component, []).append(declared)


def declared_by(components: Iterable[object]) -> Sequence[Declared]:
    """All that was declared for these components, in order, each once."""
    noted = [
        declared
        for component in components
        if isinstance(component, pulumi.Resource)
        for declared in _NOTED.get(component, ())
    ]
    return list(dict.fromkeys(noted))
