"""Small things that every zone has one of."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.cloudflare.call import Body, Call, Record
from simcloud.cloudflare.checks import items_of, one_of, text_of
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.singleton import Singleton

_OFF = {"value": "off", "editable": True, "modified_on": None}
# Ids of managed transforms: Cloudflare's page on them, from memory, not verified.
REQUEST_HEADERS = (
    "add_bot_protection_headers", "add_client_certificate_headers", "add_visitor_location_headers",
    "add_true_client_ip_headers", "remove_visitor_ip_headers", "add_waf_credential_check_status_header",
)  # fmt: skip
RESPONSE_HEADERS = ("remove_x-powered-by_header", "add_security_headers")


class _Switch(Singleton):
    """On or off. Codes of this file are from memory of the API, not verified."""

    name: str

    def problems(self, body: Body) -> Iterator[ApiError]:
        yield from one_of(body, "value", ("on", "off"), 1007)

    def shown(self, call: Call, record: Record) -> Body:
        return {"id": self.name, **record}


class SmartRouting(_Switch):
    """Argo Smart Routing."""

    path = "/zones/{zone_id}/argo/smart_routing"
    name = "smart_routing"
    defaults = _OFF


class SmartTieredCache(_Switch):
    """Smart Tiered Cache."""

    path = "/zones/{zone_id}/cache/tiered_cache_smart_topology_enable"
    name = "tiered_cache_smart_topology_enable"
    defaults = _OFF
    removable = True


class TotalTls(Singleton):
    """Certificates for every proxied name."""

    path = "/zones/{zone_id}/acm/total_tls"
    defaults = {"enabled": False, "certificate_authority": "google", "validity_period": 90}
    stamp = ""
    updates = ("POST",)

    def problems(self, body: Body) -> Iterator[ApiError]:
        yield from one_of(body, "certificate_authority", ("google", "lets_encrypt", "ssl_com"), 1004)


class ManagedTransforms(Singleton):
    """Headers that Cloudflare adds and removes; all are off unless somebody said so."""

    path = "/zones/{zone_id}/managed_headers"
    stamp = ""
    removable = True

    def problems(self, body: Body) -> Iterator[ApiError]:
        known = {"managed_request_headers": REQUEST_HEADERS, "managed_response_headers": RESPONSE_HEADERS}
        for name, identities in known.items():
            for position, item in enumerate(items_of(body, name)):
                identity = text_of(item, "id")
                if identity is not None and identity not in identities:
                    message = (
                        f"{identity!r} is not a managed transform: expected one of {', '.join(identities)}"
                    )
                    yield ApiError(20120, message, f"{name}[{position}].id")

    def shown(self, call: Call, record: Record) -> Body:
        return {
            "managed_request_headers": _every(REQUEST_HEADERS, items_of(record, "managed_request_headers")),
            "managed_response_headers": _every(
                RESPONSE_HEADERS, items_of(record, "managed_response_headers")
            ),
        }

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        """What a change does not name stays as it was."""
        merged = {}
        for name in ("managed_request_headers", "managed_response_headers"):
            kept = {item["id"]: item for item in (*items_of(old, name), *items_of(body, name))}
            merged[name] = list(kept.values())
        return merged


def _every(identities: tuple[str, ...], said: list[Body]) -> list[Body]:
    enabled = {item["id"]: item["enabled"] for item in said}
    return [{"id": name, "enabled": enabled.get(name, False), "has_conflict": False} for name in identities]


SMART_ROUTING, TIERED_CACHE = SmartRouting(), SmartTieredCache()
TOTAL_TLS, MANAGED_TRANSFORMS = TotalTls(), ManagedTransforms()
ROUTES = [
    route
    for switch in (SMART_ROUTING, TIERED_CACHE, TOTAL_TLS, MANAGED_TRANSFORMS)
    for route in switch.routes()
]
