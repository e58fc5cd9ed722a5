from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings._checks import at, choice
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known, without_none

from . import _actions, _attributes
from ._attributes import Attribute, boolean

_SECURE = ("HTTPS", "TLS")
_DEFAULT_POLICY = "ELBSecurityPolicy-2016-08"
_REQUEST_HEADERS = (
    "MtlsClientcertSerialNumber",
    "MtlsClientcertIssuer",
    "MtlsClientcertSubject",
    "MtlsClientcertValidity",
    "MtlsClientcertLeaf",
    "MtlsClientcert",
    "TlsVersion",
    "TlsCipherSuite",
)
_RESPONSE_HEADERS = (
    "StrictTransportSecurity",
    "AccessControlAllowOrigin",
    "AccessControlAllowMethods",
    "AccessControlAllowHeaders",
    "AccessControlAllowCredentials",
    "AccessControlExposeHeaders",
    "AccessControlMaxAge",
    "ContentSecurityPolicy",
    "XContentTypeOptions",
    "XFrameOptions",
)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


_ATTRIBUTES = {
    **{
        f"routingHttpRequestXAmzn{name}HeaderName": Attribute(
            f"routing.http.request.x_amzn_{_snake(name)}.header_name"
        )
        for name in _REQUEST_HEADERS
    },
    **{
        f"routingHttpResponse{name}HeaderValue": Attribute(
            f"routing.http.response.{_snake(name)}.header_value"
        )
        for name in _RESPONSE_HEADERS
    },
    "routingHttpResponseServerEnabled": Attribute("routing.http.response.server.enabled", boolean),
    "tcpIdleTimeoutSeconds": Attribute("tcp.idle_timeout.seconds", int),
}


class Listener(Binding):
    """A port of a load balancer, and what happens to requests that no rule takes."""

    token = "aws:lb/listener:Listener"
    service = "elbv2"
    operation = "create_listener"
    parameters = {
        **_actions.PARAMETERS,
        "Certificates[0].CertificateArn": "certificateArn",
        "AlpnPolicy[0]": "alpnPolicy",
    }
    replaces = frozenset({"loadBalancerArn"})
    faults = {
        "DuplicateListener": "port",
        "InvalidConfigurationRequest: target group": "defaultActions[0].targetGroupArn",
        "UnsupportedCertificate": "certificateArn",
    }
    tagging = tagging.ELB
    references = (
        Reference("loadBalancerArn", "load_balancer"),
        Reference("certificateArn", "certificate"),
        Reference("mutualAuthentication.trustStoreArn", "trust_store"),
        *_actions.references("defaultActions"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({"LoadBalancerArn": new["loadBalancerArn"], **_parameters(new)})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Listeners"][0]["ListenerArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        elb = ctx.client("elbv2")
        if old and any(new.get(name) != old.get(name) for name in _MUTABLE):
            elb.modify_listener(ListenerArn=identity, **_parameters(new))
        attributes = _attributes.changed(_ATTRIBUTES, new, old)
        attributes += [
            {"Key": attribute.key, "Value": ""}
            for name, attribute in _ATTRIBUTES.items()
            if name in old and name not in new
        ]
        if attributes:
            elb.modify_listener_attributes(ListenerArn=identity, Attributes=attributes)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        elb = ctx.client("elbv2")
        found = elb.describe_listeners(ListenerArns=[identity])["Listeners"][0]
        attributes = _attributes.as_map(elb.describe_listener_attributes(ListenerArn=identity)["Attributes"])
        secure = found.get("Protocol") in _SECURE
        return {
            **dict.fromkeys((name for name in _ATTRIBUTES if name.startswith("routing")), ""),
            "routingHttpResponseServerEnabled": False,
            "tcpIdleTimeoutSeconds": None,
            **_attributes.read(_ATTRIBUTES, attributes),
            "arn": identity,
            "certificateArn": found["Certificates"][0]["CertificateArn"]
            if found.get("Certificates")
            else None,
            "defaultActions": _actions.read(found["DefaultActions"]),
            "loadBalancerArn": found["LoadBalancerArn"],
            "mutualAuthentication": _answered_mutual(found) or ({"mode": "off"} if secure else None),
            "port": found.get("Port"),
            "protocol": found.get("Protocol") or "",
            "sslPolicy": found.get("SslPolicy") or "" if secure else "",
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("elbv2").delete_listener(ListenerArn=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _actions.problems(new["defaultActions"], "defaultActions")
        yield from _security_problems(ctx, new)
        yield from _protocol_problems(new)
        yield from _https_only_problems(new)


_MUTABLE = (
    "alpnPolicy",
    "certificateArn",
    "defaultActions",
    "mutualAuthentication",
    "port",
    "protocol",
    "sslPolicy",
)


def _parameters(new: Props) -> Params:
    certificate = new.get("certificateArn")
    secure = certificate is not None or new.get("protocol") in _SECURE
    return without_none(
        {
            "Port": new.get("port"),
            "Protocol": _protocol(new),
            "SslPolicy": new.get("sslPolicy") or (_DEFAULT_POLICY if secure else None),
            "Certificates": [{"CertificateArn": certificate}] if certificate is not None else None,
            "DefaultActions": _actions.actions(new["defaultActions"]),
            "AlpnPolicy": [new["alpnPolicy"]] if new.get("alpnPolicy") else None,
            "MutualAuthentication": _mutual(new.get("mutualAuthentication")),
        }
    )


def _protocol(new: Props) -> Any:
    """HTTP where nothing is said, as the provider has it for application load balancers."""
    arn = new["loadBalancerArn"]
    if new.get("protocol") is None and isinstance(arn, str) and "/app/" in arn:
        return "HTTP"
    return new.get("protocol")


_MUTUAL = {
    "mode": "Mode",
    "trustStoreArn": "TrustStoreArn",
    "ignoreClientCertificateExpiry": "IgnoreClientCertificateExpiry",
    "advertiseTrustStoreCaNames": "AdvertiseTrustStoreCaNames",
}


def _mutual(given: Any) -> Any:
    if not isinstance(given, Mapping):
        return given
    return without_none({api: given.get(name) for name, api in _MUTUAL.items()})


def _answered_mutual(found: Mapping[str, Any]) -> Props:
    told = found.get("MutualAuthentication") or {}
    return {name: told[api] for name, api in _MUTUAL.items() if told.get(api) is not None}


def _security_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    protocol, certificate, policy = new.get("protocol"), new.get("certificateArn"), new.get("sslPolicy")
    if protocol in _SECURE and certificate is None:
        yield Refusal(
            "ValidationError", f"A certificate must be specified for {protocol} listeners", "certificateArn"
        )
    if protocol == "HTTP" and certificate is not None:
        yield Refusal(
            "InvalidConfigurationRequest",
            "Certificates cannot be specified for HTTP listeners",
            "certificateArn",
        )
    if protocol == "HTTP" and policy is not None:
        yield Refusal(
            "InvalidConfigurationRequest",
            "A security policy cannot be specified for HTTP listeners",
            "sslPolicy",
        )
    if isinstance(policy, str) and policy not in _policies(ctx):
        yield Refusal("SSLPolicyNotFound", f"SSL policy '{policy}' not found", "sslPolicy")


def _https_only_problems(new: Props) -> Iterator[Refusal]:
    protocol, actions = _protocol(new), new["defaultActions"]
    modes = ("off", "passthrough", "verify")
    yield from choice(new, "mutualAuthentication.mode", modes, "ValidationError")
    if (
        at(new, "mutualAuthentication.mode") == "verify"
        and at(new, "mutualAuthentication.trustStoreArn") is None
    ):
        text = "the mode verify needs a trust store."
        yield Refusal("ValidationError", text, "mutualAuthentication.trustStoreArn")
    if protocol != "HTTP":
        return
    for name in ("alpnPolicy", "mutualAuthentication"):
        if new.get(name) is not None:
            yield Refusal("InvalidConfigurationRequest", f"{name} does not go with HTTP listeners.", name)
    for position, action in enumerate(actions if isinstance(actions, list) else ()):
        kind = action.get("type") if isinstance(action, Mapping) else None
        if isinstance(kind, str) and kind.startswith(("authenticate", "jwt")):
            text = f"Actions of type '{kind}' are supported only on HTTPS listeners."
            yield Refusal("InvalidLoadBalancerAction", text, f"defaultActions[{position}].type")


def _policies(ctx: Context) -> set[str]:
    found = {policy["Name"] for policy in ctx.client("elbv2").describe_ssl_policies()["SslPolicies"]}
    # AWS: «Security policies for your Application Load Balancer», newer than moto's list; not verified against AWS.
    return (
        found
        | {f"{name}-PQ-2025-09" for name in found if "TLS13" in name}
        | {"ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"}
    )


def _protocol_problems(new: Props) -> Iterator[Refusal]:
    balancer, protocol, port = new["loadBalancerArn"], new.get("protocol"), new.get("port")
    if port is None and is_known(balancer) and "/gwy/" not in str(balancer):
        yield Refusal("ValidationError", "A listener port must be specified", "port")
    if port is not None and is_known(port) and not 1 <= int(port) <= 65535:
        yield Refusal("ValidationError", f"Port {port} must be 1 to 65535", "port")
    allowed = {"/app/": ("HTTP", "HTTPS"), "/net/": ("TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC")}
    for mark, protocols in allowed.items():
        if (
            isinstance(balancer, str)
            and mark in balancer
            and isinstance(protocol, str)
            and protocol not in protocols
        ):
            yield Refusal(
                "ValidationError",
                f"Listener protocol '{protocol}' must be one of '{', '.join(protocols)}'",
                "protocol",
            )
