"""What CloudFront refuses in cache behaviours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.bindings.cloudfront import _managed_policies
from simcloud.bindings.cloudfront._usage import exists
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value, is_known

# AWS: AllowedMethods and CachedMethods, CloudFront API reference (botocore 1.44.5), read 2026-11.
_ALLOWED = (
    {"GET", "HEAD"},
    {"GET", "HEAD", "OPTIONS"},
    {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"},
)
_CACHED = _ALLOWED[:2]
_POLICIES = {
    "cachePolicyId": ("CachePolicy", "aws:cloudfront/cachePolicy:CachePolicy"),
    "originRequestPolicyId": (
        "OriginRequestPolicy",
        "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
    ),
    "responseHeadersPolicyId": (
        "ResponseHeadersPolicy",
        "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    ),
}
_VIEWER_EVENTS = ("viewer-request", "viewer-response")


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything wrong with the default behaviour and the ordered ones, as far as it is known."""
    targets = _targets(new)
    patterns: set[str] = set()
    for path, behaviour in _behaviours(new):
        yield from _target_problems(behaviour, targets, path)
        yield from _method_problems(behaviour, path)
        yield from _policy_problems(ctx, behaviour, path)
        yield from _function_problems(ctx, behaviour, path)
        yield from _log_problems(ctx, behaviour, path)
        yield from _signer_problems(ctx, behaviour, path)
        pattern = behaviour.get("pathPattern")
        if isinstance(pattern, str):
            if pattern in patterns:
                yield _invalid(f"The path pattern {pattern} is used twice.", f"{path}.pathPattern")
            patterns.add(pattern)


def _behaviours(new: Props) -> Iterator[tuple[str, Mapping[str, Value]]]:
    if isinstance(new["defaultCacheBehavior"], Mapping):
        yield "defaultCacheBehavior", new["defaultCacheBehavior"]
    ordered = new.get("orderedCacheBehaviors")
    for position, behaviour in enumerate(ordered if isinstance(ordered, list) else []):
        if isinstance(behaviour, Mapping):
            yield f"orderedCacheBehaviors[{position}]", behaviour


def _targets(new: Props) -> frozenset[str] | None:
    """The ids that a behaviour may point at, or None if they are not all known."""
    places = [new["origins"], new.get("originGroups") or []]
    if any(isinstance(place, Unknown) for place in places):
        return None
    ids = [
        item.get("originId", "") if isinstance(item, Mapping) else item for place in places for item in place
    ]
    return frozenset(ids) if is_known(ids) else None


def _target_problems(
    behaviour: Mapping[str, Value], targets: frozenset[str] | None, path: str
) -> Iterator[Refusal]:
    target = behaviour.get("targetOriginId")
    if targets is not None and isinstance(target, str) and target not in targets:
        yield Refusal(
            "NoSuchOrigin",
            f"One or more of your origins or origin groups do not exist: {target}, known are "
            f"{', '.join(sorted(targets))}.",
            f"{path}.targetOriginId",
        )


def _method_problems(behaviour: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    for key, choices in (("allowedMethods", _ALLOWED), ("cachedMethods", _CACHED)):
        methods = behaviour.get(key)
        if isinstance(methods, list) and is_known(methods) and set(methods) not in choices:
            said = " or ".join("/".join(sorted(choice)) for choice in choices)
            yield _invalid(
                f"The parameter {key} contains methods that are not valid together: {said}.", f"{path}.{key}"
            )


def _policy_problems(ctx: Context, behaviour: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    for key, (kind, token) in _POLICIES.items():
        identity = behaviour.get(key)
        if isinstance(identity, str) and identity and not _policy_exists(ctx, kind, token, identity):
            yield Refusal(f"NoSuch{kind}", f"The {kind} {identity} does not exist.", f"{path}.{key}")
    if behaviour.get("cachePolicyId"):
        for key in ("forwardedValues", "minTtl", "defaultTtl", "maxTtl"):
            if behaviour.get(key):
                yield _invalid(
                    f"The parameter {key} cannot be used when a cache policy is associated to the cache behavior.",
                    f"{path}.{key}",
                )
    elif not behaviour.get("forwardedValues"):
        yield _invalid(
            "The parameter ForwardedValues is required when there is no cache policy.",
            f"{path}.cachePolicyId",
        )
    if behaviour.get("originRequestPolicyId") and not behaviour.get("cachePolicyId"):
        yield _invalid("An origin request policy needs a cache policy.", f"{path}.originRequestPolicyId")


def _policy_exists(ctx: Context, kind: str, token: str, identity: str) -> bool:
    return identity in _managed_policies.of(kind) or ctx.store.get(token, identity) is not None


def _function_problems(ctx: Context, behaviour: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    # AWS: «Restrictions on edge functions», CloudFront developer guide; per general knowledge, not verified.
    associations = behaviour.get("functionAssociations")
    taken: set[str] = set()
    for position, association in enumerate(associations if isinstance(associations, list) else []):
        here = f"{path}.functionAssociations[{position}]"
        event, arn = association.get("eventType"), association.get("functionArn")
        if isinstance(event, str) and (event not in _VIEWER_EVENTS or event in taken):
            yield Refusal(
                "InvalidFunctionAssociation",
                f"CloudFront functions run on {' and '.join(_VIEWER_EVENTS)}, one on each: {event}.",
                f"{here}.eventType",
            )
        taken.add(str(event))
        if isinstance(arn, str) and not _is_live(ctx, arn):
            yield Refusal(
                "InvalidFunctionAssociation",
                f"The function {arn} does not exist or is not published.",
                f"{here}.functionArn",
            )


def _log_problems(ctx: Context, behaviour: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    arn = behaviour.get("realtimeLogConfigArn")
    token = "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig"
    if isinstance(arn, str) and arn and ctx.store.get(token, arn) is None:
        yield Refusal(
            "NoSuchRealtimeLogConfig",
            f"The real-time log configuration {arn} does not exist.",
            f"{path}.realtimeLogConfigArn",
        )


def _signer_problems(ctx: Context, behaviour: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    groups = behaviour.get("trustedKeyGroups")
    for position, group in enumerate(groups if isinstance(groups, list) else []):
        if isinstance(group, str) and not exists(ctx, "key_group", group):
            yield Refusal(
                "TrustedKeyGroupDoesNotExist",
                f"One or more of your key groups do not exist: {group}.",
                f"{path}.trustedKeyGroups[{position}]",
            )


def _is_live(ctx: Context, arn: str) -> bool:
    known = ctx.client("cloudfront").list_functions(Stage="LIVE")["FunctionList"].get("Items", [])
    return any(function["FunctionMetadata"]["FunctionARN"] == arn for function in known)


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidArgument", message, path)
