"""Everything an engine command needs, made ready: project, simulated cloud, engine, environment."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plinth.began import BEGAN
from plinth.engine.acquire import locate
from plinth.engine.acquire_machine import this_machine
from plinth.engine.cloud import Cloud, Running, SimulatedCloud
from plinth.engine.driver import Engine, PulumiEngine
from plinth.engine.environment import PASSPHRASE, REGION, Change, simulated_environment
from plinth.engine.layout import Layout
from plinth.engine.project import project_name
from plinth.errors import ConfigurationError, EngineMissing
from plinth.paths import own_sim_home, project_root, sim_home


@dataclass(frozen=True)
class Installed:
    """An engine on this machine; `search_path` goes first on PATH."""

    engine: Engine
    program: Path
    version: str
    search_path: tuple[Path, ...]


def installed_engine(environ: Mapping[str, str]) -> Installed:
    """Raises EngineMissing when nothing was set up yet."""

    found = locate(this_machine(environ))
    if found is None:
        raise EngineMissing("There is no Pulumi engine on this machine yet.", fix="plinth setup")
    return Installed(PulumiEngine(found.pulumi), found.pulumi, found.version, found.search_path)


def aws_client(service: str, region: str, endpoint: str) -> Any:
    """A boto3 client of the simulated cloud; imported only where one is needed, it takes a third of a second."""
    import boto3

    return boto3.client(
        service,  # type: ignore[call-overload]
        region_name=region or REGION,
        endpoint_url=endpoint,
        aws_access_key_id=PASSPHRASE,
        aws_secret_access_key=PASSPHRASE,
    )


@dataclass(frozen=True)
class Tools:
    """The seams to the outside: tests put twins in their places."""

    cloud: Cloud = field(default_factory=SimulatedCloud)
    find_engine: Callable[[Mapping[str, str]], Installed] = installed_engine
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    client: Callable[[str, str, str], Any] = aws_client
    clock: Callable[[], float] = time.monotonic
    began: float = BEGAN


@dataclass(frozen=True)
class Place:
    """Which project we are in and where its simulated cloud lives."""

    root: Path
    layout: Layout


@dataclass(frozen=True)
class Session:
    """A running simulated cloud and an engine pointed at it."""

    place: Place
    running: Running
    installed: Installed
    tools: Tools
    change: Change
    env: Mapping[str, str]
    cloud_seconds: float

    def client(self, service: str, region: str) -> Any:
        """A boto3 client of the running cloud."""
        return self.tools.client(service, region, self.running.http_url)


def find_place(tools: Tools) -> Place:
    return _place_of(project_root(), tools)


def find_place_anywhere(tools: Tools) -> Place:
    """The project that we are in, or else the user's own simulated cloud: for what needs no project."""
    try:
        root = project_root()
    except ConfigurationError:
        return Place(Path.cwd(), Layout(own_sim_home(tools.environ), ""))
    return _place_of(root, tools)


def open_session(tools: Tools, place: Place, *, first_on_path: tuple[Path, ...] = ()) -> Session:
    """Starts the simulated cloud if it is not running."""
    installed = tools.find_engine(outside(tools.environ, place.layout))
    began = tools.clock()
    running = tools.cloud.start(place.layout.home)
    cloud_seconds = tools.clock() - began
    change = simulated_environment(
        tools.environ,
        place.layout,
        providers={"aws": running.provider_port, "cloudflare": running.cloudflare_port},
        http_url=running.http_url,
        path=[*first_on_path, *installed.search_path, Path(sys.executable).parent],
    )
    return Session(place, running, installed, tools, change, change.applied_to(tools.environ), cloud_seconds)


def _place_of(root: Path, tools: Tools) -> Place:
    return Place(root, Layout(sim_home(root, tools.environ), project_name(root)))


def outside(environ: Mapping[str, str], layout: Layout) -> dict[str, str]:
    """Without our own `pulumi`: inside `plinth sim shell` it must not be taken for an engine."""
    folders = [item for item in environ.get("PATH", "").split(os.pathsep) if item != str(layout.bin)]
    return {**environ, "PATH": os.pathsep.join(folders)}
