"""Zones: domains, with all that is below them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.cloudflare.call import ZONES, Body, Call, Record
from simcloud.cloudflare.checks import is_hostname, one_of, part_of, text_of
from simcloud.cloudflare.collection import Collection, is_id
from simcloud.cloudflare.errors import ApiError, no_route
from simcloud.cloudflare.resources.accounts import ACCOUNT_ID, account
from simcloud.cloudflare.routing import Route

_REGISTRABLE = re.compile(r"[A-Za-z0-9.-]+[A-Za-z0-9]")
_SERVERS = ("ada", "bob", "cora", "dan", "elma", "finn", "gina", "hank", "ivy", "jay", "kate", "lou")
_PERMISSIONS = ["#dns_records:edit", "#dns_records:read", "#zone:edit", "#zone:read", "#zone_settings:edit"]
FREE = {
    "id": "0feeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
    "name": "Free Website",
    "price": 0,
    "currency": "USD",
    "frequency": "",
    "can_subscribe": False,
    "is_subscribed": False,
    "legacy_id": "free",
    "legacy_discount": False,
    "externally_managed": False,
}


class Zones(Collection):
    """POST answers `pending`; whoever looks next finds the zone active: its name servers are always found at once."""

    path = "/zones"
    missing = (1001, "Invalid zone identifier")
    defaults = {"type": "full"}
    fixed = frozenset({"name", "account", "name_servers", "status", "plan"})
    filters = frozenset({"name", "status", "account.id"})
    updates = ("PATCH",)

    def kind(self, call: Call) -> str:
        return ZONES

    def problems(self, body: Body) -> Iterator[ApiError]:
        name = text_of(body, "name")
        # Codes of zones: 1061 is quoted in public issues; 1049 and 1050 are from memory of the API.
        if name is not None and (not is_hostname(name, labels=2) or not _REGISTRABLE.fullmatch(name)):
            yield ApiError(1049, f"{name} is not a registered domain", "name")
        yield from one_of(body, "type", ("full", "partial", "secondary", "internal"), 1050)
        owner = text_of(part_of(body, "account"), "id")
        if owner is not None and not is_id(owner):
            yield ApiError(7003, f"Could not route to /accounts/{owner}, perhaps your object identifier is invalid?",
                           "account.id")  # fmt: skip

    def clashes(self, call: Call, body: Body, own: str) -> Iterator[ApiError]:
        for identity, zone in call.store.scan(ZONES):
            if identity != own and zone["name"] == body["name"].lower():
                yield ApiError(1061, f"{body['name']} already exists.", "name")

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        if old:
            return {}
        owner = account(body.get("account", {}).get("id") or ACCOUNT_ID)
        return {
            "name": body["name"].lower(),
            "account": {"id": owner["id"], "name": owner["name"]},
            "status": "active",
            "paused": body.get("paused", False),
            "development_mode": 0,
            "name_servers": [f"{name}.ns.cloudflare.com" for name in sorted(call.dice.sample(_SERVERS, 2))],
            "original_name_servers": None,
            "original_registrar": None,
            "original_dnshost": None,
            "vanity_name_servers": body.get("vanity_name_servers", []),
            "activated_on": call.at,
            "meta": {"step": 2, "custom_certificate_quota": 0, "page_rule_quota": 3,
                     "phishing_detected": False, "cdn_only": False, "dns_only": False, "foundation_dns": False},
            "owner": {"id": None, "type": "user", "email": None, "name": None},
            "tenant": {"id": None, "name": None},
            "tenant_unit": {"id": None},
            "permissions": _PERMISSIONS,
            "plan": FREE,
            "cname_suffix": None,
            "verification_key": f"{call.new_id(9)}-{call.new_id(9)}" if body["type"] == "partial" else None,
        }  # fmt: skip

    def create(self, call: Call) -> Body:
        return {**super().create(call), "status": "pending", "activated_on": None}

    def delete(self, call: Call) -> Body:
        """A zone takes with it all that is below it."""
        answer = super().delete(call)
        below = f"{ZONES}/{answer['id']}/"
        for kind in call.store.kinds():
            if kind.startswith(below):
                for identity, _ in call.store.of_kind(kind):
                    call.store.drop(kind, identity)
        return answer


def _activation_check(call: Call) -> Body:
    if call.zone() is None:
        raise no_route(f"/zones/{call.params['zone_id']}")
    return {"id": call.params["zone_id"]}


COLLECTION = Zones()
ROUTES = [*COLLECTION.routes(), Route("PUT", "/zones/{zone_id}/activation_check", _activation_check)]
