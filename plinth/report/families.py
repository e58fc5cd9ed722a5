"""Which top-level component a resource belongs to."""

from collections.abc import Iterable, Mapping

from plinth.report.event import Event
from plinth.report.model import Component
from plinth.report.urn import STACK_TYPE, name_of, type_of

STACK = Component("(no component)", "stack")


def parents(events: Iterable[Event]) -> Mapping[str, str]:
    """URN to parent URN, for every resource that the events mention."""
    found: dict[str, str] = {}
    for event in events:
        for side in (event.metadata.get("old"), event.metadata.get("new")):
            if side:
                found[side["urn"]] = side.get("parent", "")
    return found


def component_of(urn: str, parent_of: Mapping[str, str]) -> Component:
    """The ancestor right below the stack, unless that is the resource itself."""
    top = urn
    while (parent := parent_of.get(top, "")) and type_of(parent) != STACK_TYPE:
        top = parent
    return STACK if top == urn else Component(name_of(top), type_of(top).rsplit(":", 1)[-1])
