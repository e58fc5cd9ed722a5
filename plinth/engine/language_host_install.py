"""Our Python language host, put where the engine finds it — only for an engine that has none."""

import os
import tempfile
from pathlib import Path

from plinth.engine.acquire_store import Store
from plinth.engine.processes import Processes

LAUNCHER = "pulumi-language-python"
_OURS = (LAUNCHER, "language_host.py", "language_program.py")


def search_path(pulumi: Path, store: Store, processes: Processes) -> tuple[Path, ...]:
    """The directories to put first on PATH for `pulumi`; installs our language host if it is needed."""
    # The engine takes a host beside its own binary as a part of itself; one on PATH makes it warn.
    # (sdk/go/common/workspace/plugins.go of 3.259.0: IsPluginBundled, getPluginInfoAndPath)
    if pulumi.parent == store.directory:
        if not _is_vendors(pulumi.parent):
            install(pulumi.parent)
        return (pulumi.parent,)
    if _has_its_own(pulumi) or _found_elsewhere(store, processes):
        return (pulumi.parent,)
    install(store.language_host)
    return (pulumi.parent, store.language_host)


def install(directory: Path) -> None:
    """Write our language host into `directory` where it is missing or another version."""
    directory.mkdir(parents=True, exist_ok=True)
    for name in _OURS:
        content, file = (Path(__file__).parent / name).read_bytes(), directory / name
        if not file.is_file() or file.read_bytes() != content:
            _replace(file, content)


def is_ours(directory: Path) -> bool:
    """True if the language host in `directory` is the one that we installed."""
    return (directory / "language_host.py").is_file()


def _is_vendors(directory: Path) -> bool:
    return (directory / LAUNCHER).exists() and not is_ours(directory)


def _has_its_own(pulumi: Path) -> bool:
    # A script (a version manager's shim, a package's wrapper) knows where its engine's parts are.
    with pulumi.open("rb") as file:
        return file.read(2) == b"#!" or os.access(pulumi.resolve().parent / LAUNCHER, os.X_OK)


def _found_elsewhere(store: Store, processes: Processes) -> bool:
    found = processes.which(LAUNCHER)
    return found is not None and found.parent != store.language_host


def _replace(file: Path, content: bytes) -> None:
    """Never half-written and never missing: an engine may be starting it at this moment."""
    handle, unfinished = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    Path(unfinished).chmod(0o755 if file.name == LAUNCHER else 0o644)
    Path(unfinished).replace(file)
