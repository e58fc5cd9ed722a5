"""Everything outside of us that acquiring an engine touches, and what it looks like right now."""

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plinth.engine.acquire_plan import Facts, Program, archive_url
from plinth.engine.acquire_store import Store
from plinth.engine.downloads import Http, RealHttp
from plinth.engine.processes import Processes, RealProcesses
from plinth.engine.version import parse_version
from plinth.paths import cache_dir


@dataclass(frozen=True, kw_only=True)
class Machine:
    """Processes, network and files; tests put twins in their places."""

    processes: Processes
    http: Http
    store: Store
    environ: Mapping[str, str]
    system: str
    processor: str


def this_machine(environ: Mapping[str, str] = os.environ) -> Machine:
    """The machine that we run on."""
    return Machine(
        processes=RealProcesses(environ),
        http=RealHttp(),
        store=Store(cache_dir(environ)),
        environ=environ,
        system=platform.system(),
        processor=platform.machine(),
    )


def look(machine: Machine) -> Facts:
    """The facts that decide how an engine is got."""
    return Facts(
        on_path=_pulumi_on_path(machine),
        cached=machine.store.cached(),
        cache=machine.store.directory,
        archive=archive_url(machine.system, machine.processor),
        platform=f"{machine.system} {machine.processor}",
        go=_go(machine.processes),
    )


def _pulumi_on_path(machine: Machine) -> Program | None:
    path = machine.processes.which("pulumi")
    # `plinth sim shell` puts our own cache on PATH: that one is known without being asked.
    if path is None or path.parent == machine.store.directory:
        return None
    return _asked(machine.processes, path, "version")


def _go(processes: Processes) -> Program | None:
    path = processes.which("go")
    return None if path is None else _asked(processes, path, "env", "GOVERSION")


def _asked(processes: Processes, path: Path, *question: str) -> Program:
    said = (processes.output(path, *question) or "").strip()
    return Program(path=path, version=said if parse_version(said) else "of no known version")
