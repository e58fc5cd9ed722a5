"""Authenticated origin pulls: the certificates that the edge shows to origins, by zone and by host name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.cloudflare.call import Body, Call, Record, kind_of
from simcloud.cloudflare.certificates import belongs, read_certificate
from simcloud.cloudflare.checks import is_below, is_hostname, is_unknown, items_of, text_of
from simcloud.cloudflare.collection import Collection, require_scope, without_nulls
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.routing import Page, Route
from simcloud.cloudflare.singleton import Singleton
from simcloud.values import Value

_PATH = "/zones/{zone_id}/origin_tls_client_auth"
_HOSTNAMES = f"{_PATH}/hostnames"
# Codes of this file are from memory of the API, not verified.
_SHOWN = ("certificate", "issuer", "serial_number", "signature", "expires_on")
_BAD_CERTIFICATE, _BAD_KEY, _BAD_HOST, _NOT_FOUND = 1412, 1413, 1414, 1551


class Certificates(Collection):
    """A certificate and its key; the key is never answered."""

    missing = (_NOT_FOUND, "Certificate not found")
    required = ("certificate", "private_key")
    stamps = ("uploaded_on", "updated_at")
    hidden = frozenset({"private_key", "updated_at"})
    updates = ()

    def problems(self, body: Body) -> Iterator[ApiError]:
        certificate, key = text_of(body, "certificate"), text_of(body, "private_key")
        if certificate is not None and read_certificate(certificate) is None:
            yield ApiError(_BAD_CERTIFICATE, "The certificate is not a valid PEM certificate.", "certificate")
        elif certificate is not None and key is not None:
            fits = belongs(certificate, key)
            if fits is None:
                yield ApiError(_BAD_KEY, "The private key is not a valid PEM private key.", "private_key")
            elif not fits:
                yield ApiError(_BAD_KEY, "The private key does not belong to the certificate.", "private_key")

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        read = read_certificate(body["certificate"])
        return {**(vars(read) if read else {}), "status": "active", "enabled": True}


class ZoneCertificates(Certificates):
    """For every name of the zone."""

    path = _PATH


class HostnameCertificates(Certificates):
    """For the names that are told to use them."""

    path = f"{_HOSTNAMES}/certificates"

    def users(self, call: Call, identity: str) -> Iterator[ApiError]:
        associations = call.store.scan(kind_of(_HOSTNAMES.format(**call.params)))
        if any(item["cert_id"] == identity for _, item in associations):
            yield ApiError(1435, "The certificate is used by a hostname association.", status=409)


class Settings(Singleton):
    """Whether the edge shows a certificate at all: Cloudflare's own, unless the zone has one."""

    path = f"{_PATH}/settings"
    defaults = {"enabled": False}
    stamp = ""
    updates = ("PUT",)


class Hostnames(Singleton):
    """Associations of host names with certificates."""

    path = _HOSTNAMES

    def problems(self, body: Body) -> Iterator[ApiError]:
        items = items_of(body, "config")
        if not items and not is_unknown(body, "config"):
            yield ApiError(_BAD_HOST, "config must contain at least one hostname association.", "config")
        for position, item in enumerate(items):
            if isinstance(item, Mapping):
                yield from _association_problems(item, f"config[{position}]")

    def references(self, call: Call, body: Body) -> Iterator[ApiError]:
        known = call.store.scan(kind_of(HOSTNAME_CERTIFICATES.path.format(**call.params)))
        certificates = {identity for identity, _ in known}
        for position, item in enumerate(items_of(body, "config")):
            identity = text_of(item, "cert_id") if isinstance(item, Mapping) else None
            if identity is not None and identity not in certificates:
                message = f"Certificate {identity} is none of the zone's hostname certificates."
                yield ApiError(_NOT_FOUND, message, f"config[{position}].cert_id")

    def clashes(self, call: Call, body: Body) -> Iterator[ApiError]:
        """Names of other zones."""
        zone = str((call.zone() or {})["name"])
        for position, item in enumerate(body["config"]):
            if not is_below(item["hostname"], zone):
                message = f"{item['hostname']} does not belong to the zone {zone}."
                yield ApiError(_BAD_HOST, message, f"config[{position}].hostname")

    def routes(self) -> list[Route]:
        return [
            Route("PUT", self.path, self.associate),
            Route("GET", self.path, self.listed),
            Route("GET", f"{self.path}/{{hostname}}", self.one),
        ]

    def associate(self, call: Call) -> list[Body]:
        """Say of names which certificate to use; `enabled` null ends it."""
        require_scope(call)
        body = without_nulls(call.body)
        for error in (*self.problems(body), *self.references(call, body), *self.clashes(call, body)):
            raise error
        return [self._put(call, item) for item in body["config"]]

    def listed(self, call: Call) -> Page:
        """Every association."""
        require_scope(call)
        found = [dict(record) for _, record in call.store.scan(self.kind(call))]
        return Page(found, 1, 50, len(found))

    def one(self, call: Call) -> Body:
        """The association of a name."""
        require_scope(call)
        found = call.store.get(self.kind(call), call.params["hostname"])
        if found is None:
            raise ApiError(1436, "Hostname association not found", status=404)
        return found

    def _put(self, call: Call, item: Body) -> Body:
        name = item["hostname"]
        if item.get("enabled") is None:
            call.store.drop(self.kind(call), name)
            return {
                "hostname": name,
                "cert_id": item["cert_id"],
                "enabled": None,
                "status": "pending_deletion",
            }
        certificate = (
            call.store.get(kind_of(HOSTNAME_CERTIFICATES.path.format(**call.params)), item["cert_id"]) or {}
        )
        old = call.store.get(self.kind(call), name) or {}
        made = {
            **{key: certificate.get(key) for key in _SHOWN},
            "hostname": name,
            "cert_id": item["cert_id"],
            "enabled": item["enabled"],
            "cert_status": "active",
            "cert_uploaded_on": certificate.get("uploaded_on"),
            "cert_updated_at": certificate.get("updated_at"),
            "status": "active",
            "created_at": old.get("created_at", call.at),
            "updated_at": call.at,
        }  # fmt: skip
        call.store.put(self.kind(call), name, made)
        return made


def _association_problems(item: Mapping[str, Value], at: str) -> Iterator[ApiError]:
    name = text_of(item, "hostname")
    if item.get("hostname") is None or (name is not None and not is_hostname(name, labels=2)):
        yield ApiError(_BAD_HOST, "hostname must be the name of a host.", f"{at}.hostname")
    if item.get("cert_id") is None:
        yield ApiError(
            _NOT_FOUND, "cert_id is required: a hostname needs a certificate of its own.", f"{at}.cert_id"
        )


ZONE_CERTIFICATES, HOSTNAME_CERTIFICATES = ZoneCertificates(), HostnameCertificates()
SETTINGS, HOSTNAMES = Settings(), Hostnames()
ROUTES = [
    *ZONE_CERTIFICATES.routes(), *HOSTNAME_CERTIFICATES.routes(), *SETTINGS.routes(), *HOSTNAMES.routes(),
]  # fmt: skip
