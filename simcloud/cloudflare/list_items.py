"""What may stand in a list of a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.cloudflare.checks import is_hostname, is_network, number_of, one_of, part_of, text_of
from simcloud.cloudflare.errors import ApiError
from simcloud.values import Unknown, Value

_INVALID = 10005
Item = Mapping[str, Value]


def key_of(item: Item) -> str:
    """What makes an item the same as another."""
    redirect, hostname = part_of(item, "redirect"), part_of(item, "hostname")
    return str(
        item.get("ip") or item.get("asn") or redirect.get("source_url") or hostname.get("url_hostname")
    )


def item_problems(kind: str, item: Item, at: str) -> Iterator[ApiError]:
    """Everything wrong with an item of a list of `kind`; an empty kind is not known yet."""
    said = [name for name in ("ip", "asn", "hostname", "redirect") if item.get(name) is not None]
    if len(said) != 1:
        yield ApiError(
            _INVALID, "an item has exactly one of ip, asn, hostname, redirect", _place(at, said[-1:])
        )
        return
    if kind and said[0] != kind:
        yield ApiError(_INVALID, f"a list of kind {kind} cannot hold {said[0]}", _place(at, said))
    ip, asn = text_of(item, "ip"), number_of(item, "asn")
    if ip is not None and not is_network(ip):
        yield ApiError(_INVALID, f"{ip!r} is neither an address nor a block of addresses", _place(at, said))
    if ip is not None and "/" in ip and is_network(ip) and not _is_allowed_block(ip):
        yield ApiError(
            _INVALID, f"{ip!r}: blocks are from /8 to /32, of IPv6 from /12 to /64", _place(at, said)
        )
    if asn is not None and not 0 < asn < 2**32:
        yield ApiError(_INVALID, f"{asn} is no AS number", _place(at, said))
    host = text_of(part_of(item, "hostname"), "url_hostname")
    if host is not None and not is_hostname(host, labels=2):
        yield ApiError(_INVALID, f"{host!r} is not a host name", f"{_place(at, said)}.url_hostname")
    yield from _redirect(item, _place(at, said))


def _redirect(item: Item, at: str) -> Iterator[ApiError]:
    redirect = part_of(item, "redirect")
    yield from one_of(redirect, "status_code", (301, 302, 307, 308), _INVALID, f"{at}.status_code")
    target = text_of(redirect, "target_url")
    if target is not None and not target.startswith(("http://", "https://")):
        yield ApiError(
            _INVALID, f"target_url {target!r} must begin with http:// or https://", f"{at}.target_url"
        )
    for name in ("source_url", "target_url"):
        if redirect and not isinstance(redirect.get(name), str | Unknown):
            yield ApiError(_INVALID, f"{name} is required", f"{at}.{name}")


def _is_allowed_block(block: str) -> bool:
    address, _, length = block.partition("/")
    low, high = (12, 64) if ":" in address else (8, 32)
    return low <= int(length) <= high


def _place(at: str, said: list[str]) -> str:
    return ".".join(filter(None, (at, *said)))
