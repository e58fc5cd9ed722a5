"""What is going on right now, kept up to date event by event."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from plinth.report.event import Event
from plinth.report.families import component_of
from plinth.report.model import Component, Op
from plinth.report.steps import is_real, operation_of, state
from plinth.report.urn import name_of, short_type, type_of

_FIRST_STAGE = "engine starts"
_STAGES = {
    "policyLoadEvent": "policies load",
    "preludeEvent": "program starts",
    "summaryEvent": "engine ends",
}


@dataclass(frozen=True)
class Moment:
    """One resource operation; `op` is None while the engine only looks."""

    urn: str
    op: Op | None
    type: str
    name: str
    component: Component
    since: float
    seconds: float = 0.0
    failed: bool = False


class Tracker:
    """Which operations run, and how many have ended per component."""

    def __init__(self) -> None:
        self._running: dict[str, Moment] = {}
        self._ended: dict[Component, int] = {}
        self._parents: dict[str, str] = {}
        self._stage = _FIRST_STAGE

    @property
    def running(self) -> tuple[Moment, ...]:
        """Oldest first."""
        return tuple(self._running.values())

    @property
    def ended(self) -> Mapping[Component, int]:
        """Finished resources per component, in the order in which components appeared."""
        return self._ended

    @property
    def stage(self) -> str:
        """What the engine does before it comes to resources."""
        return self._stage

    def take(self, event: Event) -> Moment | None:
        """The operation that this event ends, if it ends one."""
        self._stage = _STAGES.get(event.kind, self._stage)
        if "metadata" in event.body:
            self._parents[event.metadata["urn"]] = state(event).get("parent", "")
        if not event.kind.startswith("res") or not is_real(event):
            return None
        if event.kind == "resourcePreEvent":
            self._begin(event)
            return None
        return self._end(event)

    def _begin(self, event: Event) -> None:
        self._stage = ""
        urn = event.metadata["urn"]
        moment = Moment(
            urn=urn,
            op=operation_of(event),
            type=short_type(type_of(urn)),
            name=name_of(urn),
            component=component_of(urn, self._parents),
            since=event.at,
        )
        self._running[urn] = moment
        self._ended.setdefault(moment.component, 0)

    def _end(self, event: Event) -> Moment | None:
        urn = event.metadata["urn"]
        begun = self._running.pop(urn, None)
        if begun is None:
            return None
        failed = event.kind == "resOpFailedEvent"
        if not failed:
            self._ended[begun.component] += 1
        return replace(begun, op=operation_of(event), seconds=event.at - begun.since, failed=failed)
