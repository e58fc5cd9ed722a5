"""The plan of a zone."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.cloudflare.call import ZONES, Body, Call, Record
from simcloud.cloudflare.checks import one_of, part_of
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.resources.zones import FREE
from simcloud.cloudflare.routing import Route
from simcloud.cloudflare.singleton import Singleton

_PLANS = {
    "free": ("Free Website", 0),
    "lite": ("Lite Website", 0),
    "pro": ("Pro Website", 25),
    "pro_plus": ("Pro Plus Website", 25),
    "business": ("Business Website", 250),
    "enterprise": ("Enterprise Website", 0),
}


class Subscription(Singleton):
    """Prices are Cloudflare's list prices from memory, not verified."""

    path = "/zones/{zone_id}/subscription"
    defaults = {
        "rate_plan": {"id": "free", "public_name": "Free Website", "currency": "USD", "scope": "zone"}
    }
    stamp = ""
    updates = ("PUT", "POST")

    def problems(self, body: Body) -> Iterator[ApiError]:
        # Code from memory of the API, not verified.
        yield from one_of(part_of(body, "rate_plan"), "id", tuple(_PLANS), 1207, "rate_plan.id")
        yield from one_of(
            body, "frequency", ("weekly", "monthly", "quarterly", "yearly", "not-applicable"), 1207
        )

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        chosen = part_of(body, "rate_plan").get("id", "free")
        name, price = _PLANS[chosen]
        zone = call.store.get(ZONES, call.params["zone_id"]) or {}
        plan = {**FREE, "name": name, "price": price, "legacy_id": chosen, "is_subscribed": chosen != "free"}
        call.store.put(ZONES, call.params["zone_id"], {**zone, "plan": plan})
        return {
            "id": old.get("id") or call.new_id(),
            "rate_plan": {"public_name": name, "currency": "USD", "scope": "zone", "sets": [],
                          "externally_managed": False, "is_contract": chosen == "enterprise",
                          **part_of(body, "rate_plan")},
            "frequency": body.get("frequency", "monthly"),
            "price": price,
            "currency": "USD",
            "state": "Paid",
            "current_period_start": old.get("current_period_start", call.at),
            "current_period_end": old.get("current_period_end", call.at),
        }  # fmt: skip


def plan_of(call: Call) -> str:
    """The plan that somebody chose for the zone; empty if nobody did.

    A new zone says «Free Website», as Cloudflare's does; but what its account's contract allows is not known here, so
    limits of plans bind only zones whose plan was chosen.
    """
    chosen = call.store.get(SINGLETON.kind(call), "it")
    return str(chosen["rate_plan"]["id"]) if chosen else ""


SINGLETON = Subscription()
ROUTES: list[Route] = SINGLETON.routes()
