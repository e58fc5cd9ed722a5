"""What a site is asked to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.bucket import Bucket
from components.edge_headers import SecurityHeaders
from components.edge_paths import ONE_YEAR_SECONDS, KeptPaths
from components.waf import ExistingWebAcl, WafArgs

ASSETS = KeptPaths(
    label="assets",
    paths=("/assets/*", "/static/*"),
    edge_seconds=ONE_YEAR_SECONDS,
    browser_seconds=ONE_YEAR_SECONDS,
)
"""Built files, whose names change with their content: kept for a year by edge and browsers."""


@dataclass(frozen=True, kw_only=True)
class SiteArgs:
    """`certificate_arn` covers `aliases`, the public names, and lies in us-east-1.

    `single_page` gives `index` for every path that is no file: the program in the browser knows its own paths.
    Without it such paths get `not_found_page` with the status 404. Everything outside of `kept` is kept for
    `page_seconds` at the edge and asked for again by browsers every time. `bucket` is one of purpose site that
    holds the files; without it the site makes its own. `log_bucket_domain` is `Bucket.domain_name` of a logs
    bucket with the writer cloudfront.
    """

    aliases: Sequence[str]
    certificate_arn: pulumi.Input[str]
    waf: WafArgs | ExistingWebAcl
    single_page: bool = True
    index: str = "index.html"
    not_found_page: str = "404.html"
    kept: Sequence[KeptPaths] = (ASSETS,)
    page_seconds: int = 3600
    headers: SecurityHeaders = field(default_factory=SecurityHeaders)
    bucket: Bucket | None = None
    access_log_bucket: pulumi.Input[str] | None = None
    log_bucket_domain: pulumi.Input[str] | None = None
    price_class: str = "PriceClass_100"
    force_destroy: bool = False
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)
