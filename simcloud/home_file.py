"""A file in the home of a simulated cloud that somebody may write, change and remove while it runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")


class HomeFile(Generic[T]):
    """What a file says, read again when it changes; `otherwise` as long as there is none."""

    def __init__(self, read: Callable[[Path], T], otherwise: T) -> None:
        self._read, self._otherwise = read, otherwise
        self._said = otherwise
        self._stamp: int | None = None

    def said(self, file: Path | None) -> T:
        """Raises what `read` raises if the file cannot be understood."""
        stamp = _changed(file)
        if stamp != self._stamp:
            self._said = self._otherwise if file is None or stamp is None else self._read(file)
            self._stamp = stamp
        return self._said


def _changed(file: Path | None) -> int | None:
    try:
        return file.stat().st_mtime_ns if file else None
    except FileNotFoundError:
        return None
