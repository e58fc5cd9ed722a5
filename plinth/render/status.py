"""The status of the simulated cloud, for people and for programs."""

from collections import Counter
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from plinth.engine.state import Environment
from plinth.engine.status import Status
from plinth.render.json import document
from plinth.render.text import banner
from plinth.render.words import plural


def render_status(status: Status, console: Console) -> None:
    console.print(banner("status", ""))
    facts = _facts(status)
    width = max(len(name) for name, _ in facts)
    for name, value in facts:
        console.print(Text(f"  {name:<{width}}  {value}"), soft_wrap=True)
    console.print()
    if status.environments:
        console.print(_table(status))
    else:
        console.print("No environment yet: plinth sim up")


def status_document(status: Status) -> str:
    running = status.running
    content: dict[str, Any] = {
        "running": running is not None,
        "http_endpoint": running.http_url if running else None,
        "provider_port": running.provider_port if running else None,
        "pid": running.pid if running else None,
        "started": running.started if running else None,
        "log": str(running.log) if running else None,
        "state_folder": str(status.home),
        "versions": dict(status.versions),
        "environments": {environment.name: _environment(environment) for environment in status.environments},
    }
    return document("sim status", content)


def _environment(environment: Environment) -> dict[str, Any]:
    return {
        "resources": environment.total,
        "types": dict(environment.resources),
        "protected": environment.protected,
        "unfinished": environment.unfinished,
        "updated": environment.updated.isoformat(timespec="seconds"),
    }


def _facts(status: Status) -> list[tuple[str, str]]:
    running = status.running
    here = [
        ("state", str(status.home)),
        ("versions", ", ".join(f"{k} {v}" for k, v in status.versions.items())),
    ]
    if running is None:
        return [("cloud", "stopped; the next command that needs it starts it"), *here]
    return [
        ("cloud", f"running, pid {running.pid}, since {running.started}"),
        ("AWS endpoint", running.http_url),
        ("provider", f"127.0.0.1:{running.provider_port}"),
        ("log", str(running.log)),
        *here,
    ]


def _table(status: Status) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("environment", no_wrap=True)
    table.add_column("resources", justify="right")
    table.add_column("last run (UTC)", no_wrap=True)
    table.add_column("by type", style="dim", ratio=1)
    for environment in status.environments:
        updated = environment.updated.strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(environment.name, str(environment.total), updated, Text(_summary(environment)))
    return table


def _summary(environment: Environment) -> str:
    """By service, most first; the whole list is in --json."""
    services: Counter[str] = Counter()
    for token, count in environment.resources.items():
        services[token.split(":")[1].split("/")[0]] += count
    ordered = sorted(services.items(), key=lambda item: (-item[1], item[0]))
    text = ", ".join(f"{count} {name}" for name, count in ordered)
    return (
        f"{text}; {plural(environment.unfinished, 'unfinished creation')}" if environment.unfinished else text
    )
