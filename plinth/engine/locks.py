"""Locks that a killed engine left behind: removed when their owner is dead, never otherwise."""

import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from plinth.engine.layout import Layout
from plinth.errors import StackLocked


@dataclass(frozen=True)
class Lock:
    """What the engine writes into a lock file."""

    file: Path
    pid: int
    host: str
    user: str
    since: str

    @property
    def owner(self) -> str:
        return f"{self.user}@{self.host}, pid {self.pid}, since {self.since}"


def release_dead_locks(layout: Layout, stack: str) -> tuple[str, ...]:
    """One line per removed lock. Raises StackLocked if an owner lives, or may live on another machine."""
    locks = [_read(file) for file in sorted(layout.lock_folder(stack).glob("*.json"))]
    living = [lock for lock in locks if lock is not None and _may_live(lock)]
    if living:
        raise StackLocked(
            f"{stack}: another run is working on this environment ({living[0].owner}).",
            fix=f"wait until it ends, or end it: kill -INT {living[0].pid}",
        )
    for lock in locks:
        if lock is not None:
            lock.file.unlink(missing_ok=True)
    return tuple(
        f"Removed the lock of a run that is gone ({lock.owner})." for lock in locks if lock is not None
    )


def _read(file: Path) -> Lock | None:
    """None for a lock that its owner removed meanwhile; one cut off by a kill counts as nobody's."""
    try:
        raw = json.loads(file.read_text())
    except FileNotFoundError:
        return None
    except ValueError:
        raw = {}
    return Lock(
        file=file,
        pid=int(raw.get("pid", 0)),
        host=raw.get("hostname", socket.gethostname()),
        user=raw.get("username", "unknown"),
        since=str(raw.get("timestamp", "unknown"))[:19],
    )


def _may_live(lock: Lock) -> bool:
    if lock.host != socket.gethostname():
        return True
    return lock.pid > 0 and _runs(lock.pid) and _is_engine(lock.pid)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_engine(pid: int) -> bool:
    """False when the number was given to another program since; True where that cannot be seen."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().startswith("pulumi")
    except OSError:
        return True
