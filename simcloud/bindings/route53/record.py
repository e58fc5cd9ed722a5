from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.patches.route53 import value_problem
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props, is_known, without_none

from . import _policies, _record_rules

_QUOTED = ("TXT", "SPF")
_SET = "ChangeBatch.Changes[0].ResourceRecordSet"


class Record(Binding):
    """One record set of a zone."""

    token = "aws:route53/record:Record"
    service = "route53"
    operation = "change_resource_record_sets"
    parameters = {
        f"{_SET}.Type": "type",
        f"{_SET}.TTL": "ttl",
        f"{_SET}.ResourceRecords": "records",
        f"{_SET}.SetIdentifier": "setIdentifier",
        f"{_SET}.Weight": "weightedRoutingPolicies[0].weight",
        f"{_SET}.Region": "latencyRoutingPolicies[0].region",
        f"{_SET}.Failover": "failoverRoutingPolicies[0].type",
        f"{_SET}.HealthCheckId": "healthCheckId",
    }
    replaces = frozenset({"name", "setIdentifier", "type", "zoneId"})
    global_service = True
    references = (Reference("zoneId", "hosted_zone"), Reference("healthCheckId", "health_check"))
    faults = {
        "InvalidChangeBatch: already exists": "name",
        "InvalidChangeBatch: UnsupportedCharacter": "name",
        "InvalidChangeBatch: conflicts with other": "type",
        "InvalidChangeBatch: associated health check": "healthCheckId",
        "InvalidChangeBatch: failover RRSet": "failoverRoutingPolicies",
        "InvalidChangeBatch: SetIdentifier": "setIdentifier",
    }

    def request(self, ctx: Context, new: Props) -> Params:
        return _change("UPSERT" if new.get("allowOverwrite") is True else "CREATE", new, _record(ctx, new))

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("route53").change_resource_record_sets(**self.request(ctx, new))
        words = [new["zoneId"], new["name"].lower().rstrip("."), new["type"], new.get("setIdentifier")]
        return "_".join(word for word in words if word)

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("route53").change_resource_record_sets(**_change("UPSERT", new, _record(ctx, new)))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        name = full_name(ctx, given["zoneId"], given["name"])
        found = _find(ctx, given, name)
        if found is None:
            return None
        records = [_unquoted(given["type"], item["Value"]) for item in found.get("ResourceRecords", ())]
        return {
            "allowOverwrite": bool(given.get("allowOverwrite")),
            "aliases": [_alias(found["AliasTarget"], given)] if found.get("AliasTarget") else None,
            "fqdn": name,
            "healthCheckId": found.get("HealthCheckId"),
            "multivalueAnswerRoutingPolicy": found.get("MultiValueAnswer") or None,
            "name": given["name"],
            "records": records or None,
            "setIdentifier": found.get("SetIdentifier"),
            "ttl": found.get("TTL"),
            "type": given["type"],
            "zoneId": given["zoneId"],
            **_policies.read(found, given),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        found = _find(ctx, old, full_name(ctx, old["zoneId"], old["name"]))
        if found is not None:
            ctx.client("route53").change_resource_record_sets(**_change("DELETE", old, found))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        aliases, records, ttl = new.get("aliases"), new.get("records"), new.get("ttl")
        if (aliases is None) == (records is None):
            yield Refusal(
                "InvalidInput", "either aliases or records is needed.", "" if aliases is None else "records"
            )
        if aliases is not None and ttl is not None:
            yield Refusal("InvalidInput", "an alias has no TTL of its own.", "ttl")
        if records is not None and ttl is None:
            yield Refusal("InvalidInput", "records need a TTL.", "ttl")
        yield from _value_problems(new)
        yield from _place_problems(ctx, new)
        yield from _alias_problems(ctx, new)
        yield from _policies.problems(new)
        yield from _record_rules.problems(new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _missing_targets(ctx, new)

    def import_id(self, identity: str) -> Props:
        """Written as the provider wants it: `Z1_www.example.com_A`, after it perhaps `_setIdentifier`."""
        zone, _, rest = identity.partition("_")
        words = rest.split("_")
        at = next((n for n, word in enumerate(words) if n and word.isupper()), len(words) - 1)
        name, kind, mark = "_".join(words[:at]), words[at], "_".join(words[at + 1 :])
        return without_none({"zoneId": zone, "name": name, "type": kind, "setIdentifier": mark or None})


def full_name(ctx: Context, zone_id: str, name: str) -> str:
    """The whole name of a record: the zone's name is added where it is missing."""
    zone = ctx.client("route53").get_hosted_zone(Id=zone_id)["HostedZone"]["Name"].rstrip(".")
    given = name.lower().rstrip(".")
    if not given:
        return str(zone)
    return given if given == zone or given.endswith(f".{zone}") else f"{given}.{zone}"


def _record(ctx: Context, new: Props) -> Params:
    known = isinstance(new["zoneId"], str) and isinstance(new["name"], str)
    kind, records = new["type"], new.get("records")
    return without_none(
        {
            "Name": full_name(ctx, new["zoneId"], new["name"])
            if known and _zone_exists(ctx, new["zoneId"])
            else new["name"],
            "Type": kind,
            "TTL": new.get("ttl"),
            "ResourceRecords": [{"Value": _quoted(kind, value)} for value in records]
            if isinstance(records, list)
            else records,
            "AliasTarget": _target(new.get("aliases")),
            "HealthCheckId": new.get("healthCheckId"),
            "SetIdentifier": new.get("setIdentifier"),
            "MultiValueAnswer": new.get("multivalueAnswerRoutingPolicy") or None,
            **_policies.parameters(new),
        }
    )


def _change(action: str, new: Props, record: Params) -> Params:
    return {
        "HostedZoneId": new["zoneId"],
        "ChangeBatch": {"Changes": [{"Action": action, "ResourceRecordSet": record}]},
    }


def _zone_exists(ctx: Context, zone_id: str) -> bool:
    zones = ctx.client("route53").list_hosted_zones()["HostedZones"]
    return any(zone["Id"].removeprefix("/hostedzone/") == zone_id for zone in zones)


def _find(ctx: Context, given: Props, name: str) -> dict[str, Any] | None:
    found = ctx.client("route53").list_resource_record_sets(
        HostedZoneId=given["zoneId"], StartRecordName=name, StartRecordType=given["type"]
    )["ResourceRecordSets"]
    wanted = (_plain(name), given["type"], given.get("setIdentifier"))
    for record in found:
        if (_plain(record["Name"]), record["Type"], record.get("SetIdentifier")) == wanted:
            return dict(record)
    return None


def _plain(name: str) -> str:
    return name.rstrip(".").lower().replace("\\052", "*")


def _target(aliases: Any) -> Any:
    if not isinstance(aliases, list) or not aliases or not isinstance(aliases[0], Mapping):
        return aliases
    alias = aliases[0]
    return {
        "DNSName": alias.get("name"),
        "HostedZoneId": alias.get("zoneId"),
        "EvaluateTargetHealth": alias.get("evaluateTargetHealth"),
    }


def _alias(found: Mapping[str, Any], given: Props) -> Props:
    name, before = found["DNSName"], (given.get("aliases") or [{}])[0]
    if _plain(str(before.get("name", ""))) == _plain(name):
        name = before["name"]
    return {
        "name": name,
        "zoneId": found["HostedZoneId"],
        "evaluateTargetHealth": found["EvaluateTargetHealth"],
    }


def _quoted(kind: Any, value: Any) -> Any:
    return f'"{value}"' if kind in _QUOTED and isinstance(value, str) and not value.startswith('"') else value


def _unquoted(kind: str, value: str) -> str:
    return value[1:-1] if kind in _QUOTED and value.startswith('"') else value


def _value_problems(new: Props) -> Iterator[Refusal]:
    kind, records = new["type"], new.get("records")
    if kind is UNKNOWN or not isinstance(records, list):
        return
    for position, value in enumerate(records):
        problem = value_problem(kind, _quoted(kind, value)) if isinstance(value, str) else None
        if problem:
            yield Refusal(
                "InvalidChangeBatch", f"Invalid Resource Record: {problem}: '{value}'", f"records[{position}]"
            )
    if kind == "CNAME" and len(records) != 1:
        yield Refusal("InvalidChangeBatch", "a CNAME has exactly one value.", "records")


def _place_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    if not is_known([new["zoneId"], new["name"], new["type"]]) or not _zone_exists(ctx, new["zoneId"]):
        return
    zone = ctx.client("route53").get_hosted_zone(Id=new["zoneId"])["HostedZone"]["Name"].rstrip(".")
    if new["type"] == "CNAME" and full_name(ctx, new["zoneId"], new["name"]) == zone:
        yield Refusal(
            "InvalidChangeBatch",
            f"RRSet of type CNAME with DNS name {zone}. is not permitted at apex in zone {zone}.",
            "type",
            "use an alias of type A.",
        )


def _alias_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    aliases = new.get("aliases")
    for position, alias in enumerate(aliases if isinstance(aliases, list) else ()):
        if not isinstance(alias, Mapping) or not is_known(dict(alias)):
            continue
        name, zone = _plain(alias["name"]), alias["zoneId"]
        # AWS: API reference of AliasTarget (botocore 1.44.5), read 2026-11: CloudFront has one zone for all
        if name.endswith((".cloudfront.net", ".elb.amazonaws.com")):
            if name.endswith(".cloudfront.net") is not (zone == "Z2FDTNDATAQYW2"):
                yield _outside(name, new, zone, position)
        elif _zone_exists(ctx, zone) and not _lies_in(ctx, name, zone):
            yield _outside(name, new, zone, position)


def _missing_targets(ctx: Context, new: Props) -> Iterator[Refusal]:
    for position, alias in enumerate(new.get("aliases") or ()):
        zone, name = alias["zoneId"], _plain(alias["name"])
        if _zone_exists(ctx, zone) and _find(ctx, {"zoneId": zone, "type": new["type"]}, name) is None:
            yield Refusal(
                "InvalidChangeBatch",
                f"Tried to create an alias that targets {name}., type {new['type']} in zone {zone}, but that target "
                "was not found",
                f"aliases[{position}].name",
            )


def _lies_in(ctx: Context, name: str, zone_id: str) -> bool:
    zone = ctx.client("route53").get_hosted_zone(Id=zone_id)["HostedZone"]["Name"].rstrip(".")
    return name == zone or name.endswith(f".{zone}")


def _outside(name: str, new: Props, zone: str, position: int) -> Refusal:
    return Refusal(
        "InvalidChangeBatch",
        f"Tried to create an alias that targets {name}., type {new['type']} in zone {zone}, but the alias target name "
        "does not lie within the target zone",
        f"aliases[{position}].zoneId",
    )
