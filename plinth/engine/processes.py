"""Running other programs: the one seam through which set-up starts processes."""

import os
import queue
import shutil
import subprocess
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

_TAIL_LINES = 15


class ProcessFailed(Exception):
    """A program ended with an error; the text is the end of what it said."""


class Processes(Protocol):
    """What set-up asks of the operating system."""

    def which(self, program: str) -> Path | None:
        """The program's path, if it is on PATH."""

    def output(self, *argv: str | Path) -> str | None:
        """What the program printed, or None if it cannot be run or failed."""

    def lines(
        self, argv: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str], tick: float
    ) -> Iterator[str | None]:
        """Every line as it is printed; None whenever `tick` seconds pass in silence.

        Raises ProcessFailed at the end if the program failed.
        """


class RealProcesses:
    """Processes of this machine."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._environ = environ

    def which(self, program: str) -> Path | None:
        found = shutil.which(program, path=self._environ.get("PATH"))
        return Path(found) if found else None

    def output(self, *argv: str | Path) -> str | None:
        try:
            done = subprocess.run(
                argv, capture_output=True, text=True, timeout=30, env=self._environ, check=True
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return done.stdout

    def lines(
        self, argv: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str], tick: float
    ) -> Iterator[str | None]:
        tail: deque[str] = deque(maxlen=_TAIL_LINES)
        with subprocess.Popen(
            argv, cwd=cwd, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            try:
                for line in _ticking(process.stdout, tick):
                    if line is not None:
                        tail.append(line)
                    yield line
            except BaseException:
                process.terminate()
                raise
        if process.returncode:
            raise ProcessFailed("\n".join(tail))


def _ticking(stream: Iterable[str] | None, tick: float) -> Iterator[str | None]:
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_pump, args=(stream or (), lines), daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=tick)
        except queue.Empty:
            yield None
            continue
        if line is None:
            return
        yield line


def _pump(stream: Iterable[str], lines: "queue.SimpleQueue[str | None]") -> None:
    for line in stream:
        lines.put(line.rstrip("\n"))
    lines.put(None)
