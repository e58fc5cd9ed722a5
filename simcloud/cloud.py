"""The simulated cloud of one process: moto's backends, simcloud's own store, and the journal that keeps both."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any
from weakref import ReferenceType, ref

from moto.core.models import DEFAULT_ACCOUNT_ID

from simcloud import fault_answers, public_dns, wire, worlds
from simcloud.clients import Clients
from simcloud.clock import clock
from simcloud.faults import Fault, Faults, TimedOut
from simcloud.journal import Entry, Journal
from simcloud.settings import prepare_moto
from simcloud.store import Key, Store
from simcloud.values import Props

log = logging.getLogger("simcloud")

ACCOUNT_ID = DEFAULT_ACCOUNT_ID
PARTITION = "aws"


def versions() -> dict[str, str]:
    """The versions that decide what the cloud answers."""
    return {
        name: version(name)
        for name in ("plinth", "moto", "botocore", "pulumi", "pulumi-aws", "pulumi-cloudflare")
    }


class Cloud:
    """All accounts, regions and services. One request at a time: moto is not made for two.

    Several clouds of one process take turns in moto's one world: each finds there what it left.
    """

    _inside: ReferenceType[Cloud] | None = None

    def __init__(self, journal_path: Path | None = None, faults: Faults | None = None) -> None:
        self.lock = threading.RLock()
        self.store = Store(self._store_written, public_dns.changed)
        self.clients = Clients(self.handle)
        self.recovered: list[Mapping[str, Any]] = []
        self.seen: set[tuple[str, str, str]] = set()
        """What was found to exist and inputs that were found right, since the last removal."""
        self.faults = faults or Faults()
        self._unheard: dict[str, wire.Answer] = {}
        self.deviations = 0
        """How many replayed requests were answered otherwise than before: 0, unless the code has changed."""
        self._sequence = 0
        self._transaction: int | None = None
        self._left: worlds.World = {}
        self.journal = Journal(journal_path, versions())
        if journal_path is None:
            self.open()

    def open(self) -> None:
        """Load moto and make happen again what the journal says. Everybody else waits for the lock meanwhile."""
        with self.lock:
            prepare_moto()
            self.enter()
            self.recovered = self._replay()

    def enter(self) -> None:
        """Take one's turn in moto's world."""
        inside = None if Cloud._inside is None else Cloud._inside()
        if inside is self:
            return
        if inside is None:
            worlds.empty()
        else:
            inside._left = worlds.take_out()  # noqa: SLF001 - another one of us
        worlds.put_in(self._left)
        self._left = {}
        public_dns.kept_in(lambda: self.store)
        Cloud._inside = ref(self)

    @contextmanager
    def transaction(self, note: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """One acknowledged step: what happens inside survives a kill after it, and is undone by a kill within it.

        The yielded note can be filled in until the end; it is handed back on recovery.
        """
        with self.lock:
            self.enter()
            note = {} if note is None else note
            outermost = self._transaction is None
            if outermost:
                self._transaction = self.next_number()
            try:
                yield note
            finally:
                if outermost:
                    self.journal.append({"kind": "commit", "tx": self._transaction, "note": note})
                    self._transaction = None

    def handle(self, request: wire.Request) -> wire.Answer:
        """Answer one API request; a changing one is in the journal before the answer leaves.

        Raises TimedOut if trouble was asked for and no answer comes.
        """
        with self.lock:
            self.enter()
            sequence, at = self.next_number(), wire.now()
            match self.faults.met(request.service, sequence):
                case Fault.THROTTLED:
                    return fault_answers.throttled(request)
                case Fault.FAILED:
                    return fault_answers.failed(request)
                case Fault.LOST:
                    raise TimedOut
                case Fault.UNHEARD:
                    self._unheard[request.invocation] = self._answered(request, sequence, at)
                    raise TimedOut
            return self._answered(request, sequence, at)

    def serve(self, request: wire.Request) -> wire.Answer:
        """Answer a request from outside. Who looks at something unfinished sees it so, and done the next time."""
        with self.lock:
            answer = self.handle(request)
            if request.changes_nothing:
                clock.leap_to_seen()
            return answer

    def reset(self) -> None:
        """Empty the cloud."""
        with self.lock:
            self.enter()
            worlds.empty()
            self.store = Store(self._store_written, public_dns.changed)
            self.seen.clear()
            self.journal.restart()

    def next_number(self) -> int:
        """A number never given out before, nor by an earlier process: what identifiers are drawn from."""
        self._sequence += 1
        return self._sequence

    def _answered(self, request: wire.Request, sequence: int, at: float) -> wire.Answer:
        """The answer; the one that was not heard, if this asks again."""
        unheard = self._unheard.pop(request.invocation, None) if request.invocation else None
        if unheard is not None:
            return unheard
        return self._done(request, sequence, at)

    def _done(self, request: wire.Request, sequence: int, at: float) -> wire.Answer:
        if request.changes_nothing:
            return wire.send(request, sequence, at)
        if request.may_remove:
            self.seen.clear()
        with self.transaction():
            answer = wire.send(request, sequence, at)
            entry = request.entry(sequence, at)
            self.journal.append({"tx": self._transaction, **entry, "answer": answer.digest})
            return answer

    def _store_written(self, key: Key, record: Props | None) -> None:
        if record is None:
            self.seen.clear()
        with self.transaction():
            # With the highest number that was given out: who drew identifiers from it wrote this record.
            entry = {"tx": self._transaction, "n": self._sequence, "kind": "record"}
            self.journal.append({**entry, "key": list(key), "record": record})

    def _replay(self) -> list[Mapping[str, Any]]:
        """Make what the journal says happened happen again; returns the notes of its transactions, in order."""
        history = self.journal.history()
        self._sequence = history.last
        for entry in history.entries:
            if entry["kind"] == "call":
                self._repeat(entry)
            else:
                self.store.restore((entry["key"][0], entry["key"][1]), entry["record"])
        clock.reach(max((entry["at"] for entry in history.entries if entry["kind"] == "call"), default=0.0))
        clock.leap()
        return history.notes

    def _repeat(self, entry: Entry) -> None:
        answer = wire.resend(entry)
        if answer.digest != entry["answer"]:
            self.deviations += 1
            request = wire.of_entry(entry)
            log.warning(
                "replayed %s %s: another answer than before: %s",
                entry["n"],
                request.operation,
                answer.body[:500],
            )
