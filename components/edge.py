"""The edge of an environment: CloudFront with a firewall before the origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components import edge_cache as cache
from components.errors import ComponentError
from components.waf import REGION, WafArgs, check_waf, firewall

__all__ = ["Edge", "EdgeArgs", "WafArgs"]

_ORIGIN = "app"
_PRICE_CLASSES = ("PriceClass_100", "PriceClass_200", "PriceClass_All")

# AWS: API reference of CloudFront ViewerCertificate.MinimumProtocolVersion (botocore 1.44.5), read 2026-11
_MINIMUM_TLS = "TLSv1.2_2021"


@dataclass(frozen=True, kw_only=True)
class EdgeArgs:
    """`origin_domain` is a name that leads to the origin; `certificate_arn` covers `aliases` and lies in us-east-1.

    The origin's certificate must cover the aliases or `origin_domain`. `log_bucket_domain` is
    `Bucket.domain_name` of a logs bucket with the writer cloudfront.
    """

    origin_domain: pulumi.Input[str]
    aliases: Sequence[str]
    certificate_arn: pulumi.Input[str]
    waf: WafArgs
    log_bucket_domain: pulumi.Input[str] | None = None
    price_class: str = "PriceClass_100"
    static_ttl_seconds: int = cache.LONGEST_TTL_SECONDS
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

    def __init__(self, name: str, args: EdgeArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("plinth:edge:Edge", name, {}, opts)
        _check(name, args)
        self.component_name, self._args = name, args
        acl = firewall(self, name, args.waf, args.tags)
        self.web_acl_arn, self.web_acl_name = acl.arn, acl.name
        distribution = self._distribution(acl)
        self.domain_name = distribution.domain_name
        self.hosted_zone_id = distribution.hosted_zone_id
        self.distribution_id, self.distribution_arn = distribution.id, distribution.arn
        self._register()

    def _distribution(self, acl: aws.wafv2.WebAcl) -> aws.cloudfront.Distribution:
        args, name = self._args, self.component_name
        headers = cache.security_headers(self, name)
        return aws.cloudfront.Distribution(
            name,
            enabled=True,
            comment=name,
            aliases=list(args.aliases),
            http_version="http2and3",
            is_ipv6_enabled=True,
            price_class=args.price_class,
            web_acl_id=acl.arn,
            origins=[self._origin()],
            default_cache_behavior=aws.cloudfront.DistributionDefaultCacheBehaviorArgs(
                **cache.pages(_ORIGIN, headers.id)
            ),
            ordered_cache_behaviors=self._behaviours(headers.id),
            viewer_certificate=self._viewer_certificate(),
            restrictions={"geo_restriction": {"restriction_type": "none"}},
            logging_config=self._logging(),
            tags={**args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )

    def _origin(self) -> aws.cloudfront.DistributionOriginArgsDict:
        return {
            "origin_id": _ORIGIN,
            "domain_name": self._args.origin_domain,
            "custom_origin_config": {
                "origin_protocol_policy": "https-only",
                "origin_ssl_protocols": ["TLSv1.2"],
                "http_port": 80,
                "https_port": 443,
            },
        }

    def _behaviours(
        self, headers_id: pulumi.Input[str]
    ) -> Sequence[aws.cloudfront.DistributionOrderedCacheBehaviorArgs]:
        args = self._args
        static = cache.static_cache_policy(self, self.component_name, args.static_ttl_seconds)
        behaviours = [
            *(cache.files(_ORIGIN, headers_id, path, static.id) for path in args.static_paths),
            *(cache.calls(_ORIGIN, headers_id, path) for path in args.api_paths),
        ]
        return [aws.cloudfront.DistributionOrderedCacheBehaviorArgs(**entry) for entry in behaviours]

    def _viewer_certificate(self) -> aws.cloudfront.DistributionViewerCertificateArgsDict:
        where = self.component_name
        arn = pulumi.Output.from_input(self._args.certificate_arn)
        return {
            "acm_certificate_arn": arn.apply(lambda known: _in_region(where, known)),
            "ssl_support_method": "sni-only",
            "minimum_protocol_version": _MINIMUM_TLS,
        }

    def _logging(self) -> aws.cloudfront.DistributionLoggingConfigArgsDict | None:
        bucket = self._args.log_bucket_domain
        if bucket is None:
            return None
        return {"bucket": bucket, "prefix": f"{self.component_name}/", "include_cookies": False}

    def _register(self) -> None:
        self.register_outputs(
            {
                "domain_name": self.domain_name,
                "hosted_zone_id": self.hosted_zone_id,
                "distribution_id": self.distribution_id,
                "distribution_arn": self.distribution_arn,
                "web_acl_arn": self.web_acl_arn,
                "web_acl_name": self.web_acl_name,
            }
        )


def _in_region(where: str, certificate_arn: str) -> str:
    region = certificate_arn.split(":")[3]
    if region == REGION:
        return certificate_arn
    raise ComponentError(
        where,
        f"the viewers' certificate lies in {region}",
        expected=f"a certificate in {REGION}, the only region where CloudFront looks",
        fix=f"make the certificate with region={REGION}",
    )


def _check(where: str, args: EdgeArgs) -> None:
    check_waf(where, args.waf)
    if args.price_class not in _PRICE_CLASSES:
        raise ComponentError(
            where,
            f"unknown price class {args.price_class}",
            expected=f"one of {', '.join(_PRICE_CLASSES)}",
            fix="correct price_class",
        )
    if not args.aliases or len(set(args.aliases)) != len(args.aliases):
        raise ComponentError(
            where,
            f"the public names are {', '.join(args.aliases) or 'missing'}",
            expected="at least one name, each once",
            fix="correct aliases",
        )
    if not 0 <= args.static_ttl_seconds <= cache.LONGEST_TTL_SECONDS:
        raise ComponentError(
            where,
            f"built files are kept for {args.static_ttl_seconds} seconds",
            expected=f"0 to {cache.LONGEST_TTL_SECONDS} (one year)",
            fix="correct static_ttl_seconds",
        )
