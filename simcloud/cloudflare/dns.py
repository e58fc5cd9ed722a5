"""What the content of a record may be, type by type."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from simcloud.cloudflare.call import Body
from simcloud.cloudflare.checks import (
    is_hostname,
    is_ipv4,
    is_ipv6,
    number_of,
    one_of,
    part_of,
    text_of,
    within,
)
from simcloud.cloudflare.dns_types import CAA_TAGS, LIMITS, PARTS, QUOTED
from simcloud.cloudflare.errors import ApiError

_TEXT_BYTES = 4096


def content_problems(kind: str, body: Body) -> Iterator[ApiError]:
    """What the API refuses in `content`, `data` and `priority` of a record."""
    if kind in PARTS:
        yield from _data_problems(kind, body)
    elif body.get("content") in (None, ""):
        yield ApiError(9102, f"Content for {kind} record is required.", "content")
    else:
        yield from _simple_problems(kind, body)
    if kind in ("MX", "URI") and body.get("priority") is None:
        yield ApiError(9100, f"Priority is required for {kind} records.", "priority")
    yield from within(body, "priority", 0, 65535, 9100)


def content_out_of(kind: str, body: Body) -> str:
    """The content as the API answers it: the parts of `data` in a row where a type has them."""
    if kind not in PARTS or not body.get("data"):
        content = str(body.get("content", ""))
        return content.lower().rstrip(".") if kind in ("CNAME", "MX", "NS", "PTR") else content
    values = [(name, body["data"].get(name)) for name in PARTS[kind]]
    return " ".join(
        f'"{value}"' if name in QUOTED and kind in ("CAA", "NAPTR") else _plain(value)
        for name, value in values
        if value is not None
    )


def _plain(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _simple_problems(kind: str, body: Body) -> Iterator[ApiError]:
    content = text_of(body, "content")
    if content is None:
        return
    if kind == "A" and not is_ipv4(content):
        yield ApiError(9005, "Content for A record must be a valid IPv4 address.", "content")
    elif kind == "AAAA" and not is_ipv6(content):
        yield ApiError(9006, "Content for AAAA record must be a valid IPv6 address.", "content")
    elif kind == "CNAME" and (not is_hostname(content) or is_ipv4(content) or "*" in content):
        yield ApiError(9007, "Content for CNAME record is invalid.", "content")
    elif kind in ("MX", "NS", "PTR") and (not is_hostname(content) or is_ipv4(content)):
        yield ApiError(9009, f"Content for {kind} record must be a hostname.", "content")
    elif kind == "TXT" and len(content.encode()) > _TEXT_BYTES:
        yield ApiError(9015, f"Record content exceeds the allowed length of {_TEXT_BYTES} wire format bytes.",
                       "content")  # fmt: skip
    if kind in ("A", "AAAA") and body.get("proxied") is True and _is_unreachable(content):
        yield ApiError(9003, f"Target {content} is not allowed for a proxied record.", "content")


def _is_unreachable(content: str) -> bool:
    """Whether the edge refuses to go there. Documentation's own addresses are let pass: examples use them."""
    if not (is_ipv4(content) or is_ipv6(content)):
        return False
    address = ipaddress.ip_address(content)
    if address.is_loopback or address.is_link_local or address.is_unspecified or address.is_multicast:
        return True
    return any(address in network for network in _PRIVATE if network.version == address.version)


_PRIVATE = [
    ipaddress.ip_network(block)
    for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
]


def _data_problems(kind: str, body: Body) -> Iterator[ApiError]:
    data = part_of(body, "data")
    if body.get("data") is None:
        if body.get("content") in (None, ""):
            yield ApiError(9101, f"{kind} records need data: {', '.join(PARTS[kind])}.", "data")
        return
    for name in PARTS[kind]:
        if data and data.get(name) is None and not (kind in ("HTTPS", "SVCB") and name == "value"):
            yield ApiError(9101, f"{name} is a required data field for {kind} records.", f"data.{name}")
    for name, (low, high) in LIMITS.items():
        yield from within(data, name, low, high, 9101, f"data.{name}")
    if kind == "CAA":
        yield from one_of(data, "tag", CAA_TAGS, 9101, "data.tag")
        flags = number_of(data, "flags")
        if flags is not None and not 0 <= flags <= 255:
            yield ApiError(9101, "flags must be between 0 and 255.", "data.flags")
    target = text_of(data, "target")
    if kind == "SRV" and target is not None and target != "." and not is_hostname(target):
        yield ApiError(9101, f"target {target!r} of an SRV record must be a hostname.", "data.target")
    if kind == "SRV" and data and data.get("priority") is None and body.get("priority") is None:
        yield ApiError(9100, "Priority is required for SRV records.", "data.priority")
