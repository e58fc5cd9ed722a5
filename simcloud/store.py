"""What simcloud itself keeps beside moto: fields that moto loses, and types that moto lacks."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

from simcloud.values import Props

Key = tuple[str, str]
Written = Callable[[Key, Props | None], None]


class Store:
    """Records by (kind, id). Every change is told to `written`, which makes it durable."""

    def __init__(self, written: Written) -> None:
        self._records: dict[Key, Props] = {}
        self._written = written

    def get(self, kind: str, identity: str) -> Props | None:
        """A copy of the record, or None."""
        return copy.deepcopy(self._records.get((kind, identity)))

    def put(self, kind: str, identity: str, record: Props) -> None:
        """Create or replace a record."""
        self._written((kind, identity), record)
        self.restore((kind, identity), record)

    def drop(self, kind: str, identity: str) -> None:
        """Forget a record, if there is one."""
        if (kind, identity) in self._records:
            self._written((kind, identity), None)
            self.restore((kind, identity), None)

    def of_kind(self, kind: str) -> Iterator[tuple[str, Props]]:
        """All records of a kind, as (id, copy)."""
        for (recorded, identity), record in list(self._records.items()):
            if recorded == kind:
                yield identity, copy.deepcopy(record)

    def restore(self, key: Key, record: Props | None) -> None:
        """Set a record that is already durable."""
        if record is None:
            self._records.pop(key, None)
        else:
            self._records[key] = copy.deepcopy(record)
