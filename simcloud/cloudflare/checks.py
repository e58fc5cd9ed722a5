"""What bodies may hold: small questions that let UNKNOWN pass, since at preview much is not known yet."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from simcloud.cloudflare.errors import ApiError
from simcloud.values import Unknown, Value

_LABEL = re.compile(r"(\*|[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)")


def text_of(body: Mapping[str, Value], name: str) -> str | None:
    """The text under `name`, None if it is not there or not known."""
    value = body.get(name)
    return value if isinstance(value, str) else None


def number_of(body: Mapping[str, Value], name: str) -> float | None:
    """The number under `name`, None if it is not there or not known."""
    value = body.get(name)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def part_of(body: Mapping[str, Value], name: str) -> Mapping[str, Value]:
    """The object under `name`, empty if it is not there or not known."""
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def items_of(body: Mapping[str, Value], name: str) -> list[Any]:
    """The list under `name`, empty if it is not there or not known."""
    value = body.get(name)
    return value if isinstance(value, list) else []


def is_unknown(body: Mapping[str, Value], name: str) -> bool:
    """Whether what is under `name` will be known later."""
    return isinstance(body.get(name), Unknown)


def one_of(
    body: Mapping[str, Value], name: str, allowed: Collection[Any], code: int, at: str = ""
) -> Iterator[ApiError]:
    """`name`, if it is there, is one of `allowed`."""
    value = body.get(name)
    if value is None or isinstance(value, Unknown) or value in allowed:
        return
    listed = ", ".join(str(item) for item in allowed)
    yield ApiError(code, f"{name} {value!r} is invalid: expected one of {listed}.", at or name)


def within(
    body: Mapping[str, Value], name: str, low: float, high: float, code: int, at: str = ""
) -> Iterator[ApiError]:
    """`name`, if it is there, is a number from `low` to `high`."""
    value = number_of(body, name)
    if value is not None and not low <= value <= high:
        yield ApiError(code, f"{name} {value} is invalid: must be between {low} and {high}.", at or name)


def at_most(body: Mapping[str, Value], name: str, limit: int, code: int) -> Iterator[ApiError]:
    """`name`, if it is there, has at most `limit` characters."""
    value = text_of(body, name)
    if value is not None and len(value) > limit:
        yield ApiError(code, f"{name} has {len(value)} characters, at most {limit} are allowed.", name)


def is_ipv4(text: str) -> bool:
    """Whether `text` is an IPv4 address."""
    try:
        ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return True


def is_ipv6(text: str) -> bool:
    """Whether `text` is an IPv6 address."""
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True


def is_network(text: str) -> bool:
    """Whether `text` is an address or a block of addresses."""
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def is_hostname(text: str, *, labels: int = 1) -> bool:
    """Whether `text` is a name of at least `labels` labels, a wildcard only in front."""
    parts = text.rstrip(".").split(".")
    if len(text) > 253 or len(parts) < labels:
        return False
    return all(_LABEL.fullmatch(part) for part in parts) and "*" not in parts[1:]


def is_below(name: str, zone: str) -> bool:
    """Whether a host name belongs to a zone."""
    name, zone = name.lower().rstrip("."), zone.lower()
    return name == zone or name.endswith(f".{zone}")
