"""Set-ups that meet, and set-ups that die: real processes, with a builder that takes its time."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from plinth.engine.acquire import acquire, locate
from plinth.engine.acquire_plan import Origin
from tests.plinth.engine.acquire_twins import TwinProgress, fake_go, machine


def start(home: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.plinth.engine.acquire_twins", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
        start_new_session=True,
    )


def wait_for(pattern: str, home: Path) -> Path:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for found in home.glob(pattern):
            return found
        time.sleep(0.02)
    raise AssertionError(f"{pattern} did not come to be in {home}")


def test_two_at_once_build_once(tmp_path: Path) -> None:
    fake_go(tmp_path, seconds=1.5)
    first = start(tmp_path)
    wait_for("cache/pulumi/.unfinished-*", tmp_path)
    second = start(tmp_path)
    (first_says, _), (second_says, second_told) = (
        first.communicate(timeout=30),
        second.communicate(timeout=30),
    )
    assert (first_says, second_says) == ("build\n", "cache\n")
    assert "Another set-up is fetching or building the engine; waiting for it." in second_told
    assert (tmp_path / "builds").read_text() == "built\n"


def test_one_killed_half_way_leaves_nothing_that_is_used(tmp_path: Path) -> None:
    fake_go(tmp_path, seconds=60)
    doomed = start(tmp_path)
    half = wait_for("cache/pulumi/.unfinished-*/pulumi.part", tmp_path).parent
    os.killpg(doomed.pid, signal.SIGKILL)
    assert doomed.wait(timeout=10) == -signal.SIGKILL
    doomed.communicate()

    assert half.is_dir()
    assert locate(machine(tmp_path)) is None
    fake_go(tmp_path)
    assert acquire(machine(tmp_path), TwinProgress()).origin is Origin.BUILD
    assert not half.exists()
