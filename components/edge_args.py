"""What an edge is told: the part that is the same for every edge, and CloudFront's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.edge_errors import ErrorPage
from components.edge_headers import SecurityHeaders
from components.edge_lock import OriginLockArgs
from components.edge_origins import BucketOrigin
from components.edge_paths import ONE_YEAR_SECONDS, KeptPaths, Redirect
from components.waf import ExistingWebAcl, WafArgs


@dataclass(frozen=True, kw_only=True)
class FrontArgs:
    """`origin_domain` is a name that leads to the origin, whose certificate covers it or the aliases.

    `aliases` are the public names. Of paths, `static_paths` are built files, kept for `static_ttl_seconds`, by
    browsers for `static_browser_seconds` (None: as the application says); `kept` are further ones with times of their
    own; `api_paths` are never kept; everything else is kept only as the application says. `waf` makes a firewall, or
    names one that exists (CloudFront only). `lock` makes the secret header by which the gateway knows this edge; None
    goes without.
    """

    origin_domain: pulumi.Input[str]
    aliases: Sequence[str]
    waf: WafArgs | ExistingWebAcl
    static_ttl_seconds: int = ONE_YEAR_SECONDS
    static_browser_seconds: int | None = None
    static_paths: Sequence[str] = ("/_next/static/*",)
    api_paths: Sequence[str] = ("/api/*",)
    kept: Sequence[KeptPaths] = ()
    redirects: Sequence[Redirect] = ()
    headers: SecurityHeaders = field(default_factory=SecurityHeaders)
    lock: OriginLockArgs | None = field(default_factory=OriginLockArgs)
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CloudFrontOptions:
    """`certificate_arn` covers the aliases and lies in us-east-1.

    `log_bucket_domain` is `Bucket.domain_name` of a logs bucket with the writer cloudfront. `buckets` answer their
    paths in the origin's place. `internal_balancer_arn` reaches a load balancer without public addresses (a VPC
    origin), which needs no lock. `origin_shield_region` puts one more cache before the origin, in a region near it.
    """

    certificate_arn: pulumi.Input[str]
    log_bucket_domain: pulumi.Input[str] | None = None
    price_class: str = "PriceClass_100"
    buckets: Sequence[BucketOrigin] = ()
    error_pages: Sequence[ErrorPage] = ()
    internal_balancer_arn: pulumi.Input[str] | None = None
    origin_shield_region: str | None = None
    detailed_metrics: bool = False


@dataclass(frozen=True, kw_only=True)
class EdgeArgs(FrontArgs, CloudFrontOptions):
    """Everything that CloudFront's edge is told."""
