"""Steps from resource events: one per resource, however many events it took."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from plinth.report.event import Event
from plinth.report.families import component_of, parents
from plinth.report.model import Op, Step
from plinth.report.urn import STACK_TYPE, is_provider, name_of, short_type, type_of

_KINDS = ("resourcePreEvent", "resOutputsEvent", "resOpFailedEvent")
_REPLACING = (
    "replace",
    "create-replacement",
    "delete-replaced",
    "import-replacement",
    "read-replacement",
)
_OPS = {
    **dict.fromkeys(_REPLACING, Op.REPLACE),
    "discard": Op.DELETE,
    "discard-replaced": Op.REPLACE,
    "read-discard": Op.READ,
}


def steps(events: Sequence[Event]) -> tuple[Step, ...]:
    """Real resources only (no component, provider or stack), in the order in which they first appear."""
    parent_of = parents(events)
    found = (_step(urn, of_one, parent_of) for urn, of_one in _by_resource(events).items())
    return tuple(step for step in found if step is not None)


def operation_of(event: Event) -> Op | None:
    """What the event says is being done; None for a mere look (`refresh`)."""
    raw = event.metadata.get("op", "")
    if raw in _OPS:
        return _OPS[raw]
    return Op(raw) if raw in tuple(Op) else None


def is_real(event: Event) -> bool:
    """Whether the event is about a resource that a cloud holds."""
    token = event.metadata.get("type", "")
    return token != STACK_TYPE and not is_provider(token) and bool(state(event).get("custom"))


def state(event: Event) -> Mapping[str, Any]:
    """The newer of the two sides that the event carries."""
    return event.metadata.get("new") or event.metadata.get("old") or {}


def _by_resource(events: Iterable[Event]) -> dict[str, list[Event]]:
    grouped: dict[str, list[Event]] = {}
    for event in events:
        if event.kind in _KINDS and is_real(event):
            grouped.setdefault(event.metadata["urn"], []).append(event)
    return grouped


def _step(urn: str, events: Sequence[Event], parent_of: Mapping[str, str]) -> Step | None:
    ops = [op for event in events if (op := operation_of(event)) is not None]
    if not ops:
        return None
    return Step(
        op=_strongest(ops),
        urn=urn,
        type=short_type(type_of(urn)),
        name=name_of(urn),
        component=component_of(urn, parent_of),
        changed=_paths(events),
        forced_by=tuple(sorted({key for event in events for key in event.metadata.get("keys") or ()})),
        delete_first=_delete_first(events),
        protected=any(bool(state(event).get("protect")) for event in events),
        done=_done(events),
        seconds=events[-1].at - events[0].at,
    )


def _strongest(ops: Sequence[Op]) -> Op:
    """A replacement whose old half is deleted stays a replacement."""
    if Op.REPLACE in ops:
        return Op.REPLACE
    return min(ops, key=list(Op).index)


def _paths(events: Sequence[Event]) -> tuple[str, ...]:
    found: set[str] = set()
    for event in events:
        found.update(event.metadata.get("detailedDiff") or event.metadata.get("diffs") or ())
    return tuple(sorted(found))


def _delete_first(events: Sequence[Event]) -> bool:
    raw = [event.metadata.get("op") for event in events if event.kind == "resourcePreEvent"]
    both = "delete-replaced" in raw and "create-replacement" in raw
    return both and raw.index("delete-replaced") < raw.index("create-replacement")


def _done(events: Sequence[Event]) -> bool:
    """Every begun half was finished and none failed."""
    begun = sum(1 for event in events if event.kind == "resourcePreEvent")
    ended = sum(1 for event in events if event.kind == "resOutputsEvent")
    return ended >= begun and not any(event.kind == "resOpFailedEvent" for event in events)
