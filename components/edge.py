"""The edge of an environment: CloudFront with a firewall before the origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.waf import WafArgs

__all__ = ["Edge", "EdgeArgs", "WafArgs"]


@dataclass(frozen=True, kw_only=True)
class EdgeArgs:
    """`origin_domain` is a name that the origin's certificate covers; `certificate_arn` lies in us-east-1.

    `log_bucket_domain` is `Bucket.domain_name` of a logs bucket with the writer cloudfront.
    """

    origin_domain: pulumi.Input[str]
    aliases: Sequence[str]
    certificate_arn: pulumi.Input[str]
    waf: WafArgs
    log_bucket_domain: pulumi.Input[str] | None = None
    price_class: str = "PriceClass_100"
    static_ttl_seconds: int = 31_536_000
    static_paths: Sequence[str] = ("/_next/static/*",)
    api_paths: Sequence[str] = ("/api/*",)
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class Edge(pulumi.ComponentResource):
    """A CloudFront distribution with a web ACL."""

    component_name: str
    domain_name: pulumi.Output[str]
    hosted_zone_id: pulumi.Output[str]
    distribution_id: pulumi.Output[str]
    distribution_arn: pulumi.Output[str]
    web_acl_arn: pulumi.Output[str]
    web_acl_name: pulumi.Output[str]

    def __init__(
        self, name: str, args: EdgeArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:edge:Edge", name, {}, opts)
