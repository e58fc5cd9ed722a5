"""What CloudFront keeps, and for how long: one behaviour for each path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.edge_args import FrontArgs
from components.edge_headers import headers_policy
from components.edge_origins import APP, BucketOrigin
from components.edge_paths import KeptPaths, cache_control

# AWS: CloudFront developer guide, "Use managed cache policies" and "Use managed origin request policies";
# the ids are the same in every account. Read 2026-11.
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
AS_ORIGIN_SAYS = "4cc15a8a-d715-48a4-82b8-cc0b614638fe"  # UseOriginCacheControlHeaders-QueryStrings
ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3"
HOST_ONLY = "bf0718e1-ba1e-49d1-88b1-f726733018ae"  # HostHeaderOnly

_READING = ["GET", "HEAD", "OPTIONS"]
_WRITING = [*_READING, "PUT", "POST", "PATCH", "DELETE"]

Behaviour = dict[str, Any]


@dataclass(frozen=True)
class Common:
    """What all behaviours of an edge share."""

    headers_id: pulumi.Output[str]
    function_arn: pulumi.Output[str] | None


def pages(common: Common) -> Behaviour:
    """Rendered pages: kept only as long as the application's own headers say, apart by query and cookies."""
    return _behaviour(common, AS_ORIGIN_SAYS, _WRITING)


def behaviours(
    parent: pulumi.Resource, name: str, args: FrontArgs, buckets: Sequence[BucketOrigin], common: Common
) -> list[Behaviour]:
    """All others. CloudFront takes the first that fits, so what is never kept comes last."""
    return [
        *_bucket_files(parent, name, buckets, common),
        *_built_files(parent, name, args, common),
        *(entry for kept in args.kept for entry in _kept(parent, name, args, kept, common)),
        *(
            {"path_pattern": path, **_behaviour(common, CACHING_DISABLED, _WRITING)}
            for path in args.api_paths
        ),
    ]


def _bucket_files(
    parent: pulumi.Resource, name: str, buckets: Sequence[BucketOrigin], common: Common
) -> list[Behaviour]:
    found = []
    for bucket in buckets:
        policy = _cache_policy(parent, name, bucket.label, f"Files of {bucket.label}", bucket.edge_seconds)
        # A bucket answers for its own name only: the viewer's Host header stays here.
        kept = _behaviour(common, policy.id, _READING, request_policy=None, origin=bucket.label)
        found += [{"path_pattern": path, **kept} for path in bucket.paths]
    return found


def _built_files(parent: pulumi.Resource, name: str, args: FrontArgs, common: Common) -> list[Behaviour]:
    """Files whose names change with their content: kept for long, one copy for all viewers."""
    policy = _cache_policy(parent, name, "static", f"Built files of {name}", args.static_ttl_seconds)
    told = _told(parent, name, args, "static", cache_control(args.static_browser_seconds), common)
    return [{"path_pattern": path, **_behaviour(told, policy.id, _READING)} for path in args.static_paths]


def _kept(
    parent: pulumi.Resource, name: str, args: FrontArgs, kept: KeptPaths, common: Common
) -> list[Behaviour]:
    """Answers that are the same for everybody; the origin is told of no cookie, so it cannot make them personal."""
    policy = _cache_policy(
        parent, name, kept.label, f"{kept.label} of {name}", kept.edge_seconds, by_query=kept.by_query
    )
    told = _told(parent, name, args, kept.label, kept.cache_control, common)
    behaviour = _behaviour(told, policy.id, _READING, request_policy=HOST_ONLY)
    return [{"path_pattern": path, **behaviour} for path in kept.paths]


def _told(
    parent: pulumi.Resource, name: str, args: FrontArgs, label: str, told: str | None, common: Common
) -> Common:
    """The headers of a class of paths: everybody's, unless browsers are told how long to keep it."""
    if told is None:
        return common
    policy = headers_policy(parent, f"{name}-{label}", args.headers, told)
    return Common(headers_id=policy.id, function_arn=common.function_arn)


def _cache_policy(
    parent: pulumi.Resource, name: str, label: str, comment: str, ttl_seconds: int, *, by_query: bool = False
) -> aws.cloudfront.CachePolicy:
    return aws.cloudfront.CachePolicy(
        f"{name}-{label}",
        comment=comment,
        min_ttl=0,
        default_ttl=ttl_seconds,
        max_ttl=ttl_seconds,
        parameters_in_cache_key_and_forwarded_to_origin={
            "cookies_config": {"cookie_behavior": "none"},
            "headers_config": {"header_behavior": "none"},
            "query_strings_config": {"query_string_behavior": "all" if by_query else "none"},
            # CloudFront refuses compressed copies in a policy that keeps nothing.
            "enable_accept_encoding_brotli": ttl_seconds > 0,
            "enable_accept_encoding_gzip": ttl_seconds > 0,
        },
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _behaviour(
    common: Common,
    cache_policy_id: pulumi.Input[str],
    methods: list[str],
    *,
    # The viewer's Host header included: the origin answers for the public name only.
    request_policy: str | None = ALL_VIEWER,
    origin: str = APP,
) -> Behaviour:
    behaviour: Behaviour = {
        "target_origin_id": origin,
        "viewer_protocol_policy": "redirect-to-https",
        "allowed_methods": methods,
        "cached_methods": ["GET", "HEAD"],
        "compress": True,
        "cache_policy_id": cache_policy_id,
        "origin_request_policy_id": request_policy,
        "response_headers_policy_id": common.headers_id,
    }
    if common.function_arn is not None:
        association = {"event_type": "viewer-request", "function_arn": common.function_arn}
        behaviour["function_associations"] = [association]
    return behaviour
