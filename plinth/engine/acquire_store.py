"""The engines in the user's cache: one directory per version, complete or not there at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from plinth.engine.acquire_plan import Program
from plinth.engine.processes import Processes
from plinth.engine.version import PINNED

_UNFINISHED = ".unfinished-"


class NotAnEngine(Exception):
    """What was downloaded or built does not run, or is another version; the text says which."""


@dataclass(frozen=True)
class Store:
    """`root` is Plinth's directory in the user's cache."""

    root: Path

    @property
    def directory(self) -> Path:
        """Where the pinned engine is, or would be."""
        return self.root / "pulumi" / PINNED

    @property
    def lock(self) -> Path:
        return self.root / "pulumi" / ".lock"

    @property
    def language_host(self) -> Path:
        """Our Python language host for an engine of someone else's that lacks one."""
        return self.root / "language-host"

    @property
    def go_caches(self) -> Path:
        """Go's module and build caches while the engine is built; kept when a build is cut short."""
        return self.root / "go"

    @property
    def pinned(self) -> Program:
        """The pinned engine, whether it is there or not."""
        return Program(path=self.directory / "pulumi", version=PINNED)

    def cached(self) -> Program | None:
        """The pinned engine, if it is there. Being there means being whole: see `added`."""
        return self.pinned if self.pinned.path.is_file() else None

    @contextmanager
    def added(self, processes: Processes) -> Iterator[Path]:
        """An empty directory to put an engine into; becomes the pinned engine if it proves to be one.

        To be used under `lock`: directories left by set-ups that were killed are removed first.
        """
        self._forget_unfinished()
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.directory.parent))
        try:
            yield unfinished
            _prove(unfinished / "pulumi", processes)
            # mkdtemp's directory is for the owner alone; a cache is not a secret.
            unfinished.chmod(0o755)
            shutil.rmtree(self.directory, ignore_errors=True)
            unfinished.rename(self.directory)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)

    def _forget_unfinished(self) -> None:
        for leftover in self.directory.parent.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(leftover, ignore_errors=True)


def _prove(pulumi: Path, processes: Processes) -> None:
    said = processes.output(pulumi, "version")
    if said is None:
        raise NotAnEngine("the engine does not run on this machine")
    if said.strip().removeprefix("v") != PINNED:
        raise NotAnEngine(f"the engine says it is {said.strip()}, not {PINNED}")
