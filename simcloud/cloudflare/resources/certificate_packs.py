"""Advanced certificates for the edge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from simcloud.cloudflare.call import Body, Call, Record
from simcloud.cloudflare.checks import is_below, is_hostname, is_unknown, items_of, number_of, one_of
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.routing import Route

_CODE = 1409


class CertificatePacks(Collection):
    """Issued at once. Allowed values from the provider's documentation 6.23.1, read 2026-11; codes from memory."""

    path = "/zones/{zone_id}/ssl/certificate_packs"
    missing = (1411, "Certificate pack not found")
    required = ("type", "hosts", "certificate_authority", "validation_method", "validity_days")
    defaults = {"cloudflare_branding": False}
    stamps = ("", "")
    updates = ("PATCH",)

    def problems(self, body: Body) -> Iterator[ApiError]:
        yield from one_of(body, "type", ("advanced",), _CODE)
        yield from one_of(body, "certificate_authority", ("google", "lets_encrypt", "ssl_com"), _CODE)
        yield from one_of(body, "validation_method", ("txt", "http", "email"), _CODE)
        yield from one_of(body, "validity_days", (14, 30, 90, 365), _CODE)
        if body.get("certificate_authority") == "lets_encrypt" and number_of(body, "validity_days") not in (
            None,
            90,
        ):
            yield ApiError(_CODE, "certificates of lets_encrypt are valid for 90 days", "validity_days")
        hosts = items_of(body, "hosts")
        if (not hosts and not is_unknown(body, "hosts")) or len(hosts) > 50:
            yield ApiError(_CODE, "hosts must have one to 50 names", "hosts")
        wild = [host for host in hosts if isinstance(host, str) and host.startswith("*.")]
        if wild and body.get("validation_method") == "http":
            yield ApiError(_CODE, "names with a wildcard cannot be validated by http", "validation_method")
        for position, host in enumerate(hosts):
            if isinstance(host, str) and not is_hostname(host, labels=2):
                yield ApiError(_CODE, f"{host!r} is not a host name", f"hosts[{position}]")

    def clashes(self, call: Call, body: Body, own: str) -> Iterator[ApiError]:
        zone = str((call.zone() or {})["name"])
        if zone not in body["hosts"]:
            yield ApiError(_CODE, f"hosts must contain the zone's apex, {zone}", "hosts")
        for position, host in enumerate(body["hosts"]):
            if not is_below(host, zone):
                yield ApiError(_CODE, f"{host} does not belong to the zone {zone}", f"hosts[{position}]")

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        if old:
            return {}
        identity, expires = (
            call.new_uuid(),
            datetime.fromisoformat(call.at) + timedelta(days=body["validity_days"]),
        )
        certificate = {
            "id": identity, "hosts": body["hosts"], "status": "active", "issuer": body["certificate_authority"],
            "signature": "ECDSAWithSHA256", "bundle_method": "ubiquitous", "zone_id": call.params["zone_id"],
            "uploaded_on": call.at, "modified_on": call.at, "expires_on": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }  # fmt: skip
        return {"status": "active", "certificates": [certificate], "primary_certificate": identity,
                "validation_errors": [], "validation_records": [], "dcv_delegation_records": []}  # fmt: skip

    def identity(self, call: Call, body: Body) -> str:
        return call.new_uuid()

    def routes(self) -> list[Route]:
        """Ordered elsewhere than kept."""
        return [
            Route("POST", f"{self.path}/order", self.create),
            *(route for route in super().routes() if route.method != "POST"),
        ]

    def _stamped(self, call: Call, old: Record) -> Body:
        return {}


COLLECTION = CertificatePacks()
ROUTES: list[Route] = COLLECTION.routes()
