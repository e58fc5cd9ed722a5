from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known, without_none

from . import _attributes, _group_rules
from ._attributes import Attribute, boolean
from .load_balancer import name_problems

_HTTP = ("HTTP", "HTTPS")
_HEALTH = {
    "enabled": ("HealthCheckEnabled", bool),
    "healthyThreshold": ("HealthyThresholdCount", int),
    "interval": ("HealthCheckIntervalSeconds", int),
    "path": ("HealthCheckPath", str),
    "port": ("HealthCheckPort", str),
    "protocol": ("HealthCheckProtocol", str),
    "timeout": ("HealthCheckTimeoutSeconds", int),
    "unhealthyThreshold": ("UnhealthyThresholdCount", int),
}
_COMMON = {
    "deregistrationDelay": Attribute("deregistration_delay.timeout_seconds", int),
    "loadBalancingCrossZoneEnabled": Attribute("load_balancing.cross_zone.enabled"),
}
_APPLICATION = {
    "loadBalancingAlgorithmType": Attribute("load_balancing.algorithm.type"),
    "loadBalancingAnomalyMitigation": Attribute("load_balancing.algorithm.anomaly_mitigation"),
    "slowStart": Attribute("slow_start.duration_seconds", int),
}
_NETWORK = {
    "connectionTermination": Attribute("deregistration_delay.connection_termination.enabled", boolean),
    "preserveClientIp": Attribute("preserve_client_ip.enabled"),
    "proxyProtocolV2": Attribute("proxy_protocol_v2.enabled", boolean),
}

_FUNCTION = {
    "lambdaMultiValueHeadersEnabled": Attribute("lambda.multi_value_headers.enabled", boolean),
}


class TargetGroup(Binding):
    """Where a load balancer sends requests, and how it tells which targets are well."""

    token = "aws:lb/targetGroup:TargetGroup"
    service = "elbv2"
    operation = "create_target_group"
    parameters = {
        **{api: f"healthCheck.{name}" for name, (api, _) in _HEALTH.items()},
        "Matcher.HttpCode": "healthCheck.matcher",
    }
    replaces = frozenset(
        {
            "ipAddressType",
            "name",
            "namePrefix",
            "port",
            "protocol",
            "protocolVersion",
            "targetType",
            "targetControlPort",
            "vpcId",
        }
    )
    defaults = {
        "deregistrationDelay": 300,
        "lambdaMultiValueHeadersEnabled": False,
        "proxyProtocolV2": False,
        "slowStart": 0,
        "targetType": "instance",
    }
    autoname = AutoName(limit=32)
    tagging = tagging.ELB
    references = (Reference("vpcId", "vpc"),)
    faults = {"DuplicateTargetGroupName": "name"}

    def request(self, ctx: Context, new: Props) -> Params:
        health = new.get("healthCheck")
        return without_none(
            {
                "Name": new.get("name"),
                "Protocol": new.get("protocol"),
                "ProtocolVersion": new.get("protocolVersion"),
                "Port": new.get("port"),
                "VpcId": new.get("vpcId"),
                "TargetType": new.get("targetType"),
                "IpAddressType": new.get("ipAddressType"),
                **_health_parameters(health if isinstance(health, Mapping) else {}, new),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["TargetGroups"][0]["TargetGroupArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        elb = ctx.client("elbv2")
        health = new.get("healthCheck") or {}
        if old and health != (old.get("healthCheck") or {}):
            elb.modify_target_group(TargetGroupArn=identity, **_health_parameters(health, new))
        attributes = _attributes.changed(_table(new), new, old) + _sticky(new, old)
        if attributes:
            elb.modify_target_group_attributes(TargetGroupArn=identity, Attributes=attributes)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        elb = ctx.client("elbv2")
        found = elb.describe_target_groups(TargetGroupArns=[identity])["TargetGroups"][0]
        attributes = _attributes.as_map(
            elb.describe_target_group_attributes(TargetGroupArn=identity)["Attributes"]
        )
        return {
            "arn": identity,
            "arnSuffix": identity.rsplit(":", 1)[-1],
            "connectionTermination": False,
            "healthCheck": _health(found),
            "ipAddressType": found.get("IpAddressType") or "ipv4",
            "loadBalancerArns": found.get("LoadBalancerArns", []),
            "loadBalancingAlgorithmType": "",
            "loadBalancingAnomalyMitigation": "off",
            "name": found["TargetGroupName"],
            "namePrefix": given.get("namePrefix") or "",
            "port": found.get("Port"),
            "preserveClientIp": "",
            "protocol": found.get("Protocol"),
            "protocolVersion": found.get("ProtocolVersion") or "",
            "stickiness": _stickiness(attributes),
            "targetFailovers": given.get("targetFailovers") or [],
            "targetGroupHealth": given.get("targetGroupHealth") or _GROUP_HEALTH,
            "targetHealthStates": given.get("targetHealthStates") or [],
            "targetType": found["TargetType"],
            "vpcId": found.get("VpcId"),
            **_attributes.read(
                _table({"protocol": found.get("Protocol"), "targetType": found["TargetType"]}), attributes
            ),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("elbv2").delete_target_group(TargetGroupArn=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from name_problems(new.get("name"), "Target group")
        if isinstance(new.get("namePrefix"), str) and len(new["namePrefix"]) > 6:
            yield Refusal("ValidationError", "the prefix cannot be longer than 6 characters", "namePrefix")
        yield from _target_problems(new)
        yield from _delay_problems(new)
        yield from _group_rules.problems(new)
        if isinstance(health := new.get("healthCheck"), Mapping):
            yield from _health_problems(health, new)


_GROUP_HEALTH = {
    "dnsFailover": {"minimumHealthyTargetsCount": "1", "minimumHealthyTargetsPercentage": "off"},
    "unhealthyStateRouting": {"minimumHealthyTargetsCount": 1, "minimumHealthyTargetsPercentage": "off"},
}


def _table(new: Props) -> dict[str, Attribute]:
    if new.get("targetType") == "lambda":
        return _FUNCTION
    return {**_COMMON, **(_APPLICATION if new.get("protocol") in _HTTP else _NETWORK)}


def _health_parameters(health: Mapping[str, Any], new: Props) -> Params:
    parameters: Params = {
        api: health[name] for name, (api, _) in _HEALTH.items() if health.get(name) is not None
    }
    # The provider's own defaults, which differ from AWS's.
    parameters.setdefault("HealthyThresholdCount", 3)
    parameters.setdefault("UnhealthyThresholdCount", 3)
    if health.get("matcher") is not None:
        key = "GrpcCode" if new.get("protocolVersion") == "GRPC" else "HttpCode"
        parameters["Matcher"] = {key: health["matcher"]}
    return parameters


def _health(found: Mapping[str, Any]) -> Props:
    matcher = found.get("Matcher") or {}
    health = {name: read(found[api]) for name, (api, read) in _HEALTH.items() if found.get(api) is not None}
    return {**health, "matcher": matcher.get("HttpCode") or matcher.get("GrpcCode") or ""}


def _sticky(new: Props, old: Props) -> list[dict[str, str]]:
    given = new.get("stickiness")
    if given == old.get("stickiness") or not given:
        return []
    kind = given["type"]
    values = {"stickiness.enabled": _attributes.written(given.get("enabled", True)), "stickiness.type": kind}
    if kind in ("lb_cookie", "app_cookie"):
        values[f"stickiness.{kind}.duration_seconds"] = str(given.get("cookieDuration", 86400))
    if given.get("cookieName"):
        values["stickiness.app_cookie.cookie_name"] = given["cookieName"]
    return [{"Key": key, "Value": value} for key, value in values.items()]


def _stickiness(attributes: Mapping[str, str]) -> Props:
    kind = attributes.get("stickiness.type", "")
    return {
        "enabled": attributes.get("stickiness.enabled") == "true",
        "type": kind,
        "cookieDuration": int(attributes.get(f"stickiness.{kind}.duration_seconds", 86400)),
        "cookieName": attributes.get("stickiness.app_cookie.cookie_name", ""),
    }


def _target_problems(new: Props) -> Iterator[Refusal]:
    kind, protocol = new.get("targetType"), new.get("protocol")
    for name in ("port", "protocol", "vpcId"):
        if kind in ("instance", "ip", "alb") and new.get(name) is None:
            yield Refusal("ValidationError", f"{name} must be specified for targets of type {kind}.", name)
        if kind == "lambda" and new.get(name) is not None:
            yield Refusal(
                "ValidationError",
                f"{name} cannot be specified for target groups with target type 'lambda'",
                name,
            )
    if kind == "alb" and protocol not in (None, "TCP") and is_known(protocol):
        yield Refusal("ValidationError", "targets of type alb need the protocol TCP.", "protocol")
    if new.get("protocolVersion") is not None and isinstance(protocol, str) and protocol not in _HTTP:
        yield Refusal("ValidationError", "only HTTP and HTTPS have a protocol version.", "protocolVersion")


def _delay_problems(new: Props) -> Iterator[Refusal]:
    # AWS: API reference of TargetGroupAttribute (botocore 1.44.5), read 2026-11
    delay, slow = new.get("deregistrationDelay"), new.get("slowStart")
    if delay is not None and is_known(delay) and not 0 <= int(delay) <= 3600:
        yield Refusal(
            "ValidationError",
            f"'deregistration_delay.timeout_seconds' value '{delay}' must be between '0-3600'",
            "deregistrationDelay",
        )
    if slow is not None and is_known(slow) and int(slow) != 0 and not 30 <= int(slow) <= 900:
        yield Refusal("ValidationError", "slow start is 30 to 900 seconds, or 0 for none.", "slowStart")


def _health_problems(health: Mapping[str, Any], new: Props) -> Iterator[Refusal]:
    path, timeout, interval = health.get("path"), health.get("timeout"), health.get("interval", 30)
    if isinstance(path, str) and not path.startswith("/"):
        yield Refusal(
            "ValidationError", f"Health check path '{path}' must begin with '/'", "healthCheck.path"
        )
    if timeout is not None and is_known([timeout, interval]) and int(timeout) >= int(interval):
        yield Refusal(
            "ValidationError",
            f"Health check timeout '{timeout}' must be smaller than the interval '{interval}'",
            "healthCheck.timeout",
        )
    if (
        health.get("matcher")
        and new.get("protocol") in ("TCP", "TLS", "UDP")
        and health.get("protocol", "TCP") == "TCP"
    ):
        yield Refusal(
            "InvalidConfigurationRequest", "TCP health checks have no matcher.", "healthCheck.matcher"
        )
