"""What CloudFront refuses in origins and groups of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from simcloud.bindings.cloudfront._usage import exists
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value, is_known

_KINDS = ("customOriginConfig", "s3OriginConfig", "vpcOriginConfig")
# AWS: Origin and CustomOriginConfig, CloudFront API reference (botocore 1.44.5), read 2026-11.
_RANGES = {"connectionAttempts": (1, 3), "connectionTimeout": (1, 10)}
_CUSTOM_RANGES = {"originKeepaliveTimeout": (1, 120), "originReadTimeout": (1, 120)}

_RECORDED = (
    (
        "s3OriginConfig",
        "originAccessIdentity",
        "InvalidOriginAccessIdentity",
        "aws:cloudfront/originAccessIdentity:OriginAccessIdentity",
    ),
    ("vpcOriginConfig", "vpcOriginId", "EntityNotFound", "aws:cloudfront/vpcOrigin:VpcOrigin"),
)


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything wrong that is known."""
    origins = new["origins"]
    if not isinstance(origins, list):
        return
    seen: set[str] = set()
    for position, origin in enumerate(origins):
        if isinstance(origin, Mapping):
            yield from _of_origin(ctx, origin, seen, f"origins[{position}]")
    yield from _group_problems(new.get("originGroups"), seen if is_known(origins) else None)


def _of_origin(ctx: Context, origin: Mapping[str, Value], seen: set[str], path: str) -> Iterator[Refusal]:
    identity = origin.get("originId")
    if isinstance(identity, str):
        if identity in seen:
            yield _invalid(f"The origin id {identity} is used twice.", f"{path}.originId")
        seen.add(identity)
    kinds = [kind for kind in _KINDS if origin.get(kind)]
    if len(kinds) > 1:
        yield _invalid(f"An origin is of one kind, not {' and '.join(kinds)}.", f"{path}.{kinds[1]}")
    yield from _domain_problems(origin, kinds, path)
    yield from _access_problems(ctx, origin, kinds, path)
    yield from _range_problems(origin, _RANGES, path)
    custom = origin.get("customOriginConfig")
    if isinstance(custom, Mapping):
        yield from _range_problems(custom, _CUSTOM_RANGES, f"{path}.customOriginConfig")
        yield from _port_problems(custom, f"{path}.customOriginConfig")


def _domain_problems(origin: Mapping[str, Value], kinds: list[str], path: str) -> Iterator[Refusal]:
    domain, folder = origin.get("domainName"), origin.get("originPath")
    if isinstance(domain, str):
        bucket = bool(re.search(r"\.s3[.-][a-z0-9.-]*amazonaws\.com$", domain))
        if not bucket and kinds in ([], ["s3OriginConfig"]):
            yield _invalid(
                f"The parameter Origin DomainName does not refer to a valid S3 bucket: {domain}.",
                f"{path}.domainName",
                "give customOriginConfig for an origin that is no bucket.",
            )
        elif "/" in domain or ":" in domain:
            yield _invalid(
                f"The parameter Origin DomainName {domain} is not a domain name.", f"{path}.domainName"
            )
    if isinstance(folder, str) and folder and (not folder.startswith("/") or folder.endswith("/")):
        yield _invalid("An origin path begins with a slash and ends without one.", f"{path}.originPath")


def _access_problems(
    ctx: Context, origin: Mapping[str, Value], kinds: list[str], path: str
) -> Iterator[Refusal]:
    control = origin.get("originAccessControlId")
    if isinstance(control, str) and control and not exists(ctx, "origin_access_control", control):
        yield Refusal(
            "InvalidOriginAccessControl",
            f"The origin access control {control} does not exist.",
            f"{path}.originAccessControlId",
        )
    bucket = origin.get("s3OriginConfig")
    if control and isinstance(bucket, Mapping) and bucket.get("originAccessIdentity"):
        yield Refusal(
            "InvalidOriginAccessControl",
            "An origin has an access control or an access identity, not both.",
            f"{path}.{kinds[0]}.originAccessIdentity",
        )
    yield from _recorded_problems(ctx, origin, path)


def _recorded_problems(ctx: Context, origin: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    """What simcloud keeps itself and an origin may name."""
    for config, key, code, token in _RECORDED:
        given = origin.get(config)
        value = given.get(key) if isinstance(given, Mapping) else None
        if isinstance(value, str) and value and ctx.store.get(token, value.rsplit("/", 1)[-1]) is None:
            yield Refusal(code, f"The specified {key} {value} does not exist.", f"{path}.{config}.{key}")


def _range_problems(
    given: Mapping[str, Value], ranges: Mapping[str, tuple[int, int]], path: str
) -> Iterator[Refusal]:
    for key, (low, high) in ranges.items():
        value = given.get(key)
        if value is not None and not isinstance(value, Unknown) and not low <= int(value) <= high:
            yield _invalid(f"{key} is {value}, {low} to {high} are allowed.", f"{path}.{key}")


def _port_problems(custom: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    # AWS: API reference of CustomOriginConfig (botocore 1.44.5), read 2026-11: 80, 443 and 1024 to 65535
    for name in ("httpPort", "httpsPort"):
        port = custom.get(name)
        if isinstance(port, int) and port not in (80, 443) and not 1024 <= port <= 65535:
            yield _invalid(f"{name} {port} is not 80, 443 or 1024 to 65535.", f"{path}.{name}")


def _group_problems(groups: Value, origins: set[str] | None) -> Iterator[Refusal]:
    for position, group in enumerate(groups if isinstance(groups, list) else []):
        for place, member in enumerate(group.get("members") or []):
            target = member.get("originId") if isinstance(member, Mapping) else None
            if origins is not None and isinstance(target, str) and target not in origins:
                yield Refusal(
                    "NoSuchOrigin",
                    f"One or more of your origins or origin groups do not exist: {target}.",
                    f"originGroups[{position}].members[{place}].originId",
                )


def _invalid(message: str, path: str, fix: str = "") -> Refusal:
    return Refusal("InvalidArgument", message, path, fix)
