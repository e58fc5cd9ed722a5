"""Pools of origins, which belong to an account."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping

from simcloud.cloudflare.call import Body, Call, Record
from simcloud.cloudflare.checks import (
    is_hostname,
    is_ipv4,
    is_ipv6,
    is_unknown,
    items_of,
    number_of,
    one_of,
    part_of,
    text_of,
    within,
)  # fmt: skip
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.resources.monitors import FAILED, IN_USE
from simcloud.cloudflare.routing import Route
from simcloud.values import Value

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_MAIL = re.compile(r"[^@\s,]+@[^@\s,]+\.[^@\s,]+")
# Cloudflare: regions of load balancing, from memory of that page, not verified.
REGIONS = ("WNAM", "ENAM", "WEU", "EEU", "NSAM", "SSAM", "OC", "ME", "NAF", "SAF", "SAS", "SEAS", "NEAS")
_STEERING = ("random", "hash", "least_outstanding_requests", "least_connections")


class Pools(Collection):
    """Limits from memory of Cloudflare's pages on pools, not verified."""

    path = "/accounts/{account_id}/load_balancers/pools"
    missing = (1001, "pool not found")
    required = ("name", "origins")
    defaults = {
        "enabled": True, "minimum_origins": 1, "description": "", "notification_email": "",
        "check_regions": None, "monitor": None, "latitude": None, "longitude": None,
    }  # fmt: skip

    def problems(self, body: Body) -> Iterator[ApiError]:
        name = text_of(body, "name")
        if name is not None and not _NAME.fullmatch(name):
            yield _failed(f"name {name!r} may hold letters, digits, - and _ only", "name")
        yield from _origins(body)
        yield from _places(body)
        yield from one_of(
            part_of(body, "origin_steering"), "policy", _STEERING, FAILED, "origin_steering.policy"
        )
        shedding = part_of(body, "load_shedding")
        for percent in ("default_percent", "session_percent"):
            yield from within(shedding, percent, 0, 100, FAILED, f"load_shedding.{percent}")
        yield from one_of(
            shedding, "default_policy", ("random", "hash"), FAILED, "load_shedding.default_policy"
        )
        yield from one_of(shedding, "session_policy", ("hash",), FAILED, "load_shedding.session_policy")
        for address in filter(None, (text_of(body, "notification_email") or "").split(",")):
            if not _MAIL.fullmatch(address.strip()):
                yield _failed(f"{address!r} is not a mail address", "notification_email")

    def references(self, call: Call, body: Body) -> Iterator[ApiError]:
        monitor = text_of(body, "monitor")
        monitors = f"cloudflare/accounts/{call.params['account_id']}/load_balancers/monitors"
        if monitor and call.store.get(monitors, monitor) is None:
            yield _failed(f"monitor {monitor} does not exist in this account", "monitor")

    def clashes(self, call: Call, body: Body, own: str) -> Iterator[ApiError]:
        others = call.store.scan(self.kind(call))
        if any(identity != own and pool["name"] == body["name"] for identity, pool in others):
            yield _failed(f"name {body['name']} is used by another pool", "name")

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        origins = [{"enabled": True, "weight": 1, **origin} for origin in body["origins"]]
        return {
            "origins": origins,
            "networks": ["cloudflare"],
            "disabled_at": None if body["enabled"] else call.at,
        }

    def users(self, call: Call, identity: str) -> Iterator[ApiError]:
        if any(identity in pools_of(balancer) for _, balancer in call.below("load_balancers")):
            yield IN_USE


def pools_of(balancer: Mapping[str, Value]) -> dict[str, str]:
    """Every pool that a load balancer names, and where it does."""
    found = {pool: f"default_pools[{at}]" for at, pool in enumerate(items_of(balancer, "default_pools"))
             if isinstance(pool, str)}  # fmt: skip
    fallback = text_of(balancer, "fallback_pool")
    found |= {fallback: "fallback_pool"} if fallback else {}
    for name in ("region_pools", "country_pools", "pop_pools"):
        for key, pools in part_of(balancer, name).items():
            listed = pools if isinstance(pools, list) else []
            found |= {pool: f"{name}.{key}[{at}]" for at, pool in enumerate(listed) if isinstance(pool, str)}
    for position, rule in enumerate(items_of(balancer, "rules")):
        for pool, place in pools_of(part_of(rule, "overrides")).items():
            found.setdefault(pool, f"rules[{position}].overrides.{place}")
    return found


def _origins(body: Body) -> Iterator[ApiError]:
    origins = items_of(body, "origins")
    if not origins and not is_unknown(body, "origins"):
        yield _failed("at least one origin is required", "origins")
    names: set[str] = set()
    for position, origin in enumerate(item for item in origins if isinstance(item, Mapping)):
        at = f"origins[{position}]"
        yield from _origin(origin, at)
        name = text_of(origin, "name")
        if name is not None and name in names:
            yield _failed(f"origin name {name} is used twice", f"{at}.name")
        names |= {name} if name else set()
    least = number_of(body, "minimum_origins")
    if least is not None and origins and not 0 <= least <= len(origins):
        yield _failed(f"minimum_origins {least} must be between 0 and {len(origins)}, the number of origins",
                      "minimum_origins")  # fmt: skip


def _origin(origin: Mapping[str, Value], at: str) -> Iterator[ApiError]:
    for name in ("name", "address"):
        if origin.get(name) in (None, ""):
            yield _failed(f"{name} of an origin is required", f"{at}.{name}")
    address = text_of(origin, "address")
    if address:
        yield from _address(address, origin, f"{at}.address")
    yield from within(origin, "weight", 0, 1, FAILED, f"{at}.weight")
    yield from within(origin, "port", 0, 65535, FAILED, f"{at}.port")


def _address(address: str, origin: Mapping[str, Value], at: str) -> Iterator[ApiError]:
    if is_ipv4(address) or is_ipv6(address):
        found = ipaddress.ip_address(address)
        private = any(found in network for network in _PRIVATE if network.version == found.version)
        if found.is_loopback or found.is_link_local or found.is_unspecified or found.is_multicast:
            yield _failed(f"address {address} cannot be reached", at)
        elif private and origin.get("virtual_network_id") is None:
            yield _failed(f"address {address} is private: it needs virtual_network_id", at)
    elif not is_hostname(address, labels=2) or re.fullmatch(r"[\d.]+", address) or "*" in address:
        yield _failed(f"address {address!r} is neither an IP address nor a host name", at)


_PRIVATE = [
    ipaddress.ip_network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
]


def _places(body: Body) -> Iterator[ApiError]:
    for position, region in enumerate(items_of(body, "check_regions")):
        yield from one_of({"check_regions": region}, "check_regions", (*REGIONS, "ALL_REGIONS"), FAILED,
                          f"check_regions[{position}]")  # fmt: skip
    if (body.get("latitude") is None) != (body.get("longitude") is None):
        missing = "latitude" if body.get("latitude") is None else "longitude"
        yield _failed("latitude and longitude are given together", missing)
    yield from within(body, "latitude", -90, 90, FAILED)
    yield from within(body, "longitude", -180, 180, FAILED)


def _failed(message: str, at: str) -> ApiError:
    return ApiError(FAILED, f"{message}: validation failed", at)


COLLECTION = Pools()
ROUTES: list[Route] = COLLECTION.routes()
