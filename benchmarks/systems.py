"""All stacks of all systems in one process, under SDK mocks: up, a second look, and away again.

    python -m benchmarks.systems [STACK…]

Prints seconds of processor time for each part and the share of a resource, and the wall time of all of it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from stacks.environments import ENVIRONMENTS
from stacks.systems import SYSTEMS
from tests.stacks.systems.standing import bring_up

Result = TypeVar("Result")


def main(stacks: list[str]) -> None:
    """A line for each stack, and one for all."""
    began, total = time.perf_counter(), 0
    print(f"{'stack':<32} {'resources':>9} {'up':>7} {'again':>7} {'away':>7} {'ms each':>8}")
    for stack in stacks:
        total += _live(stack)
    print(f"{len(stacks)} stacks, {total} resources: {time.perf_counter() - began:.1f} s")


def _live(stack: str) -> int:
    up, system = _timed(lambda: bring_up(stack))
    made = len(system.simulation.standing)
    again, changes = _timed(system.changes)
    if changes:
        raise SystemExit(f"{stack} would change {changes}")
    with tempfile.TemporaryDirectory() as folder:
        away, _ = _timed(lambda: system.destroy(Path(folder)))
    print(f"{stack:<32} {made:>9} {up:>7.2f} {again:>7.2f} {away:>7.2f} {up / made * 1000:>8.1f}")
    return made


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


if __name__ == "__main__":
    main(sys.argv[1:] or [f"{system}-{env}" for system in SYSTEMS for env in ENVIRONMENTS])
