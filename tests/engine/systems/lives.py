"""What plain `pulumi` must be able to do with every stack of every system, in `plinth sim shell`."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from tests.docs.scratch import newcomer
from tests.engine.bench import PLINTH, Bench
from tests.engine.inventory import inventory

# Three environments of a system have three VPCs, and AWS gives a region five, one of which is its own.
ENVIRONMENTS = ("dev", "staging", "production")
QUIET = "--yes --skip-preview --non-interactive --color never"


def live(bench: Bench, system: str) -> None:
    """All three come up beside each other, would change nothing, and leave nothing behind."""
    files = set(bench.project.glob("Pulumi.*.yaml"))
    for environment in ENVIRONMENTS:
        stack = f"{system}-{environment}"
        done = _shell(bench, f"pulumi up -s {stack} {QUIET}")
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
        again = _shell(bench, f"pulumi preview -s {stack} --expect-no-changes --non-interactive --json")
        assert again.returncode == 0, again.stdout[-4000:]
        assert set(json.loads(again.stdout)["changeSummary"]) == {"same"}
    for environment in ENVIRONMENTS:
        gone: Any = bench.sim("destroy", f"{system}-{environment}")
        assert set(gone["counts"]) == {"delete"}
    assert inventory(bench) == {}
    assert set(bench.project.glob("Pulumi.*.yaml")) == files


def _shell(bench: Bench, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PLINTH, "sim", "shell", "--", "sh", "-c", command],
        cwd=bench.project,
        env={**newcomer(), "PLINTH_SIM_HOME": str(bench.home)},
        capture_output=True,
        text=True,
        check=False,
    )
