"""What a listener does with a request, in the provider's words and the API's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params, Reference
from simcloud.bindings._checks import between, choice
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known, without_none

_REDIRECT = {
    "host": ("Host", "#{host}"),
    "path": ("Path", "/#{path}"),
    "port": ("Port", "#{port}"),
    "protocol": ("Protocol", "#{protocol}"),
    "query": ("Query", "#{query}"),
    "statusCode": ("StatusCode", None),
}
_FIXED = {"contentType": "ContentType", "messageBody": "MessageBody", "statusCode": "StatusCode"}
_OIDC = {
    "authenticationRequestExtraParams": "AuthenticationRequestExtraParams",
    "authorizationEndpoint": "AuthorizationEndpoint",
    "clientId": "ClientId",
    "clientSecret": "ClientSecret",
    "issuer": "Issuer",
    "onUnauthenticatedRequest": "OnUnauthenticatedRequest",
    "scope": "Scope",
    "sessionCookieName": "SessionCookieName",
    "sessionTimeout": "SessionTimeout",
    "tokenEndpoint": "TokenEndpoint",
    "userInfoEndpoint": "UserInfoEndpoint",
}
_COGNITO = {
    "authenticationRequestExtraParams": "AuthenticationRequestExtraParams",
    "onUnauthenticatedRequest": "OnUnauthenticatedRequest",
    "scope": "Scope",
    "sessionCookieName": "SessionCookieName",
    "sessionTimeout": "SessionTimeout",
    "userPoolArn": "UserPoolArn",
    "userPoolClientId": "UserPoolClientId",
    "userPoolDomain": "UserPoolDomain",
}
_CONTENT_TYPES = (
    "text/plain",
    "text/css",
    "text/html",
    "application/javascript",
    "application/json",
)
_NEEDED = {
    "redirect": "redirect",
    "fixed-response": "fixedResponse",
    "authenticate-oidc": "authenticateOidc",
    "authenticate-cognito": "authenticateCognito",
}


# How members of actions are called in the provider's words.
PARAMETERS = {
    ".FixedResponseConfig": ".fixedResponse",
    ".RedirectConfig": ".redirect",
    ".ForwardConfig": ".forward",
    ".AuthenticateOidcConfig": ".authenticateOidc",
    ".AuthenticateCognitoConfig": ".authenticateCognito",
}


def references(name: str) -> tuple[Reference, ...]:
    """The target groups that the actions in `name` lead to."""
    return (
        Reference(f"{name}[].targetGroupArn", "target_group"),
        Reference(f"{name}[].forward.targetGroups[].arn", "target_group"),
    )


def actions(given: Any) -> Any:
    """The provider's actions as API parameters; what is not a list of maps is unknown."""
    return (
        [_action(item, position) for position, item in enumerate(given)] if isinstance(given, list) else given
    )


def read(found: list[Mapping[str, Any]]) -> list[Props]:
    """API actions in the provider's words, both ways to name a single target group filled in."""
    return [_read(item) for item in sorted(found, key=lambda item: item.get("Order") or 0)]


def problems(given: Any, path: str) -> Iterator[Refusal]:
    """What is wrong with a list of actions."""
    items = [item for item in given if isinstance(item, Mapping)] if isinstance(given, list) else []
    if given == []:
        yield Refusal("ValidationError", "An action must be specified.", path)
    for position, item in enumerate(items):
        yield from _problems(item, f"{path}[{position}]")
    if items and is_known([item.get("type") for item in items]):
        last = str(items[-1].get("type"))
        if last.startswith(("authenticate", "jwt")):
            yield Refusal(
                "InvalidLoadBalancerAction", "the last action must forward, redirect or answer.", path
            )


def _action(item: Any, position: int) -> Any:
    if not isinstance(item, Mapping):
        return item
    return without_none(
        {
            "Type": item.get("type"),
            "Order": item.get("order", position + 1 if item.get("order") else None),
            "TargetGroupArn": None if item.get("forward") else item.get("targetGroupArn"),
            "ForwardConfig": _forward(item.get("forward")),
            "RedirectConfig": _redirect(item.get("redirect")),
            "FixedResponseConfig": _renamed(item.get("fixedResponse"), _FIXED),
            "AuthenticateOidcConfig": _renamed(item.get("authenticateOidc"), _OIDC),
            "AuthenticateCognitoConfig": _renamed(item.get("authenticateCognito"), _COGNITO),
        }
    )


def _forward(given: Any) -> Any:
    if not isinstance(given, Mapping):
        return given
    groups = given.get("targetGroups") or []
    parameters: Params = {
        "TargetGroups": [
            {"TargetGroupArn": group.get("arn"), "Weight": group.get("weight", 1)}
            if isinstance(group, Mapping)
            else group
            for group in groups
        ]
    }
    sticky = given.get("stickiness")
    if isinstance(sticky, Mapping):
        parameters["TargetGroupStickinessConfig"] = {
            "Enabled": sticky.get("enabled", False),
            "DurationSeconds": sticky.get("duration"),
        }
    return parameters


def _redirect(given: Any) -> Any:
    if not isinstance(given, Mapping):
        return given
    return without_none({api: given.get(name, default) for name, (api, default) in _REDIRECT.items()})


def _renamed(given: Any, names: Mapping[str, str]) -> Any:
    if not isinstance(given, Mapping):
        return given
    return without_none({api: given.get(name) for name, api in names.items()})


def _read(item: Mapping[str, Any]) -> Props:
    found: Props = {"type": item["Type"], "order": item.get("Order")}
    if item["Type"] == "forward":
        found |= _read_forward(item)
    if redirect := item.get("RedirectConfig"):
        found["redirect"] = {name: redirect.get(api, default) for name, (api, default) in _REDIRECT.items()}
    for name, api, names in (
        ("fixedResponse", "FixedResponseConfig", _FIXED),
        ("authenticateOidc", "AuthenticateOidcConfig", _OIDC),
        ("authenticateCognito", "AuthenticateCognitoConfig", _COGNITO),
    ):
        if item.get(api):
            found[name] = without_none({mine: item[api].get(theirs) for mine, theirs in names.items()})
    return without_none(found)


def _read_forward(item: Mapping[str, Any]) -> Props:
    config = item.get("ForwardConfig") or {"TargetGroups": [{"TargetGroupArn": item.get("TargetGroupArn")}]}
    groups = [
        {"arn": group["TargetGroupArn"], "weight": group.get("Weight", 1)} for group in config["TargetGroups"]
    ]
    sticky = config.get("TargetGroupStickinessConfig") or {}
    forward = {
        "targetGroups": groups,
        "stickiness": {"enabled": bool(sticky.get("Enabled")), "duration": sticky.get("DurationSeconds", 0)},
    }
    single = {"targetGroupArn": groups[0]["arn"]} if len(groups) == 1 else {}
    return {"forward": forward, **single}


def _problems(item: Mapping[str, Any], at: str) -> Iterator[Refusal]:
    kind = item.get("type")
    needed = _NEEDED.get(str(kind))
    if needed and item.get(needed) is None:
        yield Refusal("ValidationError", f"an action of type {kind} needs {needed}.", f"{at}.{needed}")
    if kind == "forward" and item.get("targetGroupArn") is None and item.get("forward") is None:
        yield Refusal(
            "ValidationError", "an action of type forward needs a target group.", f"{at}.targetGroupArn"
        )
    yield from _redirect_problems(item.get("redirect"), f"{at}.redirect")
    yield from _forward_problems(item.get("forward"), f"{at}.forward")
    yield from choice(
        dict(item), "fixedResponse.contentType", _CONTENT_TYPES, "InvalidLoadBalancerAction", at
    )
    fixed = item.get("fixedResponse")
    if (
        isinstance(fixed, Mapping)
        and isinstance(fixed.get("messageBody"), str)
        and len(fixed["messageBody"]) > 1024
    ):
        yield Refusal(
            "ValidationError", "the answer can have 1024 characters.", f"{at}.fixedResponse.messageBody"
        )


def _forward_problems(forward: Any, at: str) -> Iterator[Refusal]:
    # AWS: API reference of ForwardActionConfig and TargetGroupTuple (botocore 1.44.5), read 2026-11: 0 to 999
    groups = forward.get("targetGroups") if isinstance(forward, Mapping) else None
    if not isinstance(groups, list):
        return
    if not 1 <= len(groups) <= 5:
        text = f"{len(groups)} target groups are given, 1 to 5 are allowed."
        yield Refusal("ValidationError", text, f"{at}.targetGroups")
    for position, group in enumerate(groups):
        if isinstance(group, Mapping):
            yield from between(
                dict(group), "weight", 0, 999, "ValidationError", f"{at}.targetGroups[{position}]"
            )
    yield from between(dict(forward), "stickiness.duration", 1, 604800, "ValidationError", at)


def _redirect_problems(redirect: Any, at: str) -> Iterator[Refusal]:
    if not isinstance(redirect, Mapping) or not is_known(dict(redirect)):
        return
    given = {name: redirect.get(name, default) for name, (_, default) in _REDIRECT.items()}
    # AWS: API reference of RedirectActionConfig (botocore 1.44.5), read 2026-11: a loop is refused
    if all(given[name] == _REDIRECT[name][1] for name in ("protocol", "host", "port", "path")):
        yield Refusal(
            "InvalidLoadBalancerAction",
            "the redirect would loop: it changes neither protocol, host, port nor path.",
            at,
        )
    port = str(given["port"])
    if port != "#{port}" and not (port.isdigit() and 1 <= int(port) <= 65535):
        yield Refusal("ValidationError", f"Port {port} must be 1 to 65535, or #{{port}}.", f"{at}.port")
    if given["protocol"] not in ("HTTP", "HTTPS", "#{protocol}"):
        yield Refusal("ValidationError", "a redirect leads to HTTP or HTTPS.", f"{at}.protocol")
