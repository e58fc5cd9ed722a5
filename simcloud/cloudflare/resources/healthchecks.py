"""Health checks of a zone's origins, without load balancing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.cloudflare.call import Body, Call, Record
from simcloud.cloudflare.checks import (
    is_hostname,
    is_ipv4,
    is_ipv6,
    items_of,
    one_of,
    part_of,
    text_of,
    within,
)  # fmt: skip
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.resources.pools import REGIONS
from simcloud.cloudflare.routing import Route

_CODE = 1002
_CODES = re.compile(r"[1-5]([0-9]{2}|xx)")


class Healthchecks(Collection):
    """Code and limits from memory of the API, not verified."""

    path = "/zones/{zone_id}/healthchecks"
    missing = (1001, "health check not found")
    required = ("name", "address")
    defaults = {
        "type": "HTTP", "interval": 60, "timeout": 5, "retries": 2, "consecutive_fails": 1,
        "consecutive_successes": 1, "suspended": False, "description": "",
    }  # fmt: skip

    def problems(self, body: Body) -> Iterator[ApiError]:
        address, name = text_of(body, "address"), text_of(body, "name")
        if address is not None and not (
            is_ipv4(address) or is_ipv6(address) or is_hostname(address, labels=2)
        ):
            yield ApiError(_CODE, f"address {address!r} is neither an IP address nor a host name", "address")
        if name is not None and not re.fullmatch(r"[A-Za-z0-9_-]+", name):
            yield ApiError(_CODE, f"name {name!r} may hold letters, digits, - and _ only", "name")
        yield from one_of(body, "type", ("HTTP", "HTTPS", "TCP"), _CODE)
        yield from within(body, "interval", 5, 3600, _CODE)
        yield from within(body, "timeout", 1, 10, _CODE)
        yield from within(body, "retries", 0, 5, _CODE)
        if body.get("type") == "TCP" and body.get("http_config") is not None:
            yield ApiError(_CODE, "http_config is not for health checks of type TCP", "http_config")
        if body.get("type") in ("HTTP", "HTTPS") and body.get("tcp_config") is not None:
            yield ApiError(_CODE, f"tcp_config is not for health checks of type {body['type']}", "tcp_config")
        yield from _http_problems(body)
        for position, region in enumerate(items_of(body, "check_regions")):
            place = f"check_regions[{position}]"
            yield from one_of({"region": region}, "region", (*REGIONS, "IN", "ALL_REGIONS"), _CODE, place)

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        return {"status": "suspended" if body["suspended"] else "healthy", "failure_reason": ""}


def _http_problems(body: Body) -> Iterator[ApiError]:
    config = part_of(body, "http_config")
    yield from one_of(config, "method", ("GET", "HEAD"), _CODE, "http_config.method")
    yield from within(config, "port", 0, 65535, _CODE, "http_config.port")
    for position, code in enumerate(items_of(config, "expected_codes")):
        if isinstance(code, str) and not _CODES.fullmatch(code):
            yield ApiError(_CODE, f"{code!r} is not a status code", f"http_config.expected_codes[{position}]")


COLLECTION = Healthchecks()
ROUTES: list[Route] = COLLECTION.routes()
