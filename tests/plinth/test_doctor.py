import json
from dataclasses import replace
from pathlib import Path

import pytest

from plinth.commands.doctor import as_document, as_text
from plinth.doctor.check import Check
from plinth.doctor.checks import (
    credentials_check,
    disk_check,
    engine_check,
    go_check,
    language_host_check,
    python_check,
    simcloud_check,
    virtualenv_check,
)
from plinth.doctor.packages import packages_check
from plinth.engine.acquire import Engine
from plinth.engine.acquire_machine import look
from plinth.engine.acquire_plan import Origin
from tests.plinth.engine.acquire_twins import fake_go, machine, script

PYPROJECT = """
[project]
name = "thing"
dependencies = ["rich>=14,<15", "moto[server]==5.2.5"]
[dependency-groups]
dev = ["types-PyYAML"]
"""
LOCK = """
[[package]]
name = "thing"
version = "0.1.0"
[package.metadata]
requires-dist = [
    { name = "moto", extras = ["server"], specifier = "==5.2.5" },
    { name = "rich", specifier = ">=14,<15" },
]
[package.metadata.requires-dev]
dev = [{ name = "types-pyyaml" }]
[[package]]
name = "rich"
version = "14.1.0"
[[package]]
name = "moto"
version = "5.2.5"
[[package]]
name = "types-pyyaml"
version = "6.0"
[[package]]
name = "networkx"
version = "3.6.1"
[[package]]
name = "networkx"
version = "3.7"
"""
INSTALLED = {"rich": "14.1.0", "moto": "5.2.5", "types-pyyaml": "6.0", "networkx": "3.6.1"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "uv.lock").write_text(LOCK)
    return tmp_path


def test_packages_as_locked(project: Path) -> None:
    assert packages_check(project, INSTALLED) == Check("packages", "4 installed, as uv.lock says")


@pytest.mark.parametrize(
    ("installed", "detail"),
    [
        ({**INSTALLED, "rich": "14.0.0"}, "rich 14.0.0 (locked: 14.1.0)"),
        ({**INSTALLED, "networkx": "3.5"}, "networkx 3.5 (locked: 3.6.1 or 3.7)"),
        ({"rich": "14.1.0", "moto": "5.2.5"}, "types-pyyaml missing"),
    ],
)
def test_packages_not_as_locked(project: Path, installed: dict[str, str], detail: str) -> None:
    assert packages_check(project, installed) == Check("packages", detail, "make setup")


def test_a_lock_that_is_not_made_from_pyproject(project: Path) -> None:
    (project / "pyproject.toml").write_text(PYPROJECT.replace("rich>=14,<15", "rich>=15"))
    found = packages_check(project, INSTALLED)
    assert found.detail == "uv.lock is not made from pyproject.toml: rich <15,>=14, rich >=15"
    assert found.fix == "uv lock"


def test_this_project_is_locked() -> None:
    root = Path(__file__).parents[2]
    assert "not made from" not in packages_check(root, {}).detail


@pytest.mark.parametrize(
    ("version", "check"),
    [
        ((3, 11, 2), Check("Python", "3.11.2 (CPython)")),
        (
            (3, 9, 2),
            Check("Python", "3.9.2; 3.11 or newer is needed", "apt-get install python3.11 python3.11-venv"),
        ),
    ],
)
def test_python(version: tuple[int, int, int], check: Check) -> None:
    assert python_check(version) == check


def test_virtualenv() -> None:
    assert virtualenv_check(Path("/x/.venv"), Path("/usr")).ok
    assert virtualenv_check(Path("/usr"), Path("/usr")).fix == "make setup"


def test_no_engine(tmp_path: Path) -> None:
    assert engine_check(None) == Check(
        "engine", "no Pulumi engine 3.259.0 or newer on this machine", "make setup"
    )
    assert language_host_check(None, machine(tmp_path)).ok


def test_an_engine_and_its_language_host(tmp_path: Path) -> None:
    pulumi = script(tmp_path / "engine" / "pulumi", "#!/bin/sh\n")
    script(tmp_path / "engine" / "pulumi-language-python", "#!/bin/sh\n")
    engine = Engine(pulumi, "v3.259.0", Origin.PATH, (pulumi.parent,))
    assert engine_check(engine).detail == f"Pulumi engine 3.259.0, found on PATH: {pulumi}"
    assert language_host_check(engine, machine(tmp_path)).detail == f"Pulumi’s own, in {pulumi.parent}"
    (pulumi.parent / "language_host.py").touch()
    assert language_host_check(engine, machine(tmp_path)).detail == f"ours, in {pulumi.parent}"


def test_go_is_needed_only_without_an_engine(tmp_path: Path) -> None:
    there = machine(tmp_path)
    assert go_check(look(there)) == Check(
        "Go",
        "none; needed if the vendor’s download cannot be reached",
        "install Go 1.25.11 or newer from https://go.dev/dl/",
    )
    go = fake_go(tmp_path)
    assert go_check(look(there)) == Check("Go", f"go1.26.8 in {go} (can build the engine)")
    facts = replace(look(there), go=None, cached=there.store.pinned)
    assert go_check(facts) == Check("Go", "none (not needed: the engine is there)")


def test_disk() -> None:
    assert disk_check(2 * 10**9, 10**9) == Check("disk", "2.0 GB free")
    full = disk_check(10**9, 5 * 10**9)
    assert (full.ok, full.detail) == (False, "1.0 GB free; 5 GB are needed")


def test_simcloud_that_does_not_run(tmp_path: Path) -> None:
    assert simcloud_check(tmp_path) == Check(
        "simulated cloud", "not running (starts by itself when it is needed)"
    )


def test_credentials_are_named_and_never_shown(tmp_path: Path) -> None:
    assert credentials_check({"HOME": str(tmp_path)}).detail == "none (fine for the simulated cloud)"
    found = credentials_check({"HOME": str(tmp_path), "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE"})
    assert (found.ok, found.detail) == (True, "from AWS_ACCESS_KEY_ID")


CHECKS = [Check("Python", "3.11.2"), Check("engine", "none", "make setup")]


def test_as_text() -> None:
    assert as_text(CHECKS) == "ok    Python  3.11.2\nFAIL  engine  none\n              Fix: make setup"


def test_as_a_document() -> None:
    assert json.loads(as_document(CHECKS)) == {
        "schema_version": 1,
        "command": "doctor",
        "ok": False,
        "checks": [
            {"name": "Python", "ok": True, "detail": "3.11.2", "fix": None},
            {"name": "engine", "ok": False, "detail": "none", "fix": "make setup"},
        ],
    }
