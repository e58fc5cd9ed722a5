"""Signed zones as Route 53 keeps them; moto has none."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from moto.backends import get_backend
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.route53 import urls
from moto.route53.models import Route53Backend
from moto.route53.responses import Route53

from simcloud.patches import adds, around

_SIGNER = "dnssec-route53.amazonaws.com"
# AWS: CreateKeySigningKeyRequest.KeyManagementServiceArn, Route 53 API reference (botocore 1.44.5), read 2026-11.
_ACTIONS = ("kms:DescribeKey", "kms:GetPublicKey", "kms:Sign")
_MOST_KEYS = 2


class DnssecRefusal(ServiceException):
    """What Route 53 says no to; its code differs."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@adds(Route53)
def create_key_signing_key(self: Any) -> ActionResult:
    """AWS: a key that signs the zone's own keys; moto: does not know the call."""
    zone, name = self.backend.get_hosted_zone(self._get_param("HostedZoneId")), self._get_param("Name")
    keys = _keys(zone)
    if zone.private_zone:
        raise DnssecRefusal("InvalidInput", "A private hosted zone cannot be signed.")
    if name in keys:
        raise DnssecRefusal("KeySigningKeyAlreadyExists", f"The key-signing key {name} already exists.")
    if len(keys) >= _MOST_KEYS:
        raise DnssecRefusal(
            "TooManyKeySigningKeys", f"A hosted zone has {_MOST_KEYS} key-signing keys at most."
        )
    arn, now = self._get_param("KeyManagementServiceArn"), utcnow()
    if arn in [key["KmsArn"] for key in keys.values()]:
        raise DnssecRefusal("InvalidKMSArn", f"The key {arn} is used by another key-signing key of the zone.")
    keys[name] = {
        "Name": name,
        "KmsArn": arn,
        "Status": self._get_param("Status"),
        "CreatedDate": now,
        "LastModifiedDate": now,
        **_records(zone.name, _kms_key(self, arn)),
    }
    return _changed(KeySigningKey=keys[name], Location=f"/2013-04-01/keysigningkey/{zone.resource_id}/{name}")


@adds(Route53)
def activate_key_signing_key(self: Any) -> ActionResult:
    """AWS: the key signs from now on; moto: does not know the call."""
    _, key = _named(self)
    key["Status"], key["LastModifiedDate"] = "ACTIVE", utcnow()
    return _changed()


@adds(Route53)
def deactivate_key_signing_key(self: Any) -> ActionResult:
    """AWS: the key signs no more, unless it is the last one of a signed zone; moto: does not know the call."""
    zone, key = _named(self)
    others = [item for item in _keys(zone).values() if item is not key and item["Status"] == "ACTIVE"]
    if vars(zone).get("signing") and not others:
        raise DnssecRefusal(
            "KeySigningKeyInUse",
            f"The key-signing key {key['Name']} is the only active one of a zone with DNSSEC signing enabled.",
        )
    key["Status"], key["LastModifiedDate"] = "INACTIVE", utcnow()
    return _changed()


@adds(Route53)
def delete_key_signing_key(self: Any) -> ActionResult:
    """AWS: an inactive key goes; moto: does not know the call."""
    zone, key = _named(self)
    if key["Status"] == "ACTIVE":
        raise DnssecRefusal("InvalidKeySigningKeyStatus", f"The key-signing key {key['Name']} is active.")
    del _keys(zone)[key["Name"]]
    return _changed()


@adds(Route53)
def enable_hosted_zone_dnssec(self: Any) -> ActionResult:
    """AWS: a zone with an active key is signed; moto: does not know the call."""
    zone = self.backend.get_hosted_zone(self._get_param("HostedZoneId"))
    if not any(key["Status"] == "ACTIVE" for key in _keys(zone).values()):
        raise DnssecRefusal(
            "KeySigningKeyWithActiveStatusNotFound",
            f"The hosted zone {zone.resource_id} has no key-signing key with the status ACTIVE.",
        )
    vars(zone)["signing"] = True
    return _changed()


@adds(Route53)
def disable_hosted_zone_dnssec(self: Any) -> ActionResult:
    """AWS: the zone is signed no more; moto: does not know the call."""
    zone = self.backend.get_hosted_zone(self._get_param("HostedZoneId"))
    if not _keys(zone) and not vars(zone).get("signing"):
        raise DnssecRefusal("DNSSECNotFound", f"The hosted zone {zone.resource_id} has no DNSSEC.")
    vars(zone)["signing"] = False
    return _changed()


@around(Route53)
def get_dnssec(original: Any, self: Any) -> ActionResult:
    """AWS: tells of the signature and the keys; moto: of none."""
    zone = self.backend.get_hosted_zone(self._get_param("HostedZoneId"))
    status = "SIGNING" if vars(zone).get("signing") else "NOT_SIGNING"
    return ActionResult({"Status": {"ServeSignature": status}, "KeySigningKeys": list(_keys(zone).values())})


@around(Route53Backend)
def delete_hosted_zone(original: Any, self: Any, id_: str) -> Any:
    """AWS: a signed zone stays; moto: it goes."""
    zone = self.get_hosted_zone(id_)
    if vars(zone).get("signing") or _keys(zone):
        raise DnssecRefusal(
            "HostedZoneNotEmpty", "The specified hosted zone has DNSSEC signing enabled or key-signing keys."
        )
    return original(self, id_)


def _keys(zone: Any) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = vars(zone).setdefault("signing_keys", {})
    return found


def _named(response: Any) -> tuple[Any, dict[str, Any]]:
    zone, name = (
        response.backend.get_hosted_zone(response._get_param("HostedZoneId")),
        response._get_param("Name"),
    )
    if name not in _keys(zone):
        raise DnssecRefusal("NoSuchKeySigningKey", f"The key-signing key {name} does not exist.")
    return zone, _keys(zone)[name]


def _changed(**more: Any) -> ActionResult:
    change = {"Id": "/change/C2682N5HXP0BZ4", "Status": "INSYNC", "SubmittedAt": utcnow()}
    return ActionResult({"ChangeInfo": change, **more})


def _kms_key(response: Any, arn: str) -> Any:
    found = re.fullmatch(r"arn:[^:]+:kms:us-east-1:(\d{12}):key/(.+)", arn)
    backend = get_backend("kms")[found.group(1)]["us-east-1"] if found else None
    key = backend.keys.get(found.group(2)) if found and backend else None
    if key is None or key.key_spec != "ECC_NIST_P256" or key.key_usage != "SIGN_VERIFY" or not key.enabled:
        raise DnssecRefusal(
            "InvalidKMSArn",
            f"The key {arn} must be an enabled ECC_NIST_P256 key for SIGN_VERIFY in us-east-1.",
        )
    if not _lets_sign(key.policy):
        raise DnssecRefusal(
            "InvalidKMSArn",
            f"The policy of the key {arn} must let {_SIGNER} do {', '.join(_ACTIONS)}.",
        )
    return key


def _lets_sign(policy: str) -> bool:
    allowed: set[str] = set()
    for statement in json.loads(policy).get("Statement", []):
        principal = statement.get("Principal")
        services = principal.get("Service", []) if isinstance(principal, dict) else []
        if statement.get("Effect") == "Allow" and _SIGNER in (
            [services] if isinstance(services, str) else services
        ):
            actions = statement.get("Action", [])
            allowed |= {actions} if isinstance(actions, str) else set(actions)
    return "kms:*" in allowed or set(_ACTIONS) <= allowed


def _records(zone: str, key: Any) -> dict[str, Any]:
    public = load_der_public_key(key.private_key.public_key())
    assert isinstance(public, EllipticCurvePublicKey)
    numbers = public.public_numbers()
    point = numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")
    data = bytes([1, 1, 3, 13]) + point  # flags 257, protocol 3, algorithm 13: RFC 4034
    labels = [label for label in zone.rstrip(".").lower().split(".") if label]
    owner = b"".join(bytes([len(label)]) + label.encode() for label in labels) + b"\0"
    digest = hashlib.sha256(owner + data).hexdigest().upper()
    tag = sum(octet << 8 if position % 2 == 0 else octet for position, octet in enumerate(data))
    tag = (tag + (tag >> 16)) & 0xFFFF
    encoded = base64.b64encode(point).decode()
    return {
        "Flag": 257,
        "SigningAlgorithmMnemonic": "ECDSAP256SHA256",
        "SigningAlgorithmType": 13,
        "DigestAlgorithmMnemonic": "SHA-256",
        "DigestAlgorithmType": 2,
        "KeyTag": tag,
        "DigestValue": digest,
        "PublicKey": encoded,
        "DSRecord": f"{tag} 13 2 {digest}",
        "DNSKEYRecord": f"257 3 13 {encoded}",
    }


_VERSION = r"{0}/(?P<api_version>[\d_-]+)"
for _path in (
    "/hostedzone/(?P<zone_id>[^/]+)/(enable|disable)-dnssec$",
    "/keysigningkey$",
    "/keysigningkey/(?P<zone_id>[^/]+)/(?P<key_name>[^/]+)$",
    "/keysigningkey/(?P<zone_id>[^/]+)/(?P<key_name>[^/]+)/(de)?activate$",
):
    urls.url_paths[_VERSION + _path] = Route53.dispatch
