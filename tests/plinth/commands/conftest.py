"""The command line with twins behind it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from plinth.main import app
from tests.plinth.twins import RecordedEngine, TwinCloud, twin_tools


@dataclass
class Cli:
    """Types commands and keeps what came of them."""

    project: Path
    engine: RecordedEngine = field(default_factory=RecordedEngine)
    cloud: TwinCloud = field(default_factory=TwinCloud)
    environ: Mapping[str, str] = field(default_factory=lambda: {"PATH": "/usr/bin:/bin"})

    @property
    def home(self) -> Path:
        return self.project / ".plinth" / "sim"

    def run(self, *args: str) -> Result:
        tools = twin_tools(self.engine, self.cloud, self.environ)
        return CliRunner().invoke(app, list(args), obj=tools)

    def document(self, *args: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run(*args, "--json").stdout)
        return found


@pytest.fixture
def cli(project: Path) -> Cli:
    return Cli(project)


@pytest.fixture
def replaying(project: Path) -> Callable[..., Cli]:
    """A command line whose engine replays a recorded case."""

    def make(case: str, returncode: int = 0, **more: Any) -> Cli:
        return Cli(project, RecordedEngine(case, returncode, **more))

    return make
