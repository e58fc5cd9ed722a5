"""What simcloud costs over a provider that does nothing: `python -m benchmarks.simcloud [RESOURCES ...]`.

The same program is brought up by the real engine twice, back to back: against simcloud, after a small first
deployment, and against an empty provider. The difference of the two times, per resource, is simcloud's own; so is the
processor time of its process, which other work on the machine does not disturb. Neither must grow with the number of
resources. Printed besides: how long simcloud takes from nothing until it answers an API request, and its memory.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from botocore.session import Session

from benchmarks.empty_provider import serving
from benchmarks.engine import project
from benchmarks.mixed import BLOCK, program
from simcloud import daemon

_STARTS = 5


@dataclass(frozen=True)
class Size:
    """One number of resources, brought up both ways. Seconds and MiB."""

    resources: int
    simcloud: float
    empty: float
    first: float
    """What the very first deployment of a fresh simcloud costs over the empty provider; it loads the services."""
    processor: float
    """Processor seconds of simcloud's process."""
    memory: float

    @property
    def each(self) -> float:
        """Milliseconds a resource over the empty provider."""
        return (self.simcloud - self.empty) / self.resources * 1000

    @property
    def processor_each(self) -> float:
        """Milliseconds of processor time a resource."""
        return self.processor / self.resources * 1000


@dataclass(frozen=True)
class Start:
    """One start from nothing: seconds until the engine could connect, until the first answer; MiB after it."""

    announced: float
    answers: float
    memory: float


def main() -> None:
    """Prints the ratios first."""
    wanted = [int(word) for word in sys.argv[1:]] or [50, 250, 1000]
    starts = [_start() for _ in range(_STARTS)]
    print(report(starts, [_size(resources) for resources in wanted]))


def report(starts: Sequence[Start], sizes: Sequence[Size]) -> str:
    """The table."""
    answers = statistics.median(start.answers for start in starts)
    announced = statistics.median(start.announced for start in starts)
    idle = statistics.median(start.memory for start in starts)
    first = statistics.median(size.first for size in sizes)
    growth = sizes[-1].processor_each / sizes[0].processor_each
    return "\n".join(
        [
            f"a resource's processor time, at {sizes[-1].resources} / at {sizes[0].resources}   {growth:5.2f}"
            "   aim: about 1",
            "",
            "resources   simcloud    empty   ms a resource   of it processor     memory",
            *(
                f"{size.resources:9}   {size.simcloud:6.1f} s   {size.empty:4.1f} s   {size.each:13.1f}"
                f"   {size.processor_each:15.1f}   {size.memory:4.0f} MiB"
                for size in sizes
            ),
            "aim: at most 10 ms a resource, at most 400 MiB at 1,000",
            "",
            f"first deployment, over the empty provider   {first:5.2f} s for {BLOCK + 2} resources",
            f"start, until the engine can connect   {announced:5.2f} s",
            f"start, until it answers               {answers:5.2f} s   aim: below 1.5",
            f"memory after the first answer         {idle:5.0f} MiB",
            f"medians of {len(starts)} starts",
        ]
    )


def _start() -> Start:
    with tempfile.TemporaryDirectory(prefix="plinth-benchmark-") as folder:
        home, began = Path(folder), time.perf_counter()
        running = daemon.start(home)
        announced = time.perf_counter() - began
        try:
            _client(running.http_url).get_caller_identity()
            return Start(announced, time.perf_counter() - began, _memory(running.pid))
        finally:
            daemon.stop(home)


def _size(resources: int) -> Size:
    print(f"{resources} resources", file=sys.stderr)
    text = program(resources)
    with tempfile.TemporaryDirectory(prefix="plinth-benchmark-") as folder:
        home = Path(folder) / "sim"
        running = daemon.start(home)
        try:
            first = _up(Path(folder) / "first", program(BLOCK, "first"), running.provider_port)
            before = _processor(running.pid)
            ours = _up(Path(folder) / "ours", text, running.provider_port)
            processor, memory = _processor(running.pid) - before, _memory(running.pid)
        finally:
            daemon.stop(home)
        with serving(version("pulumi-aws")) as port:
            empty_first = _up(Path(folder) / "bare-first", program(BLOCK, "first"), port)
            empty = _up(Path(folder) / "bare", text, port)
    return Size(resources // BLOCK * BLOCK + 2, ours, empty, first - empty_first, processor, memory)


def _up(folder: Path, text: str, port: int) -> float:
    with project(folder, text, port) as pulumi:
        return pulumi("up", "--yes", "--skip-preview")


def _client(url: str) -> Any:
    """Made while the clock runs, but in milliseconds: the model of STS is small."""
    session: Any = Session()
    session.set_credentials("simulated", "simulated")
    return session.create_client("sts", region_name="us-east-1", endpoint_url=url)


def _processor(pid: int) -> float:
    """Processor seconds of a process so far."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """Resident MiB of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
