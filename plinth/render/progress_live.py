"""Progress at a terminal: a table of components that is redrawn in place."""

import time
from collections.abc import Callable
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from plinth.render.changes import title
from plinth.render.words import took
from plinth.report.event import Event
from plinth.report.model import Component
from plinth.report.progress import Moment, Tracker

_REDRAW_SECONDS = 0.12
_NAMED = 2


class LiveProgress:
    """A watcher that draws; it leaves nothing behind, the result screen says it all again."""

    def __init__(self, console: Console, heading: Text, clock: Callable[[], float] = time.monotonic) -> None:
        self._heading = heading
        self._tracker = Tracker()
        self._began = clock()
        self._drawn = self._began
        self._live = Live(heading, console=console, auto_refresh=False, transient=True)

    def __enter__(self) -> Self:
        self._live.start(refresh=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def event(self, event: Event) -> None:
        self._tracker.take(event)

    def tick(self, now: float) -> None:
        if now - self._drawn >= _REDRAW_SECONDS:
            self._drawn = now
            self._live.update(self.table(now), refresh=True)

    def table(self, now: float) -> Table:
        """One row per component: finished resources, and those in work with the time they take."""
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        table.add_column("component", no_wrap=True)
        table.add_column("finished", justify="right", no_wrap=True)
        table.add_column("in work", style="cyan", no_wrap=True, overflow="ellipsis")
        table.add_row(self._heading, "", f"{took(now - self._began)}  {self._tracker.stage}")
        for component, finished in self._tracker.ended.items():
            table.add_row(f"  {title(component)}", str(finished), self._in_work(component, now))
        return table

    def _in_work(self, component: Component, now: float) -> str:
        mine = [moment for moment in self._tracker.running if moment.component == component]
        named = ", ".join(_named(moment, now) for moment in mine[:_NAMED])
        return named + (f" and {len(mine) - _NAMED} more" if len(mine) > _NAMED else "")


def _named(moment: Moment, now: float) -> str:
    seconds = now - moment.since
    return f"{moment.name} {took(seconds)}" if seconds >= 1 else moment.name
