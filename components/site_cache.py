"""How long the files of a site are kept, by the class of their path."""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_aws as aws

from components.edge_headers import SecurityHeaders, headers_policy
from components.edge_paths import KeptPaths
from components.site_args import SiteArgs

ORIGIN = "files"
_READING = ["GET", "HEAD", "OPTIONS"]
# A page names the built files of its own version: an old one in a browser would ask for files that are gone.
_ASK_EVERY_TIME = "public, max-age=0, must-revalidate"

Behaviour = dict[str, Any]


def pages(parent: pulumi.Resource, name: str, args: SiteArgs) -> Behaviour:
    """Everything that no class of paths takes."""
    headers = headers_policy(parent, name, args.headers, _ASK_EVERY_TIME)
    return _behaviour(_policy(parent, name, "pages", args.page_seconds, by_query=False), headers.id)


def classes(parent: pulumi.Resource, name: str, args: SiteArgs) -> list[Behaviour]:
    """One behaviour for each path of each class."""
    return [entry for kept in args.kept for entry in _class(parent, name, kept, args.headers)]


def _class(parent: pulumi.Resource, name: str, kept: KeptPaths, headers: SecurityHeaders) -> list[Behaviour]:
    told = headers_policy(parent, f"{name}-{kept.label}", headers, kept.cache_control)
    policy = _policy(parent, name, kept.label, kept.edge_seconds, by_query=kept.by_query)
    return [{"path_pattern": path, **_behaviour(policy, told.id)} for path in kept.paths]


def _policy(
    parent: pulumi.Resource, name: str, label: str, seconds: int, *, by_query: bool
) -> aws.cloudfront.CachePolicy:
    return aws.cloudfront.CachePolicy(
        f"{name}-{label}",
        comment=f"{label} of {name}",
        min_ttl=0,
        default_ttl=seconds,
        max_ttl=seconds,
        parameters_in_cache_key_and_forwarded_to_origin={
            "cookies_config": {"cookie_behavior": "none"},
            "headers_config": {"header_behavior": "none"},
            "query_strings_config": {"query_string_behavior": "all" if by_query else "none"},
            # CloudFront refuses compressed copies in a policy that keeps nothing.
            "enable_accept_encoding_brotli": seconds > 0,
            "enable_accept_encoding_gzip": seconds > 0,
        },
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _behaviour(policy: aws.cloudfront.CachePolicy, headers_id: pulumi.Input[str]) -> Behaviour:
    # No request policy: the bucket answers for its own name only, so the viewer's Host header stays here.
    return {
        "target_origin_id": ORIGIN,
        "viewer_protocol_policy": "redirect-to-https",
        "allowed_methods": _READING,
        "cached_methods": ["GET", "HEAD"],
        "compress": True,
        "cache_policy_id": policy.id,
        "response_headers_policy_id": headers_id,
    }
