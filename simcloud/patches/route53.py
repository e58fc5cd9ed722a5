"""Zones and records as Route 53 keeps them, and the changes that it refuses."""

from __future__ import annotations

import ipaddress
import re
from typing import Any

from moto.core.exceptions import ServiceException
from moto.route53.models import HealthCheck, Route53Backend
from moto.route53.responses import Route53

from simcloud.patches import around


class InvalidChangeBatch(ServiceException):
    """A change that cannot be made."""

    code = "InvalidChangeBatch"


@around(Route53Backend)
def change_resource_record_sets(
    original: Any, self: Any, zoneid: str, change_list: list[dict[str, Any]]
) -> None:
    """AWS: looks at the records that there are, and at their values; moto: at earlier changes, and at no values."""
    zone = self.get_hosted_zone(zoneid)
    for change in change_list:
        record = change["ResourceRecordSet"]
        problem = (
            _missing(zone, record)
            if change["Action"] == "DELETE"
            else _problem(zone, change["Action"], record)
        )
        if problem:
            raise InvalidChangeBatch(f"[{problem}]")
    for change in change_list:
        if change["Action"] == "DELETE":
            key = _key(change["ResourceRecordSet"])
            zone.rrsets = [found for found in zone.rrsets if _key_of(found) != key]
        else:
            original(self, zoneid, [{**change, "Action": "UPSERT"}])


@around(Route53)
def create_health_check(original: Any, self: Any) -> Any:
    """AWS: keeps the alarm that a check looks at; moto: drops it."""
    answer = original(self)
    config, check = self._get_param("HealthCheckConfig"), answer.result["HealthCheck"]
    check.alarm = config.get("AlarmIdentifier")
    check.insufficient_data = config.get("InsufficientDataHealthStatus")
    return answer


@around(Route53)
def update_health_check(original: Any, self: Any) -> Any:
    """AWS: keeps the alarm that a check looks at; moto: drops it."""
    answer = original(self)
    check = answer.result["HealthCheck"]
    check.alarm = self._get_param("AlarmIdentifier") or getattr(check, "alarm", None)
    check.insufficient_data = self._get_param("InsufficientDataHealthStatus") or getattr(
        check, "insufficient_data", None
    )
    return answer


def _config(self: Any) -> dict[str, Any]:
    found: dict[str, Any] = _plain_config(self)
    alarm = getattr(self, "alarm", None)
    if alarm:
        for name in ("Port", "RequestInterval", "FailureThreshold", "MeasureLatency"):
            found.pop(name, None)
        found |= {
            "AlarmIdentifier": alarm,
            "InsufficientDataHealthStatus": getattr(self, "insufficient_data", None),
        }
    return found


_plain_config: Any = vars(HealthCheck)["health_check_config"].fget
HealthCheck.health_check_config = property(_config)  # type: ignore[method-assign, assignment]


def _key(record: dict[str, Any]) -> tuple[str, str, str | None]:
    return record["Name"].rstrip(".").lower(), record["Type"], record.get("SetIdentifier")


def _key_of(found: Any) -> tuple[str, str, str | None]:
    return found.name.rstrip(".").lower(), found.type, found.set_identifier


def _named(record: dict[str, Any]) -> str:
    return f"[name='{record['Name'].rstrip('.')}.', type='{record['Type']}']"


def _missing(zone: Any, record: dict[str, Any]) -> str | None:
    if any(_key_of(found) == _key(record) for found in zone.rrsets):
        return None
    return f"Tried to delete resource record set {_named(record)} but it was not found"


def _problem(zone: Any, action: str, record: dict[str, Any]) -> str | None:
    if action == "CREATE" and any(_key_of(found) == _key(record) for found in zone.rrsets):
        return f"Tried to create resource record set {_named(record)} but it already exists"
    return (
        _cname_problem(zone, record)
        or _mixed_problem(zone, record)
        or _policy_problem(zone, record)
        or _value_problem(record)
    )


def _mixed_problem(zone: Any, record: dict[str, Any]) -> str | None:
    """A name and type has either one simple record or any number with set identifiers."""
    name, kind, mark = _key(record)
    same = [_key_of(found)[2] for found in zone.rrsets if _key_of(found)[:2] == (name, kind)]
    if not any(bool(other) is not bool(mark) for other in same):
        return None
    return (
        f"RRSet with DNS name {name}., type {kind}, SetIdentifier {mark or ''} cannot be created because other "
        "exist with the same name and type, with and without SetIdentifier."
    )


# The fields that say which of several sets answers, by their names here and in moto.
_POLICIES = {
    "Failover": "failover",
    "Weight": "weight",
    "Region": "region",
    "GeoLocation": "geo_location",
    "MultiValueAnswer": "multi_value_answer",
}


def _policy_problem(zone: Any, record: dict[str, Any]) -> str | None:
    """AWS: takes one kind of policy per name and type, one primary and one secondary; moto: whatever comes."""
    role = record.get("Failover")
    if role == "PRIMARY" and not record.get("AliasTarget") and not record.get("HealthCheckId"):
        # kubernetes-sigs/external-dns#2362, read 2026-11: what AWS answers.
        return "A non-alias primary ResourceRecordSet must have an associated health check."
    name, kind, mark = key = _key(record)
    others = [found for found in zone.rrsets if _key_of(found)[:2] == (name, kind) and _key_of(found) != key]
    own = {policy for policy in _POLICIES if record.get(policy) is not None}
    for found in others:
        theirs = {policy for policy, here in _POLICIES.items() if getattr(found, here, None) is not None}
        if theirs != own:
            return (
                f"RRSet with DNS name {name}., type {kind}, SetIdentifier {mark} cannot be created because other "
                "RRSets exist with the same name and type and another routing policy."
            )
        # boto/boto3#1347, read 2026-11: that AWS refuses it; in words of ours.
        if role is not None and found.failover == role:
            return (
                f"RRSet with DNS name {name}., type {kind}, SetIdentifier {mark} cannot be created because the "
                f"{role} failover RRSet of the same name and type is {found.set_identifier}."
            )
    return None


def _cname_problem(zone: Any, record: dict[str, Any]) -> str | None:
    name, kind, _ = _key(record)
    if kind == "CNAME" and name == zone.name.rstrip("."):
        return f"RRSet of type CNAME with DNS name {name}. is not permitted at apex in zone {name}."
    others = {found.type for found in zone.rrsets if found.name.rstrip(".").lower() == name}
    if others and (kind == "CNAME") is not (others == {"CNAME"}):
        return (
            f"RRSet of type {kind} with DNS name {name}. is not permitted as it conflicts with other records with the "
            f"same DNS name in zone {zone.name}"
        )
    return None


def _value_problem(record: dict[str, Any]) -> str | None:
    if not record.get("AliasTarget") and (record.get("TTL") is None or not record.get("ResourceRecords")):
        return f"Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords]] in {_named(record)}"
    for item in record.get("ResourceRecords") or ():
        problem = value_problem(record["Type"], item["Value"])
        if problem:
            return f"Invalid Resource Record: 'FATAL problem: {problem} encountered with '{item['Value']}''"
    return None


def value_problem(kind: str, value: str) -> str | None:
    """What is wrong with one value of a record, in Route 53's words, or None."""
    if kind in ("A", "AAAA"):
        return _address_problem(kind, value)
    for pattern, problem in _WRITTEN.get(kind, ()):
        if not re.fullmatch(pattern, value):
            return problem
    if kind in ("CNAME", "NS", "PTR") and not re.fullmatch(r"[A-Za-z0-9_.*-]+", value):
        return f"{kind}RRDATAIllegalDomainName (Value is not a valid domain name)"
    return None


# AWS: «Supported DNS record types», Route 53 Developer Guide; per reference notes, not verified against AWS.
_WRITTEN = {
    "CAA": (
        (r'\d+\s+\w+\s+"[^"]*"', "CAARRDATAIllegal (Value should be flags, a tag and a quoted value)"),
        (r"\d+\s+(issue|issuewild|iodef|issuemail)\s.*", "CAARRDATAIllegal (Value should have a tag such as issue)"),
    ),
    "MX": (
        (r"\d+\s+\S+", "MXRRDATANotTwoFields (Value should have two fields, a priority and a name)"),
        (r"(\d{1,4}|[1-5]\d{4}|6\d{4})\s.*", "MXRRDATAFirstFieldNotInteger (Value should begin with 0 to 65535)"),
    ),
    "SRV": (
        (
            r"\d{1,5}\s+\d{1,5}\s+\d{1,5}\s+\S+",
            "SRVRRDATANotFourFields (Value should have a priority, a weight, a port and a name)",
        ),
    ),
    "TXT": (
        (
            r'"[^"]*"(\s*"[^"]*")*',
            "InvalidCharacterString (Value should be enclosed in quotation marks)",
        ),
        (
            r'"[^"]{0,255}"(\s*"[^"]{0,255}")*',
            "CharacterStringTooLong (Value is too long: 255 characters at most within quotation marks)",
        ),
    ),
}  # fmt: skip


def _address_problem(kind: str, value: str) -> str | None:
    version = 4 if kind == "A" else 6
    try:
        right = ipaddress.ip_address(value).version == version
    except ValueError:
        right = False
    return (
        None
        if right
        else f"{kind}RRDATAIllegalIPv{version}Address (Value is not a valid IPv{version} address)"
    )
