"""How much `plinth sim up` costs over the bare engine: `python -m benchmarks.up [RUNS]`.

Every run brings dev up in an empty simulated cloud, then the same AWS resources as a bare Pulumi program (no
components, no policy pack, no settings) against a provider that does nothing. The bare side is measured from the start
of `pulumi up` on a stack that is made already; ours from the start of `plinth`, with all that it does.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.bare import program, resources
from benchmarks.empty_provider import serving
from benchmarks.engine import project, seconds
from plinth.engine.layout import Layout

ROOT = Path(__file__).parents[1]
STACK = "dev"


@dataclass(frozen=True)
class Run:
    """Seconds of one round."""

    resources: int
    up: float
    preview: float
    make_up: float
    bare_up: float
    bare_preview: float


def main() -> None:
    """Prints medians, the ratios first."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    runs = []
    for number in range(count):
        print(f"run {number + 1} of {count}", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="plinth-benchmark-") as folder:
            runs.append(_run(Path(folder)))
    print(report(runs))


def report(runs: Sequence[Run]) -> str:
    """Medians of the runs; a ratio is the median of the runs' own ratios, because both sides shared the machine."""
    up = statistics.median(run.up / run.bare_up for run in runs)
    preview = statistics.median(run.preview / run.bare_preview for run in runs)
    return "\n".join(
        [
            f"first up, Plinth / bare engine   {up:5.2f}   aim: at most 1.5",
            f"preview, Plinth / bare engine    {preview:5.2f}   aim: at most 1.3",
            "",
            f"plinth sim up dev, first         {_median(runs, 'up'):5.1f} s",
            f"bare pulumi up                   {_median(runs, 'bare_up'):5.1f} s",
            f"plinth sim preview dev           {_median(runs, 'preview'):5.1f} s",
            f"bare pulumi preview              {_median(runs, 'bare_preview'):5.1f} s",
            f"make up, nothing to change       {_median(runs, 'make_up'):5.1f} s   aim: below 20",
            "",
            f"{runs[0].resources} AWS resources, medians of {len(runs)} runs, {os.cpu_count()} cores",
        ]
    )


def _median(runs: Sequence[Run], name: str) -> float:
    seconds: list[float] = [getattr(run, name) for run in runs]
    return statistics.median(seconds)


def _run(folder: Path) -> Run:
    """What is compared is measured back to back: the machine may have other work, and as much for both."""
    layout = Layout(folder / "sim", "plinth")
    env = {**os.environ, "PLINTH_SIM_HOME": str(layout.home)}
    plinth = str(Path(sys.executable).parent / "plinth")
    try:
        up = seconds([plinth, "sim", "up", STACK], ROOT, env)
        bare = resources(json.loads(layout.state_file(STACK).read_text()))
        with serving(version("pulumi-aws")) as port, project(folder / "bare", program(bare), port) as pulumi:
            bare_up = pulumi("up", "--yes", "--skip-preview")
            preview = seconds([plinth, "sim", "preview", STACK, "--expect-no-changes"], ROOT, env)
            bare_preview = pulumi("preview", "--expect-no-changes")
        make_up = seconds(["make", "up", f"ENV={STACK}"], ROOT, env)
    finally:
        subprocess.run([plinth, "sim", "stop"], cwd=ROOT, env=env, capture_output=True, check=False)
    return Run(len(bare), up, preview, make_up, bare_up, bare_preview)


if __name__ == "__main__":
    main()
