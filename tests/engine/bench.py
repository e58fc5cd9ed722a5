"""The command line, the real engine and a simulated cloud of their own, as a test sees them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import boto3

from simcloud import daemon
from tests.docs.blocks import ROOT
from tests.docs.scratch import newcomer

PLINTH = ROOT / ".venv" / "bin" / "plinth"
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Bench:
    """A copy of the project and the home of its simulated cloud."""

    project: Path
    home: Path
    region: str = "us-east-1"

    def sim(self, *command: str, code: int = 0) -> Document:
        """`plinth sim <command> --json`, which must end with `code`."""
        done = self.start(*command)
        out, err = done.communicate()
        assert done.returncode == code, f"plinth sim {' '.join(command)}: {done.returncode}\n{err}\n{out}"
        document: Document = json.loads(out)
        return document

    def start(self, *command: str) -> subprocess.Popen[str]:
        """The same without waiting."""
        return subprocess.Popen(
            [PLINTH, "sim", *command, "--json"],
            cwd=self.project,
            env={**newcomer(), "PLINTH_SIM_HOME": str(self.home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def client(self, service: str, region: str = "") -> Any:
        """boto3 over HTTP, as anybody's script would use it."""
        running = daemon.running(self.home)
        assert running is not None
        return _client(service, region or self.region, running.http_url)

    def configure(self, stack: str, overrides: str) -> None:
        """Lay `overrides` (YAML, below plinth:overrides) over the stack's file."""
        file = self.project / f"Pulumi.{stack}.yaml"
        file.write_text(
            file.read_text().replace("  plinth:overrides:\n", f"  plinth:overrides:\n{overrides}")
        )

    def kill_cloud(self) -> None:
        """kill -9 of the simulated cloud."""
        running = daemon.running(self.home)
        assert running is not None
        os.kill(running.pid, signal.SIGKILL)

    def kill_engine(self) -> None:
        """kill -9 of the engine that works on this home."""
        found = subprocess.run(
            ["pgrep", "-f", f"pulumi up .*{self.home}"], capture_output=True, text=True, check=True
        )
        for pid in found.stdout.split():
            os.kill(int(pid), signal.SIGKILL)


@cache
def _client(service: str, region: str, url: str) -> Any:
    """One for all calls: to make one takes a third of a second."""
    session: Any = boto3.Session(aws_access_key_id="simulated", aws_secret_access_key="simulated")
    return session.client(service, region_name=region, endpoint_url=url)


def changed(document: Document) -> dict[str, tuple[str, ...]]:
    """Logical name of every resource that changes → the properties, or the operation where it is not an update."""
    return {
        step["name"]: tuple(step["changed"]) if step["op"] == "update" else (step["op"],)
        for step in document["steps"]
    }
