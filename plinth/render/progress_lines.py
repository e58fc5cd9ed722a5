"""Progress for a log: a line per finished operation, and a heartbeat that names the slow ones."""

from typing import Self

from rich.console import Console
from rich.text import Text

from plinth.render.words import took
from plinth.report.event import Event
from plinth.report.model import Op
from plinth.report.progress import Moment, Tracker

HEARTBEAT_SECONDS = 30.0
_NAMED = 3

_WORDS = {
    Op.CREATE: "created",
    Op.UPDATE: "updated",
    Op.REPLACE: "replaced",
    Op.DELETE: "deleted",
    Op.IMPORT: "imported",
}
_PLANNED = {
    Op.CREATE: "create",
    Op.UPDATE: "update",
    Op.REPLACE: "replace",
    Op.DELETE: "delete",
    Op.IMPORT: "import",
}


class ProgressLines:
    """A watcher that prints; unchanged resources say nothing, and neither do the halves of a replacement."""

    def __init__(self, console: Console, *, preview: bool = False) -> None:
        self._console = console
        self._words = _PLANNED if preview else _WORDS
        self._tracker = Tracker()
        self._spoke: float | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def event(self, event: Event) -> None:
        ended = self._tracker.take(event)
        if ended is not None and _worth_a_line(event, ended):
            self._say(self._line(ended), event.at)

    def tick(self, now: float) -> None:
        if self._spoke is None:
            self._spoke = now
        if now - self._spoke >= HEARTBEAT_SECONDS:
            self._say(self._heartbeat(now), now)

    def _say(self, line: str, now: float) -> None:
        self._console.print(Text(line), soft_wrap=True)
        self._spoke = now

    def _line(self, ended: Moment) -> str:
        word = "FAILED" if ended.failed else self._words[ended.op or Op.UPDATE]
        spent = f"  ({took(ended.seconds)})" if ended.seconds >= 1 else ""
        return f"  {word:<8}  {ended.type}  {ended.name}{spent}"

    def _heartbeat(self, now: float) -> str:
        slow = self._tracker.running[:_NAMED]
        if not slow:
            return f"  … still running: {self._tracker.stage or 'no resource is in work'}"
        named = ", ".join(f"{moment.name} ({took(now - moment.since)})" for moment in slow)
        more = len(self._tracker.running) - len(slow)
        return f"  … still running: {named}" + (f" and {more} more" if more else "")


def _worth_a_line(event: Event, ended: Moment) -> bool:
    if ended.failed:
        return True
    half = event.metadata.get("op") in ("create-replacement", "delete-replaced")
    return ended.op in _WORDS and not half
