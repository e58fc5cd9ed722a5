"""What the edge caches, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_aws as aws

# AWS: CloudFront developer guide, "Use managed cache policies" and "Use managed origin request policies";
# the ids are the same in every account. Read 2026-11.
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
AS_ORIGIN_SAYS = "4cc15a8a-d715-48a4-82b8-cc0b614638fe"  # UseOriginCacheControlHeaders-QueryStrings
ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3"

LONGEST_TTL_SECONDS = 31_536_000
_HSTS_SECONDS = 63_072_000

_READING = ["GET", "HEAD", "OPTIONS"]
_WRITING = [*_READING, "PUT", "POST", "PATCH", "DELETE"]


def pages(origin_id: str, headers_id: pulumi.Input[str]) -> Mapping[str, Any]:
    """Rendered pages: kept only as long as the application's own headers say, apart by query and cookies."""
    return _behaviour(origin_id, headers_id, AS_ORIGIN_SAYS, _WRITING)


def calls(origin_id: str, headers_id: pulumi.Input[str], path: str) -> Mapping[str, Any]:
    """An API: never kept."""
    return {"path_pattern": path, **_behaviour(origin_id, headers_id, CACHING_DISABLED, _WRITING)}


def files(
    origin_id: str, headers_id: pulumi.Input[str], path: str, cache_policy_id: pulumi.Input[str]
) -> Mapping[str, Any]:
    """Built files, whose names change with their content: kept for long."""
    return {"path_pattern": path, **_behaviour(origin_id, headers_id, cache_policy_id, _READING)}


def static_cache_policy(parent: pulumi.Resource, name: str, ttl_seconds: int) -> aws.cloudfront.CachePolicy:
    """Keep files for `ttl_seconds`, one copy for all viewers."""
    return aws.cloudfront.CachePolicy(
        f"{name}-static",
        comment=f"Built files of {name}",
        min_ttl=0,
        default_ttl=ttl_seconds,
        max_ttl=ttl_seconds,
        parameters_in_cache_key_and_forwarded_to_origin={
            "cookies_config": {"cookie_behavior": "none"},
            "headers_config": {"header_behavior": "none"},
            "query_strings_config": {"query_string_behavior": "none"},
            # CloudFront refuses compressed copies in a policy that keeps nothing.
            "enable_accept_encoding_brotli": ttl_seconds > 0,
            "enable_accept_encoding_gzip": ttl_seconds > 0,
        },
        opts=pulumi.ResourceOptions(parent=parent),
    )


def security_headers(parent: pulumi.Resource, name: str) -> aws.cloudfront.ResponseHeadersPolicy:
    """HTTPS for two years, whatever the application says; the rest only where it says nothing."""
    return aws.cloudfront.ResponseHeadersPolicy(
        f"{name}-headers",
        comment=f"Security headers of {name}",
        security_headers_config={
            "strict_transport_security": {
                "access_control_max_age_sec": _HSTS_SECONDS,
                "include_subdomains": True,
                "override": True,
            },
            "content_type_options": {"override": True},
            "frame_options": {"frame_option": "SAMEORIGIN", "override": False},
            "referrer_policy": {
                "referrer_policy": "strict-origin-when-cross-origin",
                "override": False,
            },
        },
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _behaviour(
    origin_id: str, headers_id: pulumi.Input[str], cache_policy_id: pulumi.Input[str], methods: list[str]
) -> Mapping[str, Any]:
    return {
        "target_origin_id": origin_id,
        "viewer_protocol_policy": "redirect-to-https",
        "allowed_methods": methods,
        "cached_methods": ["GET", "HEAD"],
        "compress": True,
        "cache_policy_id": cache_policy_id,
        # The viewer's Host header included: the origin answers for the public name only.
        "origin_request_policy_id": ALL_VIEWER,
        "response_headers_policy_id": headers_id,
    }
