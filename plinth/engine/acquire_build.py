"""The engine built from Go modules: the wrapper module in engine/ pins every one of them by hash."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plinth.engine.acquire_plan import Build
from plinth.engine.acquire_progress import Progress
from plinth.engine.processes import Processes
from plinth.engine.version import PINNED

WRAPPER = Path(__file__).parents[2] / "engine"
_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
_VERSION = f"-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version={PINNED}"
_TICK = 1.0


@dataclass(frozen=True)
class Commands:
    """The two commands that make an engine, and what they run with."""

    listing: tuple[str, ...]
    building: tuple[str, ...]
    env: Mapping[str, str]


def commands(plan: Build, into: Path, go_caches: Path, environ: Mapping[str, str]) -> Commands:
    """What to run, without running it."""
    # -modcacherw: without it Go makes its cache read-only, and it could not be removed afterwards.
    # -buildvcs=false: the wrapper may lie in a repository that git refuses to read.
    go, shared = str(plan.go), ("-modcacherw", "-buildvcs=false")
    linking = ("-trimpath", "-ldflags", f"-s -w {_VERSION}", "-o", str(into / "pulumi"))
    return Commands(
        listing=(go, "list", *shared, "-deps", "-f", "{{.ImportPath}}", _PACKAGE),
        building=(go, "build", *shared, "-v", *linking, _PACKAGE),
        env={
            **environ,
            "CGO_ENABLED": "0",
            "GOCACHE": str(go_caches / "build"),
            "GOMODCACHE": str(go_caches / "mod"),
            "GOTOOLCHAIN": "auto" if plan.fetches_toolchain else "local",
            "GOWORK": "off",
        },
    )


def build(to_run: Commands, wrapper: Path, go_caches: Path, processes: Processes, progress: Progress) -> None:
    """Compile the engine. Raises ProcessFailed with the end of what Go said."""
    packages = _fetch_modules(to_run, wrapper, processes, progress)
    _compile(to_run, wrapper, packages, processes, progress)
    # 3 GB that nothing needs any more; a build that was cut short keeps them and goes on from there.
    progress.step("removing Go's caches")
    shutil.rmtree(go_caches, ignore_errors=True)


def _fetch_modules(to_run: Commands, wrapper: Path, processes: Processes, progress: Progress) -> int:
    """Returns how many packages there are to compile."""
    modules, packages, latest = 0, 0, ""
    for line in processes.lines(to_run.listing, cwd=wrapper, env=to_run.env, tick=_TICK):
        if line is None:
            pass
        elif line.startswith("go: downloading "):
            modules, latest = modules + 1, line.removeprefix("go: downloading ")
        else:
            packages += 1
        progress.step(f"fetching Go modules: {modules} {latest}".rstrip())
    return packages


def _compile(
    to_run: Commands, wrapper: Path, packages: int, processes: Processes, progress: Progress
) -> None:
    compiled, latest = 0, ""
    for line in processes.lines(to_run.building, cwd=wrapper, env=to_run.env, tick=_TICK):
        if line is not None:
            compiled, latest = compiled + 1, line
        progress.step(f"compiling package {compiled} of {packages}: {latest}".rstrip(": "))
