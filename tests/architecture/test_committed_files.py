"""What must never be committed: traces of the simulated state, of this machine, of work left undone."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tests.architecture.repository import ROOT, committed_files, committed_texts, short

_HOMES = re.compile(r"(?<![\w.~/$}-])/(?:root|work)/[\w.-]+")
"""A path that exists on somebody's machine only."""
_UNDONE = re.compile(r"(?:#|//|/\*|<!--|^\s*[-*])\s*(?:TODO|FIXME|XXX)\b", re.MULTILINE)
_PUBLIC_INDEX = "https://pypi.org/simple"


def test_no_stack_file_has_an_encryption_salt() -> None:
    salted = [short(path) for path in ROOT.glob("Pulumi.*.yaml") if "encryptionsalt" in path.read_text()]
    assert not salted, (
        f"{', '.join(salted)}: the salt belongs to a backend of somebody's own (the simulated one, if `pulumi` "
        "was run outside `plinth sim shell`). Fix: remove the line encryptionsalt."
    )


def test_nothing_that_git_ignores_is_committed() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert listed.stdout == "", "made by tools, and different on every machine: " + listed.stdout


def test_no_committed_text_knows_somebodys_machine() -> None:
    found = [f"{where}: {path}" for where, text in _texts() for path in sorted(set(_HOMES.findall(text)))] + [
        f"{where}: {name}" for name in _own_names() for where, text in _texts() if name in text
    ]
    assert not found, "a path or host of one machine works on no other:\n" + "\n".join(found)


def test_the_lock_names_only_the_public_index() -> None:
    registries = set(re.findall(r'registry = "([^"]+)"', (ROOT / "uv.lock").read_text()))
    assert registries == {_PUBLIC_INDEX}, (
        "a mirror's name in uv.lock locks out everybody without that mirror; hashes make any mirror as good."
    )


def test_no_work_is_left_as_a_note() -> None:
    undone = [f"{where}: {note}" for where, text in _texts() for note in _UNDONE.findall(text)]
    assert not undone, "do it, or write an issue; a note in a file is neither:\n" + "\n".join(undone)


def test_scripts_can_be_run() -> None:
    scripts = [path for path in committed_files() if path.read_bytes()[:2] == b"#!"]
    stuck = [short(path) for path in scripts if not os.access(path, os.X_OK)]
    assert not stuck, f"they begin with #! but are not executable: {', '.join(stuck)}"


def _texts() -> Iterator[tuple[str, str]]:
    return ((short(path), text) for path, text in committed_texts())


def _own_names() -> set[str]:
    """What this machine calls itself and its package index, unless all the world calls them so."""
    index = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    indexes = [
        index,
        *(os.environ.get(name, "") for name in ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "GOPROXY")),
    ]
    hosts = {urlsplit(url).hostname or "" for one in indexes for url in one.split(",")}
    hosts -= {"pypi.org", "proxy.golang.org"}
    machine = {name for name in (socket.gethostname(),) if len(name) > 5 and name != "localhost"}
    home = {str(Path.home())} - {"/", "/root"}
    return {name for name in hosts | machine | home if name}


def test_what_counts_as_a_machine_path() -> None:
    assert _HOMES.findall("see /" + "root/.cache, /" + "work/x") == ["/" + "root/.cache", "/" + "work/x"]
    assert not _HOMES.findall("~/root/x ${HOME}/" + "work/x https://example.com/" + "work/x")
