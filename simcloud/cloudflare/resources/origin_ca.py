"""Certificates of Cloudflare's Origin CA."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from simcloud.cloudflare.call import ZONES, Body, Call, Record
from simcloud.cloudflare.certificates import kind_of_request, signed
from simcloud.cloudflare.checks import is_below, is_hostname, is_unknown, items_of, one_of, text_of
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.routing import Route

# Cloudflare: allowed values in the provider's documentation 6.23.1, read 2026-11; codes from memory, not verified.
_TYPES = ("origin-rsa", "origin-ecc", "keyless-certificate")
_DAYS = (7, 30, 90, 365, 730, 1095, 5475)
_CSR, _HOSTS, _VALIDITY, _NOT_YOURS = 1010, 1012, 1013, 1016


class OriginCertificates(Collection):
    """Signed at once; deleting one revokes it."""

    path = "/certificates"
    missing = (1101, "Certificate not found")
    required = ("csr", "hostnames", "request_type")
    defaults = {"requested_validity": 5475}
    stamps = ("", "")
    updates = ()

    def problems(self, body: Body) -> Iterator[ApiError]:
        yield from one_of(body, "request_type", _TYPES, _VALIDITY)
        yield from one_of(body, "requested_validity", _DAYS, _VALIDITY)
        hosts = items_of(body, "hostnames")
        if not hosts and not is_unknown(body, "hostnames"):
            yield ApiError(_HOSTS, "hostnames must name at least one host.", "hostnames")
        if len(hosts) > 200:
            yield ApiError(_HOSTS, f"hostnames has {len(hosts)} names, at most 200 are allowed.", "hostnames")
        for position, host in enumerate(hosts):
            if isinstance(host, str) and not _is_nameable(host):
                message = f"{host!r} must be a full name, with a wildcard only in front of two labels."
                yield ApiError(_HOSTS, message, f"hostnames[{position}]")
        yield from _csr_problems(body)

    def clashes(self, call: Call, body: Body, own: str) -> Iterator[ApiError]:
        zones = [zone["name"] for _, zone in call.store.scan(ZONES)]
        for position, host in enumerate(body["hostnames"]):
            if not any(is_below(host.removeprefix("*."), zone) for zone in zones):
                message = f"User is not authorized to perform this action: {host} is in none of the account's zones."
                yield ApiError(_NOT_YOURS, message, f"hostnames[{position}]")

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        start, days = datetime.fromisoformat(call.at), int(body["requested_validity"])
        serial = call.dice.getrandbits(158)
        return {
            "certificate": signed(body["csr"], body["hostnames"], days, start, serial),
            "expires_on": (start + timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S +0000 UTC"),
        }

    def delete(self, call: Call) -> Body:
        return {**super().delete(call), "revoked_at": call.at}

    def _stamped(self, call: Call, old: Record) -> Body:
        return {}

    def identity(self, call: Call, body: Body) -> str:
        """Serial numbers, in decimal."""
        return str(call.dice.getrandbits(158))


def _is_nameable(host: str) -> bool:
    inner = host.removeprefix("*.")
    return is_hostname(inner, labels=2) and "*" not in inner


def _csr_problems(body: Body) -> Iterator[ApiError]:
    csr = text_of(body, "csr")
    if csr is None:
        return
    kind, wanted = kind_of_request(csr), text_of(body, "request_type")
    if not kind:
        yield ApiError(_CSR, "The CSR is not a valid PEM certificate signing request.", "csr")
    elif wanted in ("origin-rsa", "origin-ecc") and wanted != f"origin-{kind}":
        yield ApiError(
            _CSR, f"The CSR has a key of type {kind}, which does not fit {wanted}.", "request_type"
        )


COLLECTION = OriginCertificates()
ROUTES: list[Route] = COLLECTION.routes()
