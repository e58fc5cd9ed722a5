"""Monitors of load balancing, which belong to an account."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.cloudflare.call import Body, Call
from simcloud.cloudflare.checks import is_unknown, number_of, one_of, text_of, within
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.routing import Route

TYPES = ("http", "https", "tcp", "udp_icmp", "icmp_ping", "smtp")
_HTTP = ("http", "https")
IN_USE = ApiError(1005, "This object is referenced by other objects, delete them first.", status=412)
"""Cloudflare: terraform-provider-cloudflare#66, read 2026-11."""
FAILED = 1002
"""Cloudflare: «… : validation failed» (1002) in cloudflare-docs#2850, read 2026-11; the texts are ours."""


class Monitors(Collection):
    """Limits from memory of Cloudflare's page on monitors, not verified."""

    path = "/accounts/{account_id}/load_balancers/monitors"
    missing = (1001, "monitor not found")
    required = ()
    defaults = {
        "type": "http", "interval": 60, "timeout": 5, "retries": 2, "follow_redirects": False,
        "allow_insecure": False, "description": "", "expected_body": "", "expected_codes": "", "method": "",
        "path": "", "probe_zone": "", "port": 0, "consecutive_up": 0, "consecutive_down": 0, "header": {},
    }  # fmt: skip

    def problems(self, body: Body) -> Iterator[ApiError]:
        yield from one_of(body, "type", TYPES, FAILED)
        yield from within(body, "interval", 5, 3600, FAILED)
        yield from within(body, "timeout", 1, 10, FAILED)
        yield from within(body, "retries", 0, 5, FAILED)
        yield from within(body, "port", 0, 65535, FAILED)
        interval, timeout = number_of(body, "interval"), number_of(body, "timeout")
        if interval is not None and timeout is not None and timeout >= interval:
            yield ApiError(FAILED, f"timeout {timeout} must be less than interval {interval}: validation failed",
                           "timeout")  # fmt: skip
        kind = text_of(body, "type")
        if kind in ("tcp", "udp_icmp", "smtp") and not is_unknown(body, "port") and not body["port"]:
            yield ApiError(
                FAILED, f"port is required for a monitor of type {kind}: validation failed", "port"
            )
        if kind is not None and kind in TYPES:
            yield from _of_http(kind, body)

    def computed(self, call: Call, body: Body, old: object) -> Body:
        if body["type"] in _HTTP:
            return {"method": body["method"] or "GET", "path": body["path"] or "/"}
        return {"method": body["method"] or ("connection_established" if body["type"] == "tcp" else "")}

    def users(self, call: Call, identity: str) -> Iterator[ApiError]:
        pools = call.store.scan(f"cloudflare/accounts/{call.params['account_id']}/load_balancers/pools")
        if any(pool.get("monitor") == identity for _, pool in pools):
            yield IN_USE


def _of_http(kind: str, body: Body) -> Iterator[ApiError]:
    """What only monitors of HTTP have."""
    if kind in _HTTP:
        yield from one_of(body, "method", ("", "GET", "HEAD"), FAILED)
        path = text_of(body, "path")
        if path and not path.startswith("/"):
            yield ApiError(FAILED, f"path {path!r} must begin with /: validation failed", "path")
        return
    for name in ("expected_codes", "expected_body", "path", "header"):
        if body.get(name):
            yield ApiError(
                FAILED, f"{name} is only for monitors of type http and https: validation failed", name
            )


COLLECTION = Monitors()
ROUTES: list[Route] = COLLECTION.routes()
