"""The public DNS as far as AWS does not keep it itself: names in zones at Cloudflare, for whoever in AWS looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from simcloud.store import Key, Store

_ZONES, _RECORDS = "cloudflare/zones/", "/dns_records"


@dataclass(frozen=True)
class Name:
    """One record: names and host names without the dot at the end, in small letters."""

    name: str
    kind: str
    content: str


_stores: list[Callable[[], Store]] = []
_waiting: list[Callable[[], None]] = []


def kept_in(store: Callable[[], Store]) -> None:
    """From now on these records are looked up."""
    _stores[:] = [store]


def when_changed(tell: Callable[[], None]) -> Callable[[], None]:
    """Call the decorated function whenever a record is written or removed, in a replay too."""
    _waiting.append(tell)
    return tell


def changed(key: Key) -> None:
    """Something was written into the store; the waiting are told if it is a record."""
    kind, _ = key
    if kind.startswith(_ZONES) and kind.endswith(_RECORDS):
        for tell in _waiting:
            tell()


def names() -> Iterator[Name]:
    """Every record."""
    for store in (ask() for ask in _stores):
        for kind in store.kinds():
            if kind.startswith(_ZONES) and kind.endswith(_RECORDS):
                for _, record in store.scan(kind):
                    yield Name(str(record["name"]), str(record["type"]), str(record["content"]))
