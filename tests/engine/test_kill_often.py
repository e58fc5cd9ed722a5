"""A simulated cloud that dies fifty times during one `up` of production loses nothing and leaves nothing."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import pytest

from simcloud.files import Files
from tests.engine.bench import Bench
from tests.engine.inventory import inventory

pytestmark = [pytest.mark.engine, pytest.mark.slow]

KILLS = 50
# An undisturbed `up` writes some 490 lines; the kills are spread over all of it.
LINES_BETWEEN = (1, 15)
# What serves customers, without what watches and copies it: each of fifty programs looks at everything once more.
ALONE = """\
    alarms: {level: basic, unusual_traffic: false, one_page_per_incident: false}
    audit: {trail: false, account: false}
    backup: {plan: false, restore_test: false}
    budget: {monthly_usd: null}
    network: {bastion: false, bastion_sessions: null}
    regions: {second: null, database: none, backups: false, uploads: false}
    slo: {availability_percent: null}
    watching: {uptime_check: false, traced_percent: null}
"""


def test_production_comes_up_over_fifty_kills(bench: Bench) -> None:
    bench.configure("production", ALONE)
    dice = random.Random(20261121)
    kills = 0
    while kills < KILLS:
        running = bench.start("up", "production")
        died = _kill_after(bench, running, dice.randint(*LINES_BETWEEN))
        running.communicate()
        kills += died
        assert running.returncode != 0 or kills == KILLS, f"up was through after {kills} kills"

    bench.sim("up", "production")
    assert bench.sim("preview", "production")["steps"] == []
    assert len(bench.sim("status")["environments"]) == 1
    counts = {kind: len(found) for kind, found in inventory(bench).items()}
    assert (counts["vpcs"], counts["subnets"], counts["nat gateways"], counts["addresses"]) == (1, 9, 3, 3)
    assert (counts["databases"], counts["caches"], counts["distributions"]) == (3, 1, 1)

    bench.sim("destroy", "production")
    assert inventory(bench) == {}


def _kill_after(bench: Bench, running: subprocess.Popen[str], lines: int, seconds: float = 120) -> bool:
    """kill -9 once the journal has grown by `lines`; False if `up` was through before."""
    journal = Files(bench.home).journal
    enough, end = _lines(journal) + lines, time.monotonic() + seconds
    while time.monotonic() < end:
        if _lines(journal) >= enough:
            bench.kill_cloud()
            return True
        if running.poll() is not None:
            return False
        time.sleep(0.01)
    raise AssertionError(f"the journal did not grow by {lines} lines in {seconds} s")


def _lines(journal: Path) -> int:
    return journal.read_bytes().count(b"\n") if journal.exists() else 0
