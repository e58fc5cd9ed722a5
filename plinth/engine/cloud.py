"""The simulated cloud as the command line sees it: something that can be started, asked and stopped."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from plinth.errors import SimulationFailed
from simcloud import daemon

Coverage = Mapping[str, Any]
"""`types`, each with its operations, and `look_ups`: simcloud/coverage.py."""


class Running(Protocol):
    """A simulated cloud that is up."""

    @property
    def pid(self) -> int: ...

    @property
    def provider_port(self) -> int: ...

    @property
    def cloudflare_port(self) -> int: ...

    @property
    def http_port(self) -> int: ...

    @property
    def http_url(self) -> str: ...

    @property
    def home(self) -> Path: ...

    @property
    def versions(self) -> Mapping[str, str]: ...

    @property
    def started(self) -> str: ...

    @property
    def log(self) -> Path: ...


class Cloud(Protocol):
    """What the commands ask of it; tests put a twin in its place."""

    def start(self, home: Path) -> Running: ...

    def running(self, home: Path) -> Running | None: ...

    def stop(self, home: Path) -> bool: ...

    def coverage(self) -> Coverage: ...


class SimulatedCloud:
    """The real one: a process of its own that survives this one."""

    def start(self, home: Path) -> Running:
        """Idempotent; waits until it is ready. Raises SimulationFailed."""
        try:
            return daemon.start(home)
        except (daemon.DaemonError, OSError) as error:
            raise SimulationFailed(str(error)) from error

    def running(self, home: Path) -> Running | None:
        return daemon.running(home)

    def stop(self, home: Path) -> bool:
        """Whether there was one to stop. Raises SimulationFailed if it does not end."""
        try:
            return daemon.stop(home)
        except daemon.DaemonError as error:
            raise SimulationFailed(str(error)) from error

    def coverage(self) -> Coverage:
        """Asked of a process of its own: to say what it has, the simulated cloud loads all of it."""
        done = subprocess.run(
            [sys.executable, "-m", "simcloud.coverage"], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SimulationFailed(f"simcloud.coverage ended with {done.returncode}:\n{done.stderr}")
        said: Coverage = json.loads(done.stdout)
        return said
