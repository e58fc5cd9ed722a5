"""The directories in which programs run that use this cloud right now.

A provider that the engine attaches to is not started in the program's directory, and is not told which one it is.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import yaml

_LISTENS, _ESTABLISHED = "0A", "01"
_PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")


def directories() -> list[Path]:
    """Where relative paths of programs start: those of connected engines first, then this process's own."""
    places = [_program_of(place) for place in _places_of_clients()] + [Path.cwd()]
    return list(dict.fromkeys(places))


def _program_of(place: Path) -> Path:
    """The directory of the Pulumi program that is run from `place`: what the engine starts providers in."""
    for directory in (place, *place.parents):
        project = next((directory / name for name in _PROJECT_FILES if (directory / name).is_file()), None)
        if project is not None:
            document = yaml.safe_load(project.read_text()) or {}
            main = directory / str(document.get("main") or ".")
            return main if main.is_dir() else main.parent
    return place


def _places_of_clients() -> Iterator[Path]:
    if sys.platform == "linux":
        yield from _on_linux()
    else:
        yield from _by_lsof()


def _on_linux() -> Iterator[Path]:
    own = _sockets(Path("/proc/self"))
    rows = [row for name in ("tcp", "tcp6") for row in _rows(Path("/proc/net") / name)]
    ports = {row.local for row in rows if row.state == _LISTENS and row.inode in own}
    clients = {row.inode for row in rows if row.state == _ESTABLISHED and row.remote in ports} - own
    for process in Path("/proc").iterdir() if clients else ():
        if process.name.isdigit() and int(process.name) != os.getpid() and _sockets(process) & clients:
            with suppress(OSError):
                yield (process / "cwd").resolve(strict=True)


class _Row:
    """A line of the kernel's table of connections."""

    def __init__(self, line: str) -> None:
        fields = line.split()
        self.local, self.remote = (address.rsplit(":", 1)[-1] for address in fields[1:3])
        self.state, self.inode = fields[3], fields[9]


def _rows(table: Path) -> list[_Row]:
    with suppress(OSError):
        return [_Row(line) for line in table.read_text().splitlines()[1:]]
    return []


def _sockets(process: Path) -> set[str]:
    """The inodes of a process's sockets; none for a process of somebody else."""
    held = set()
    with suppress(OSError):
        for link in (process / "fd").iterdir():
            with suppress(OSError):
                found = re.fullmatch(r"socket:\[(\d+)\]", str(link.readlink()))
                held |= {found.group(1)} if found else set()
    return held


def _by_lsof() -> Iterator[Path]:
    own = _lsof("-nP", "-a", "-p", str(os.getpid()), "-iTCP", "-sTCP:LISTEN", "-Fn")
    for port in {line.rsplit(":", 1)[-1] for line in own if line.startswith("n")}:
        for line in _lsof("-nP", f"-iTCP:{port}", "-sTCP:ESTABLISHED", "-Fp"):
            if line.startswith("p") and int(line[1:]) != os.getpid():
                found = _lsof("-a", "-p", line[1:], "-d", "cwd", "-Fn")
                yield from (Path(item[1:]) for item in found if item.startswith("n"))


def _lsof(*arguments: str) -> list[str]:
    with suppress(OSError, subprocess.SubprocessError):
        answer = subprocess.run(["lsof", *arguments], capture_output=True, text=True, timeout=10, check=False)
        return answer.stdout.splitlines()
    return []
