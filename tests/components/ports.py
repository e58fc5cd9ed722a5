"""Sets of ports, per protocol, as intervals: 65,536 ports are a handful of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Span = tuple[str, int, int]
_LAST = {"tcp": 65535, "udp": 65535, "icmp": 255, "icmpv6": 255}
_NAMES = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}


@dataclass(frozen=True)
class Ports:
    """Disjoint spans in order: (protocol, first, last); of ICMP, types in place of ports."""

    spans: tuple[Span, ...] = ()

    @staticmethod
    def of(protocol: str, first: int, last: int) -> Ports:
        """What a rule says: protocols by name or number, `-1` for all; ports below zero for all."""
        if protocol == "-1":
            return ALL
        name = _NAMES.get(protocol, protocol)
        if name not in _LAST:
            return NONE
        return Ports(((name, max(first, 0), last if last >= 0 else _LAST[name]),))

    def __and__(self, other: Ports) -> Ports:
        return _normal(_common(self.spans, other.spans))

    def __or__(self, other: Ports) -> Ports:
        return _normal([*self.spans, *other.spans])

    def __sub__(self, other: Ports) -> Ports:
        left = list(self.spans)
        for gone in other.spans:
            left = [piece for span in left for piece in _without(span, gone)]
        return _normal(left)

    def only(self, protocols: Iterable[str]) -> Ports:
        """The spans of some protocols."""
        wanted = set(protocols)
        return Ports(tuple(span for span in self.spans if span[0] in wanted))

    def __str__(self) -> str:
        return " ".join(_word(span) for span in self.spans)


NONE = Ports()
ALL = Ports(tuple((name, 0, last) for name, last in sorted(_LAST.items())))


def _word(span: Span) -> str:
    protocol, first, last = span
    ports = str(first) if first == last else f"{first}-{last}"
    return ports if protocol == "tcp" else f"{protocol}:{ports}"


def _common(left: Iterable[Span], right: tuple[Span, ...]) -> Iterator[Span]:
    for protocol, first, last in left:
        for other, low, high in right:
            if protocol == other and first <= high and low <= last:
                yield protocol, max(first, low), min(last, high)


def _without(span: Span, gone: Span) -> Iterator[Span]:
    protocol, first, last = span
    other, low, high = gone
    if protocol != other or high < first or last < low:
        yield span
        return
    if first < low:
        yield protocol, first, low - 1
    if high < last:
        yield protocol, high + 1, last


def _normal(spans: Iterable[Span]) -> Ports:
    merged: list[Span] = []
    for protocol, first, last in sorted(spans):
        if merged and merged[-1][0] == protocol and first <= merged[-1][2] + 1:
            merged[-1] = (protocol, merged[-1][1], max(last, merged[-1][2]))
        else:
            merged.append((protocol, first, last))
    return Ports(tuple(merged))
