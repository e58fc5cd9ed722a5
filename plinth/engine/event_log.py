"""Reading the engine's event log while the engine writes it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from plinth.report.event import Event, parse_event


class EventLog:
    """Events of a growing file, each timed by the moment it was seen."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._clock = clock
        self._offset = 0
        self._rest = b""

    def new_events(self) -> Iterator[Event]:
        """What was written since the last call; a half-written line waits for its end."""
        try:
            with self._file.open("rb") as log:
                log.seek(self._offset)
                fresh = log.read()
        except FileNotFoundError:
            return
        self._offset += len(fresh)
        *lines, self._rest = (self._rest + fresh).split(b"\n")
        seen = self._clock()
        for line in lines:
            event = parse_event(line.decode(), seen) if line.strip() else None
            if event is not None:
                yield event
