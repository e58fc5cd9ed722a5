"""What AWS refuses in the health check and the attributes of a target group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.bindings._checks import at, between, choice, written
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

# AWS: API reference of Matcher and TargetGroupAttribute (botocore 1.44.5), read 2026-11; the codes are from memory.
_CODE = "ValidationError"
_STICKY = {
    "lb_cookie": ("HTTP", "HTTPS"),
    "app_cookie": ("HTTP", "HTTPS"),
    "source_ip": ("TCP", "UDP", "TCP_UDP", "TLS"),
    "source_ip_dest_ip": ("GENEVE",),
    "source_ip_dest_ip_proto": ("GENEVE",),
}
_RESERVED = re.compile("AWSALB|AWSALBAPP|AWSALBTG", re.IGNORECASE)


def problems(new: Props) -> Iterator[Refusal]:
    """Everything wrong in the parts that moto keeps as they are."""
    yield from choice(new, "protocolVersion", ("GRPC", "HTTP1", "HTTP2"), "InvalidParameterValue")
    algorithms = ("least_outstanding_requests", "round_robin", "weighted_random")
    yield from choice(new, "loadBalancingAlgorithmType", algorithms, _CODE)
    cross_zone = ("false", "true", "use_load_balancer_configuration")
    yield from choice(new, "loadBalancingCrossZoneEnabled", cross_zone, _CODE)
    yield from _health_problems(new)
    yield from _sticky_problems(new)


def _health_problems(new: Props) -> Iterator[Refusal]:
    protocol = new.get("protocol")
    if protocol in ("HTTP", "HTTPS"):
        yield from choice(new, "healthCheck.protocol", ("HTTP", "HTTPS"), "InvalidConfigurationRequest")
    port = at(new, "healthCheck.port")
    if isinstance(port, str) and port != "traffic-port" and not (port.isdigit() and 1 <= int(port) <= 65535):
        text = f"Health check port '{port}' must be 'traffic-port' or 1 to 65535."
        yield Refusal(_CODE, text, "healthCheck.port")
    yield from _matcher_problems(new)


def _matcher_problems(new: Props) -> Iterator[Refusal]:
    matcher = at(new, "healthCheck.matcher")
    if not isinstance(matcher, str) or not is_known(new.get("protocolVersion")):
        return
    low, high = (0, 99) if new.get("protocolVersion") == "GRPC" else (200, 599)
    if not re.fullmatch(r"\d+(-\d+)?(,\d+(-\d+)?)*", matcher):
        yield Refusal(
            _CODE, f"matcher {matcher!r} must be like 200, 200-299 or 200,301.", "healthCheck.matcher"
        )
    elif any(not low <= int(code) <= high for code in re.findall(r"\d+", matcher)):
        yield Refusal(_CODE, f"the codes of {matcher!r} must be {low} to {high}.", "healthCheck.matcher")


def _sticky_problems(new: Props) -> Iterator[Refusal]:
    kind, protocol, cookie = at(new, "stickiness.type"), new.get("protocol"), at(new, "stickiness.cookieName")
    yield from choice(new, "stickiness.type", _STICKY, _CODE)
    yield from between(new, "stickiness.cookieDuration", 1, 604800, _CODE)
    yield from written(new, "stickiness.cookieName", f"(?!({_RESERVED.pattern})$).+", "free to use", _CODE)
    if kind == "app_cookie" and not cookie:
        text = "You must set an application cookie name to enable stickiness of type 'app_cookie'."
        yield Refusal(_CODE, text, "stickiness.cookieName")
    allowed = _STICKY.get(str(kind), ())
    if (
        allowed
        and isinstance(protocol, str)
        and protocol not in allowed
        and at(new, "stickiness.enabled") is not False
    ):
        text = f"Stickiness type '{kind}' is not supported for target groups with the {protocol} protocol."
        yield Refusal("InvalidConfigurationRequest", text, "stickiness.type")
