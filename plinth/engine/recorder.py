"""Keeps every event of a run for its report and passes it on to whoever shows progress."""

from plinth.engine.driver import Watcher
from plinth.report.event import Event


class Recorder:
    """A watcher in front of another one."""

    def __init__(self, watcher: Watcher) -> None:
        self.events: list[Event] = []
        self._watcher = watcher

    def event(self, event: Event) -> None:
        self.events.append(event)
        self._watcher.event(event)

    def tick(self, now: float) -> None:
        self._watcher.tick(now)
