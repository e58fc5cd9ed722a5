"""Start, find and stop the simulated cloud of a home directory."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from simcloud.files import Files

_START_SECONDS = 60.0
_STOP_SECONDS = 15.0


class DaemonError(Exception):
    """The simulated cloud did not start or end."""


@dataclass(frozen=True)
class Running:
    """A simulated cloud that answers."""

    pid: int
    provider_port: int
    cloudflare_port: int
    http_port: int
    home: Path
    versions: Mapping[str, str]
    started: str

    @property
    def http_url(self) -> str:
        """Where boto3 and the AWS CLI reach it."""
        return f"http://127.0.0.1:{self.http_port}"

    @property
    def log(self) -> Path:
        """Its log file."""
        return Files(self.home).log


def running(home: Path) -> Running | None:
    """The cloud of `home` if its process is alive."""
    files = Files(home)
    try:
        address = json.loads(files.address.read_text())
    except (OSError, ValueError):
        return None
    if not _is_ours(address["pid"], home):
        return None
    return Running(home=home, **address)


def start(home: Path) -> Running:
    """The cloud of `home`, started if need be. Raises DaemonError with the reason if it does not come up."""
    files = Files(home)
    files.prepare()
    with _only_one(files.lock):
        return running(home) or _launch(files)


def stop(home: Path) -> bool:
    """End the cloud of `home` in order; False if none was running. Its state stays."""
    found = running(home)
    if found is None:
        return False
    os.kill(found.pid, signal.SIGTERM)
    if not _within(_STOP_SECONDS, lambda: not _is_ours(found.pid, home)):
        raise DaemonError(
            f"simcloud (process {found.pid}) does not end. Fix: kill -9 {found.pid}; nothing is lost."
        )
    return True


def _launch(files: Files) -> Running:
    files.address.unlink(missing_ok=True)
    with files.log.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "simcloud", str(files.home)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=Path(__file__).parent.parent,
        )
    _within(_START_SECONDS, lambda: running(files.home) is not None or process.poll() is not None)
    found = running(files.home)
    if found is None:
        raise DaemonError(f"simcloud did not start. Its log, {files.log}, ends:\n{_tail(files.log)}")
    files.port.write_text(str(found.http_port))
    return found


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _is_ours(pid: int, home: Path) -> bool:
    """Whether `pid` is alive and serves `home`: a number alone may have been given to another process."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"simcloud" in command and str(home).encode() in command


def _within(seconds: float, done: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(0.02)
    return False


def _tail(path: Path, lines: int = 15) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
