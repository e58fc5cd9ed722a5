"""Twins of the outside world: an engine that replays what was recorded, a cloud that is only claimed to run."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plinth.engine.driver import Command, Finished, Watcher
from plinth.engine.session import Installed, Tools
from plinth.report.event import parse_events

RECORDED = Path(__file__).parent / "report" / "cases"
STATE = {"version": 3, "checkpoint": {"latest": {"secrets_providers": {"state": {"salt": "v1:sim"}}}}}


@dataclass(frozen=True)
class TwinRunning:
    """Ports and a pid that nobody answers on."""

    home: Path
    pid: int = 4711
    provider_port: int = 40001
    cloudflare_port: int = 40002
    http_port: int = 40003
    http_url: str = "http://127.0.0.1:40003"
    versions: Mapping[str, str] = field(default_factory=lambda: {"simcloud": "1", "moto": "5.2.5"})
    started: str = "2026-11-21T14:00:00Z"

    @property
    def log(self) -> Path:
        return self.home / "simcloud.log"


@dataclass
class TwinCloud:
    """Runs as soon as it was started."""

    up: bool = False
    starts: int = 0

    def start(self, home: Path) -> TwinRunning:
        home.mkdir(parents=True, exist_ok=True)
        self.starts += not self.up
        self.up = True
        return TwinRunning(home)

    def running(self, home: Path) -> TwinRunning | None:
        return TwinRunning(home) if self.up else None

    def stop(self, home: Path) -> bool:
        was, self.up = self.up, False
        return was

    def coverage(self) -> dict[str, Any]:
        made = {
            "create": "moto",
            "read": "moto",
            "update": "",
            "replace": "moto",
            "delete": "moto",
            "import_": "moto",
        }
        token = "aws:ec2/route:Route"
        return {
            "types": [{"token": token, "call": "ec2 create_route", **made}],
            "look_ups": ["aws.get_region"],
        }


@dataclass
class RecordedEngine:
    """Answers `stack init` as the CLI does, and anything else with the events of a recorded case."""

    case: str = "up_first"
    returncode: int = 0
    said: str = ""
    interrupted: bool = False
    commands: list[Command] = field(default_factory=list)
    before: Callable[[Command], None] = lambda _: None

    def run(self, command: Command, watcher: Watcher | None = None) -> Finished:
        self.commands.append(command)
        self.before(command)
        if command.args[:2] == ("stack", "init"):
            _init(command)
            return Finished(0, 0.0, 0.4)
        if watcher is not None and self.case:
            for event in parse_events((RECORDED / self.case / "events.jsonl").read_text().splitlines()):
                watcher.event(event)
        return Finished(self.returncode, 1795270900.0, 1795270905.0, self.interrupted, self.said)


def _init(command: Command) -> None:
    """As the CLI does it: a state file in the backend, a salt in the folder where it was called."""
    stack = command.args[2]
    backend = Path(command.env["PULUMI_BACKEND_URL"].removeprefix("file://"))
    state = backend / ".pulumi" / "stacks" / "plinth" / f"{stack}.json"
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_text(json.dumps(STATE))
    (command.cwd / f"Pulumi.{stack}.yaml").write_text("encryptionsalt: v1:sim\n")


def twin_tools(engine: RecordedEngine, cloud: TwinCloud, environ: Mapping[str, str]) -> Tools:
    """Tools that start nothing."""
    program = Path("/opt/engine/pulumi")
    installed = Installed(engine, program, "3.259.0", (program.parent,))
    ticks = iter(range(1000))
    return Tools(
        cloud=cloud,
        find_engine=lambda _: installed,
        environ=environ,
        clock=lambda: next(ticks) / 10,
        began=0.0,
    )
