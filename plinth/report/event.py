"""One engine event and the moment we saw it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Event:
    """`kind` is the engine's name (`resourcePreEvent`, …), `at` seconds on a clock that never goes back."""

    kind: str
    body: Mapping[str, Any]
    at: float

    @property
    def metadata(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.body.get("metadata", {})
        return found


def parse_event(line: str, at: float | None = None) -> Event | None:
    """One line of an event log; None for a kind this program does not know by name."""
    raw = json.loads(line)
    when = float(raw.get("timestamp", 0)) if at is None else at
    for key, body in raw.items():
        if key.endswith("Event"):
            return Event(key, body or {}, when)
    return None


def parse_events(lines: Iterable[str]) -> Iterator[Event]:
    """The events of a whole log, timed by the engine's own clock (whole seconds)."""
    for line in lines:
        event = parse_event(line) if line.strip() else None
        if event is not None:
            yield event
