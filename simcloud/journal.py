"""What happened in the simulated cloud, one JSON line each, written before it is acknowledged.

The journal is the cloud's state: on start its entries are replayed against an empty moto. An entry belongs to a
transaction (one provider operation, or one HTTP request); entries of a transaction that was never committed did not
happen. Lines reach the operating system before the answer leaves, so a killed process loses nothing acknowledged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Entry = dict[str, Any]
FORMAT = 1


class JournalError(Exception):
    """The journal on disk cannot be read by this version."""


@dataclass(frozen=True)
class History:
    """What happened: the entries of committed transactions, and the transactions' notes, each in order."""

    entries: list[Entry]
    notes: list[Mapping[str, Any]]
    last: int
    """The highest number given out."""


class Journal:
    """An append-only file. `path` None keeps nothing: for tests in one process."""

    def __init__(self, path: Path | None, versions: Mapping[str, str]) -> None:
        self._path = path
        self._versions = versions
        self._file = None if path is None else self._open(path)

    def append(self, entry: Entry) -> None:
        """Make `entry` durable against the death of this process."""
        if self._file is not None:
            self._file.write(json.dumps(entry, separators=(",", ":"), default=str).encode() + b"\n")

    def history(self) -> History:
        """What was acknowledged."""
        entries = list(self._entries())
        notes = {entry["tx"]: entry.get("note", {}) for entry in entries if entry["kind"] == "commit"}
        return History(
            entries=[entry for entry in entries if entry["kind"] != "commit" and entry["tx"] in notes],
            notes=list(notes.values()),
            last=max((max(entry["tx"], entry.get("n", 0)) for entry in entries), default=0),
        )

    def restart(self) -> None:
        """Begin again with an empty cloud; the old journal is replaced in one step."""
        if self._path is None or self._file is None:
            return
        self._file.close()
        fresh = self._path.with_suffix(".new")
        fresh.write_bytes(self._header())
        fresh.replace(self._path)
        self._file = self._path.open("ab", buffering=0)

    def _open(self, path: Path) -> Any:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            path.touch(mode=0o600)
            path.write_bytes(self._header())
        self._repair(path)
        return path.open("ab", buffering=0)

    def _header(self) -> bytes:
        return json.dumps({"format": FORMAT, "versions": dict(self._versions)}).encode() + b"\n"

    def _repair(self, path: Path) -> None:
        """Cut a line that a killed process wrote only half of: it was never acknowledged."""
        data = path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1] or self._header()
        if whole != data:
            path.write_bytes(whole)
        header = json.loads(whole.split(b"\n", 1)[0])
        if header.get("format") != FORMAT:
            raise JournalError(
                f"{path}: written in format {header.get('format')}, this version reads format {FORMAT}. "
                "Fix: `plinth sim reset` starts with an empty cloud."
            )

    def _entries(self) -> Iterator[Entry]:
        if self._path is None:
            return
        with self._path.open("rb") as lines:
            next(lines, None)
            for line in lines:
                yield json.loads(line)
