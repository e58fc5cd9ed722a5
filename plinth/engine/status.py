"""What runs where, and what every simulated environment holds, without a call of the engine."""

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from plinth.engine.cloud import Running
from plinth.engine.session import Place, Tools, outside
from plinth.engine.state import Environment, environments
from plinth.errors import EngineMissing

_PACKAGES = {"moto": "moto", "pulumi-sdk": "pulumi", "pulumi-aws": "pulumi-aws", "plinth": "plinth"}


@dataclass(frozen=True)
class Status:
    """`running` is None when the simulated cloud is stopped; its environments are there all the same."""

    running: Running | None
    home: Path
    versions: Mapping[str, str]
    environments: tuple[Environment, ...]


def read_status(tools: Tools, place: Place) -> Status:
    running = tools.cloud.running(place.layout.home)
    return Status(
        running=running,
        home=place.layout.home,
        versions=_versions(_engine_version(tools, place), running),
        environments=environments(place.layout),
    )


def _versions(engine: str | None, running: Running | None) -> dict[str, str]:
    """What is installed here; what the running cloud says of itself wins."""
    found = {name: metadata.version(package) for name, package in _PACKAGES.items()}
    found["python"] = platform.python_version()
    if engine is not None:
        found["pulumi"] = engine
    return dict(sorted({**found, **(running.versions if running else {})}.items()))


def _engine_version(tools: Tools, place: Place) -> str | None:
    try:
        return tools.find_engine(outside(tools.environ, place.layout)).version
    except EngineMissing:
        return None
