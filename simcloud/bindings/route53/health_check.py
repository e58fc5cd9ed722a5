from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known, without_none

_NAMES = {
    "childHealthThreshold": "HealthThreshold",
    "childHealthchecks": "ChildHealthChecks",
    "disabled": "Disabled",
    "enableSni": "EnableSNI",
    "failureThreshold": "FailureThreshold",
    "fqdn": "FullyQualifiedDomainName",
    "insufficientDataHealthStatus": "InsufficientDataHealthStatus",
    "invertHealthcheck": "Inverted",
    "ipAddress": "IPAddress",
    "measureLatency": "MeasureLatency",
    "port": "Port",
    "regions": "Regions",
    "requestInterval": "RequestInterval",
    "resourcePath": "ResourcePath",
    "routingControlArn": "RoutingControlArn",
    "searchString": "SearchString",
    "type": "Type",
}
_FIXED = ("type", "requestInterval", "measureLatency", "routingControlArn")


class HealthCheck(Binding):
    """A look at an endpoint from outside, at an alarm, or at other checks."""

    token = "aws:route53/healthCheck:HealthCheck"
    service = "route53"
    operation = "create_health_check"
    parameters = {f"HealthCheckConfig.{api}": name for name, api in _NAMES.items()}
    replaces = frozenset({"measureLatency", "referenceName", "requestInterval", "routingControlArn", "type"})
    defaults = {"disabled": False, "invertHealthcheck": False, "measureLatency": False}
    tagging = tagging.HEALTH_CHECK
    global_service = True
    references = (Reference("childHealthchecks[]", "health_check"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "CallerReference": str(new.get("referenceName") or "simcloud"),
            "HealthCheckConfig": _config(new),
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["HealthCheck"]["Id"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            config = {key: value for key, value in _config(new).items() if key not in map(_NAMES.get, _FIXED)}
            ctx.client("route53").update_health_check(HealthCheckId=identity, **config)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("route53").get_health_check(HealthCheckId=identity)["HealthCheck"][
            "HealthCheckConfig"
        ]
        alarm = found.get("AlarmIdentifier") or {}
        return {
            **{name: found.get(api) for name, api in _NAMES.items()},
            "arn": ctx.arn("route53", f"healthcheck/{identity}", regional=False, account=False),
            "cloudwatchAlarmName": alarm.get("Name"),
            "cloudwatchAlarmRegion": alarm.get("Region"),
            "enableSni": bool(found.get("EnableSNI")),
            "failureThreshold": found.get("FailureThreshold") or 0,
            "regions": found.get("Regions") or [],
            "triggers": given.get("triggers") or {},
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        route53 = ctx.client("route53")
        route53.get_health_check(HealthCheckId=identity)
        route53.delete_health_check(HealthCheckId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        kind = str(new["type"])
        if re.match(r"(HTTP|TCP)", kind) and new.get("fqdn") is None and new.get("ipAddress") is None:
            yield Refusal("InvalidInput", "the check needs an address or a name to look at.", "fqdn")
        if kind.endswith("STR_MATCH") and new.get("searchString") is None:
            yield Refusal("InvalidInput", "a string-matching check needs a search string.", "searchString")
        if kind == "CLOUDWATCH_METRIC" and new.get("cloudwatchAlarmName") is None:
            yield Refusal("InvalidInput", "the check needs an alarm to look at.", "cloudwatchAlarmName")
        yield from _check_problems(new, kind)
        interval = new.get("requestInterval")
        # AWS: the model allows 10 to 30 (botocore 1.44.5), the console these two; per general knowledge, not verified.
        if interval is not None and is_known(interval) and int(interval) not in (10, 30):
            yield Refusal("InvalidInput", "the interval is 10 or 30 seconds.", "requestInterval")


def _check_problems(new: Props, kind: str) -> Iterator[Refusal]:
    # AWS: API reference of HealthCheckConfig (botocore 1.44.5), read 2026-11
    path, address = new.get("resourcePath"), new.get("ipAddress")
    if path is not None and kind == "TCP":
        yield Refusal("InvalidInput", "a TCP check has no path.", "resourcePath")
    elif isinstance(path, str) and not path.startswith("/"):
        yield Refusal("InvalidInput", f"the path {path!r} must begin with a slash.", "resourcePath")
    if new.get("searchString") is not None and is_known(new["type"]) and not kind.endswith("STR_MATCH"):
        yield Refusal("InvalidInput", f"a check of type {kind} has no search string.", "searchString")
    if kind == "CALCULATED" and new.get("childHealthchecks") is None:
        yield Refusal("InvalidInput", "a calculated check needs other checks.", "childHealthchecks")
    if isinstance(address, str) and _is_local(address):
        text = f"{address} cannot be reached by health checkers: it is private, local or multicast."
        yield Refusal("InvalidInput", text, "ipAddress")


def _is_local(address: str) -> bool:
    """Documentation ranges are let pass: they stand for public addresses."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False  # told by the service model
    documentation = address.startswith(("192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:"))
    return not documentation and (found.is_private or found.is_multicast or found.is_loopback)


def _config(new: Props) -> Params:
    config = without_none({api: new.get(name) for name, api in _NAMES.items()})
    if new.get("cloudwatchAlarmName") is not None:
        config["AlarmIdentifier"] = {
            "Name": new["cloudwatchAlarmName"],
            "Region": new.get("cloudwatchAlarmRegion"),
        }
    if new["type"] in ("CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"):
        config.pop("MeasureLatency", None)
    elif new["type"] == "HTTPS" and "EnableSNI" not in config:
        config["EnableSNI"] = True
    return config
