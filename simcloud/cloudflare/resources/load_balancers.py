"""Load balancers of a zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.cloudflare.call import Body, Call, Record
from simcloud.cloudflare.checks import is_below, is_hostname, is_unknown, items_of, part_of, text_of, within
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.expressions import problem_of
from simcloud.cloudflare.resources.monitors import FAILED
from simcloud.cloudflare.resources.pools import pools_of
from simcloud.cloudflare.routing import Route
from simcloud.cloudflare.steering import steering_problems


class LoadBalancers(Collection):
    """Limits from memory of Cloudflare's pages, not verified."""

    path = "/zones/{zone_id}/load_balancers"
    missing = (1001, "load balancer not found")
    required = ("name", "default_pools", "fallback_pool")
    defaults = {
        "proxied": False,
        "enabled": True,
        "session_affinity": "none",
        "steering_policy": "",
        "description": "",
    }

    def problems(self, body: Body) -> Iterator[ApiError]:
        name = text_of(body, "name")
        if name is not None and not is_hostname(name, labels=2):
            yield _failed(f"name {name!r} is not a host name", "name")
        for required in ("default_pools", "fallback_pool"):
            if body.get(required) in (None, "") and not is_unknown(body, required):
                yield _failed(f"{required} is required", required)
        yield from steering_problems(body)
        if body.get("ttl") is not None and body.get("proxied") is True:
            yield _failed("ttl is only for load balancers that are not proxied", "ttl")
        yield from within(body, "ttl", 10, 604800, FAILED)
        for position, rule in enumerate(items_of(body, "rules")):
            if isinstance(rule, Mapping):
                yield from _rule(rule, f"rules[{position}]")

    def references(self, call: Call, body: Body) -> Iterator[ApiError]:
        owner = part_of(call.zone() or {}, "account").get("id")
        pools = {
            identity for identity, _ in call.store.scan(f"cloudflare/accounts/{owner}/load_balancers/pools")
        }
        for pool, place in pools_of(body).items():
            if pool not in pools:
                yield _failed(f"pool {pool} does not exist in the zone's account", place)

    def clashes(self, call: Call, body: Body, own: str) -> Iterator[ApiError]:
        zone = str((call.zone() or {})["name"])
        if not is_below(body["name"], zone):
            yield _failed(f"name {body['name']} does not belong to the zone {zone}", "name")
        others = call.store.scan(self.kind(call))
        if any(identity != own and other["name"] == body["name"].lower() for identity, other in others):
            yield _failed(f"{body['name']} has a load balancer already", "name")

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        zone = call.zone() or {}
        steering = "geo" if body.get("region_pools") or body.get("country_pools") else "off"
        return {
            "name": body["name"].lower(),
            "zone_name": zone["name"],
            "ttl": body.get("ttl", None if body["proxied"] else 30),
            "networks": ["cloudflare"],
            "steering_policy": body["steering_policy"] or steering,
            "rules": [
                {"priority": at * 10, "disabled": False, **rule}
                for at, rule in enumerate(body.get("rules", []))
            ],
        }  # fmt: skip


def _rule(rule: Mapping[str, object], at: str) -> Iterator[ApiError]:
    condition = text_of(rule, "condition")
    problem = problem_of(condition) if condition else ""
    if problem:
        yield _failed(f"condition: {problem}", f"{at}.condition")
    answer, overrides = part_of(rule, "fixed_response"), part_of(rule, "overrides")
    if rule.get("fixed_response") is not None and rule.get("overrides"):
        yield _failed("a rule has either fixed_response or overrides", at)
    yield from within(answer, "status_code", 200, 599, FAILED, f"{at}.fixed_response.status_code")
    yield from steering_problems(overrides, f"{at}.overrides.")


def _failed(message: str, at: str) -> ApiError:
    return ApiError(FAILED, f"{message}: validation failed", at)


COLLECTION = LoadBalancers()
ROUTES: list[Route] = COLLECTION.routes()
