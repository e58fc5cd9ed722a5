"""What a person sees while an engine is fetched or built."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.status import Status

_SECONDS_BETWEEN_LINES = 5.0


class Progress(Protocol):
    """Where set-up says what it does."""

    def note(self, text: str) -> None:
        """Something worth keeping on the screen."""

    def step(self, text: str) -> None:
        """What is being done right now; said often, shown as often as is bearable."""


class LineProgress:
    """For logs: notes at once, steps as one line every few seconds."""

    def __init__(self, write: Callable[[str], object], clock: Callable[[], float] = time.monotonic) -> None:
        self._write, self._clock = write, clock
        self._started = self._last = clock()

    def note(self, text: str) -> None:
        self._write(f"{text}\n")

    def step(self, text: str) -> None:
        now = self._clock()
        if now - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = now
            self._write(f"  {now - self._started:4.0f} s  {text}\n")


class LiveProgress:
    """For terminals: notes scroll by, the step stays in the last line with its seconds."""

    def __init__(self, console: Console, status: Status) -> None:
        self._console, self._status = console, status
        self._started = time.monotonic()

    def note(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False)

    def step(self, text: str) -> None:
        self._status.update(f"{time.monotonic() - self._started:4.0f} s  {text}")


@contextmanager
def shown_progress(console: Console | None = None) -> Iterator[Progress]:
    """Progress on standard error: live on a terminal, lines elsewhere."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield LineProgress(_flushed)
        return
    with console.status("") as status:
        yield LiveProgress(console, status)


def _flushed(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
