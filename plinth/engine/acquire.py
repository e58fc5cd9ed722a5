"""Getting hold of a Pulumi engine, whatever this machine has."""

from dataclasses import dataclass, replace
from pathlib import Path

from plinth.engine.acquire_build import WRAPPER, build, commands
from plinth.engine.acquire_download import BadArchive, download
from plinth.engine.acquire_lock import only_one
from plinth.engine.acquire_machine import Machine, look, this_machine
from plinth.engine.acquire_plan import Build, Download, Facts, Found, Impossible, Origin, decide, explain
from plinth.engine.acquire_progress import Progress, shown_progress
from plinth.engine.acquire_store import NotAnEngine
from plinth.engine.downloads import Unreachable
from plinth.engine.language_host_install import search_path
from plinth.engine.processes import ProcessFailed
from plinth.errors import EngineMissing


@dataclass(frozen=True)
class Engine:
    """A Pulumi CLI that is ready to use.

    `search_path` goes first on PATH: the CLI's own directory, and that of our Python language host if the
    CLI came without one.
    """

    pulumi: Path
    version: str
    origin: Origin
    search_path: tuple[Path, ...]


def locate(machine: Machine | None = None) -> Engine | None:
    """The engine that is already there, or None. Touches no network and starts nothing slow."""
    machine = machine or this_machine()
    match decide(look(machine)):
        case Found() as found:
            return _ready(found, machine)
        case _:
            return None


def acquire(machine: Machine | None = None, progress: Progress | None = None) -> Engine:
    """The engine that is there, else one downloaded, else one built (minutes). Raises EngineMissing."""
    machine = machine or this_machine()
    if engine := locate(machine):
        return engine
    if progress is not None:
        return _ready(_obtain(machine, progress), machine)
    with shown_progress() as shown:
        return _ready(_obtain(machine, shown), machine)


def _obtain(machine: Machine, progress: Progress) -> Found:
    with only_one(machine.store.lock, progress):
        # Looked at again: whoever held the lock before us may have brought one.
        state: Facts | Found = look(machine)
        while isinstance(state, Facts):
            state = _next(state, machine, progress)
        return state


def _next(facts: Facts, machine: Machine, progress: Progress) -> Facts | Found:
    match decide(facts):
        case Found() as found:
            return found
        case Download() as plan:
            return _try_download(plan, facts, machine, progress)
        case Build() as plan:
            return _try_build(plan, facts, machine, progress)
        case Impossible() as plan:
            raise EngineMissing(explain(plan))


def _try_download(plan: Download, facts: Facts, machine: Machine, progress: Progress) -> Facts | Found:
    progress.note(f"No Pulumi engine on this machine yet. Downloading {plan.archive}")
    try:
        with machine.store.added(machine.processes) as directory:
            download(plan, directory, machine.http, progress)
    except (Unreachable, BadArchive, NotAnEngine) as error:
        progress.note(f"The download failed: {error}")
        return replace(facts, download_failed=str(error))
    return Found(machine.store.pinned, Origin.DOWNLOAD)


def _try_build(plan: Build, facts: Facts, machine: Machine, progress: Progress) -> Facts | Found:
    progress.note("Building the engine from Go modules instead: once per version, about four minutes.")
    store = machine.store
    try:
        with store.added(machine.processes) as directory:
            to_run = commands(plan, directory, store.go_caches, machine.environ)
            build(to_run, WRAPPER, store.go_caches, machine.processes, progress)
    except (ProcessFailed, NotAnEngine) as error:
        return replace(facts, build_failed=f"it failed with\n{error}")
    return Found(store.pinned, Origin.BUILD)


def _ready(found: Found, machine: Machine) -> Engine:
    pulumi = found.program
    directories = search_path(pulumi.path, machine.store, machine.processes)
    return Engine(pulumi.path, pulumi.version, found.origin, directories)
