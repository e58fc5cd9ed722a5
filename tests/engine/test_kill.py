"""A simulated cloud or an engine that dies in the middle of an `up` loses nothing and leaves nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from simcloud.files import Files
from tests.engine.bench import Bench
from tests.engine.inventory import inventory

pytestmark = [pytest.mark.engine, pytest.mark.slow]


@pytest.mark.parametrize("kill", [Bench.kill_cloud, Bench.kill_engine], ids=["cloud", "engine"])
def test_the_next_up_converges_without_an_orphan(bench: Bench, kill: Callable[[Bench], None]) -> None:
    interrupted = bench.start("up", "dev")
    _until_half_way(Files(bench.home).journal)
    kill(bench)
    interrupted.communicate()
    assert interrupted.returncode != 0

    bench.sim("up", "dev")
    assert bench.sim("preview", "dev")["steps"] == []
    found = inventory(bench)
    assert (len(found["vpcs"]), len(found["subnets"]), len(found["databases"]), len(found["caches"])) == (
        1,
        9,
        1,
        1,
    )

    bench.sim("destroy", "dev")
    assert inventory(bench) == {}


def _until_half_way(journal: Path, creations: int = 60, seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if journal.exists() and journal.read_bytes().count(b'"created"') >= creations:
            return
        time.sleep(0.05)
    raise AssertionError(f"only {journal.read_bytes().count(b'created')} creations after {seconds} s")
