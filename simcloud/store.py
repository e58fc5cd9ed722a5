"""What simcloud itself keeps beside moto: fields that moto loses, and types that moto lacks."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping

from simcloud.values import Props, Value

Key = tuple[str, str]
Written = Callable[[Key, Props | None], None]


class Store:
    """Records by (kind, id). Every change is told to `written`, which makes it durable, and afterwards to `changed`."""

    def __init__(self, written: Written, changed: Callable[[Key], None]) -> None:
        self._kinds: dict[str, dict[str, Props]] = {}
        self._written, self._changed = written, changed

    def get(self, kind: str, identity: str) -> Props | None:
        """A copy of the record, or None."""
        return copy.deepcopy(self._kinds.get(kind, {}).get(identity))

    def put(self, kind: str, identity: str, record: Props) -> None:
        """Create or replace a record."""
        self._written((kind, identity), record)
        self.restore((kind, identity), record)

    def drop(self, kind: str, identity: str) -> None:
        """Forget a record, if there is one."""
        if identity in self._kinds.get(kind, {}):
            self._written((kind, identity), None)
            self.restore((kind, identity), None)

    def of_kind(self, kind: str) -> Iterator[tuple[str, Props]]:
        """All records of a kind, as (id, copy)."""
        for identity, record in list(self._kinds.get(kind, {}).items()):
            yield identity, copy.deepcopy(record)

    def scan(self, kind: str) -> Iterator[tuple[str, Mapping[str, Value]]]:
        """All records of a kind themselves, not to be changed: to look through many."""
        yield from self._kinds.get(kind, {}).items()

    def kinds(self) -> list[str]:
        """Every kind of which there is a record."""
        return [kind for kind, records in self._kinds.items() if records]

    def restore(self, key: Key, record: Props | None) -> None:
        """Set a record that is already durable."""
        kind, identity = key
        if record is None:
            self._kinds.get(kind, {}).pop(identity, None)
        else:
            self._kinds.setdefault(kind, {})[identity] = copy.deepcopy(record)
        self._changed(key)
