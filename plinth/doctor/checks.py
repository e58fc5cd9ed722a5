"""Everything that `plinth doctor` looks at; offline, and without changing anything."""

import os
import platform
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from plinth.doctor.check import Check
from plinth.doctor.packages import installed_packages, packages_check
from plinth.engine.acquire import Engine, locate
from plinth.engine.acquire_machine import Machine, look, this_machine
from plinth.engine.acquire_plan import GO_WANTED, Build, Facts, Found, decide, describe
from plinth.engine.language_host_install import LAUNCHER, is_ours
from plinth.engine.version import PINNED
from plinth.paths import sim_home

_GIGABYTE = 10**9
_TO_WORK, _TO_BUILD = 1 * _GIGABYTE, 5 * _GIGABYTE


def all_checks(root: Path, environ: Mapping[str, str] = os.environ) -> list[Check]:
    """`root`: the project."""
    machine = this_machine(environ)
    facts, engine = look(machine), locate(machine)
    return [
        python_check(sys.version_info[:3]),
        virtualenv_check(Path(sys.prefix), Path(sys.base_prefix)),
        packages_check(root, installed_packages()),
        engine_check(engine),
        language_host_check(engine, machine),
        go_check(facts),
        disk_check(shutil.disk_usage(root).free, _TO_WORK if engine else _TO_BUILD),
        simcloud_check(sim_home(root, environ)),
        credentials_check(environ),
    ]


def python_check(version: tuple[int, int, int]) -> Check:
    text = ".".join(map(str, version))
    if version < (3, 11):
        return Check(
            "Python", f"{text}; 3.11 or newer is needed", "apt-get install python3.11 python3.11-venv"
        )
    return Check("Python", f"{text} ({platform.python_implementation()})")


def virtualenv_check(prefix: Path, base: Path) -> Check:
    if prefix == base:
        return Check("virtualenv", f"none: this is the system's Python in {base}", "make setup")
    return Check("virtualenv", str(prefix))


def engine_check(engine: Engine | None) -> Check:
    if engine is None:
        return Check("engine", f"no Pulumi engine {PINNED} or newer on this machine", "make setup")
    return Check("engine", describe(engine.origin, engine.version, engine.pulumi))


def language_host_check(engine: Engine | None, machine: Machine) -> Check:
    if engine is None:
        return Check("language host", "comes with the engine")
    for directory in engine.search_path:
        if (directory / LAUNCHER).exists():
            return Check(
                "language host", f"{'ours' if is_ours(directory) else 'Pulumi’s own'}, in {directory}"
            )
    elsewhere = machine.processes.which(LAUNCHER)
    return Check("language host", f"Pulumi’s own, {elsewhere or 'with the engine'}")


def go_check(facts: Facts) -> Check:
    """Go matters only as long as there is no engine."""
    have = f"{facts.go.version} in {facts.go.path}" if facts.go else "none"
    match decide(facts):
        case Found():
            return Check("Go", f"{have} (not needed: the engine is there)")
        case _ if isinstance(decide(_offline(facts)), Build):
            return Check("Go", f"{have} (can build the engine)")
        case _:
            fix = f"install Go {GO_WANTED} or newer from https://go.dev/dl/"
            return Check("Go", f"{have}; needed if the vendor’s download cannot be reached", fix)


def disk_check(free: int, needed: int) -> Check:
    text = f"{free / _GIGABYTE:.1f} GB free"
    if free < needed:
        return Check(
            "disk", f"{text}; {needed / _GIGABYTE:.0f} GB are needed", "go clean -cache; docker system prune"
        )
    return Check("disk", text)


def simcloud_check(home: Path) -> Check:
    from simcloud.daemon import running

    found = running(home)
    if found is None:
        return Check("simulated cloud", "not running (starts by itself when it is needed)")
    return Check("simulated cloud", f"running: process {found.pid}, {found.http_url}, files in {home}")


def credentials_check(environ: Mapping[str, str]) -> Check:
    """Where credentials for a real account would be taken from; never what they are."""
    sources = [
        name
        for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE")
        if environ.get(name)
    ]
    files = [file for file in _credential_files(environ) if file.is_file()]
    found = [*sources, *map(str, files)]
    return Check(
        "AWS credentials", f"from {', '.join(found)}" if found else "none (fine for the simulated cloud)"
    )


def _credential_files(environ: Mapping[str, str]) -> list[Path]:
    home = Path(environ.get("HOME") or Path.home()) / ".aws"
    return [
        Path(environ.get("AWS_SHARED_CREDENTIALS_FILE") or home / "credentials"),
        Path(environ.get("AWS_CONFIG_FILE") or home / "config"),
    ]


def _offline(facts: Facts) -> Facts:
    return replace(facts, download_failed="not tried")
