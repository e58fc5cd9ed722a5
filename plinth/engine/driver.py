"""Running the Pulumi CLI: the one seam through which an engine command is carried out."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Protocol

from plinth.engine.event_log import EventLog
from plinth.report.event import Event

_POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Command:
    """One call of the CLI. Its words go to `log`; with `events`, so do its events to that file."""

    args: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str]
    log: Path
    events: Path | None = None


@dataclass(frozen=True)
class Finished:
    """How the call ended; `began` and `ended` are on the clock of its events."""

    returncode: int
    began: float
    ended: float
    interrupted: bool = False
    said: str = ""


class Watcher(Protocol):
    """Who wants to see the run while it goes on."""

    def event(self, event: Event) -> None: ...

    def tick(self, now: float) -> None: ...


class Engine(Protocol):
    """What the commands need of an engine; tests put a recorded one in its place."""

    def run(self, command: Command, watcher: Watcher | None = None) -> Finished: ...


class PulumiEngine:
    """The real CLI, as a child process of its own process group."""

    def __init__(self, program: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._program = program
        self._clock = clock

    def run(self, command: Command, watcher: Watcher | None = None) -> Finished:
        """Waits for the end; an interrupt is passed on once and the engine left to end in good order."""
        command.log.parent.mkdir(parents=True, exist_ok=True)
        began = self._clock()
        with command.log.open("wb") as log:
            process = subprocess.Popen(
                [self._program, *command.args, *_event_args(command)],
                cwd=command.cwd,
                env={**command.env, "PULUMI_DEBUG_COMMANDS": "true"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
            )
            with _passing_on_interrupts(process) as interrupts:
                self._watch(process, command.events, watcher)
        said = command.log.read_text(errors="replace")
        return Finished(process.returncode, began, self._clock(), bool(interrupts), said)

    def _watch(
        self, process: "subprocess.Popen[bytes]", events: Path | None, watcher: Watcher | None
    ) -> None:
        if events is None or watcher is None:
            process.wait()
            return
        try:
            self._pass_on(process, EventLog(events, self._clock), watcher)
        except BaseException:
            # Whoever watched is gone (a closed pipe, say): an engine that nobody waits for must not go on.
            process.send_signal(signal.SIGINT)
            process.wait()
            raise

    def _pass_on(self, process: "subprocess.Popen[bytes]", log: EventLog, watcher: Watcher) -> None:
        running = True
        while running:
            running = _still_running(process)
            for event in log.new_events():
                watcher.event(event)
            watcher.tick(self._clock())


def _event_args(command: Command) -> tuple[str, ...]:
    # --event-log exists only with PULUMI_DEBUG_COMMANDS; Pulumi's own Automation API uses it the same way.
    return ("--event-log", str(command.events)) if command.events else ()


def _still_running(process: "subprocess.Popen[bytes]") -> bool:
    try:
        process.wait(_POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return True
    return False


@contextmanager
def _passing_on_interrupts(process: "subprocess.Popen[bytes]") -> Iterator[list[int]]:
    """The first Ctrl-C asks the engine to stop after what it is doing, a second one to stop at once."""
    received: list[int] = []

    def pass_on(number: int, _: FrameType | None) -> None:
        received.append(number)
        if process.poll() is None:
            process.send_signal(signal.SIGINT)

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
