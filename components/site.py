"""A frontend that is only files: a private bucket behind CloudFront."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components import site_cache
from components.bucket import Bucket, BucketArgs, Purpose
from components.dns_zone import NameZone, label_of
from components.edge_errors import ErrorPage, error_responses
from components.edge_headers import STRICT_HEADERS, SecurityHeaders
from components.edge_origins import BucketOrigin, bucket_origin
from components.edge_paths import KeptPaths
from components.iam_policy import allow, document
from components.site_args import ASSETS, SiteArgs
from components.site_checks import check_site
from components.viewers import access_log, viewer_certificate
from components.waf import ExistingWebAcl, Firewall, WafArgs, firewall

__all__ = [
    "ASSETS",
    "STRICT_HEADERS",
    "ExistingWebAcl",
    "KeptPaths",
    "SecurityHeaders",
    "Site",
    "SiteArgs",
    "WafArgs",
]

_OK, _FORBIDDEN, _NOT_FOUND = 200, 403, 404


class Site(pulumi.ComponentResource):
    """A static frontend: files that nobody but CloudFront reads, with security headers on each answer."""

    component_name: str
    domain_names: Sequence[str]
    bucket: Bucket
    domain_name: pulumi.Output[str]
    hosted_zone_id: pulumi.Output[str]
    distribution_id: pulumi.Output[str]
    distribution_arn: pulumi.Output[str]
    web_acl_arn: pulumi.Output[str]

    def __init__(self, name: str, args: SiteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        check_site(name, args)
        super().__init__("plinth:site:Site", name, {}, opts)
        self.component_name, self.domain_names, self._args = name, tuple(args.aliases), args
        self.bucket = self._files() if args.bucket is None else args.bucket
        acl = firewall(self, name, args.waf, args.tags)
        self.web_acl_arn = acl.arn
        distribution = self._distribution(acl)
        self.domain_name = distribution.domain_name
        self.hosted_zone_id = distribution.hosted_zone_id
        self.distribution_id, self.distribution_arn = distribution.id, distribution.arn
        if args.bucket is None:
            self.bucket.open_to(distribution.arn)
        self._register()

    def publish(self, dns: NameZone) -> None:
        """Point the public names at the distribution, whoever keeps the zone."""
        for host in self.domain_names:
            label = label_of(host, dns.zone_name)
            dns.alias(label, host, self.domain_name, self.hosted_zone_id, ipv6=True)

    def grant_deploy(self, role_name: pulumi.Input[str], grantee: str = "deploy") -> None:
        """Let a role replace the files and make the edge forget the old ones; `grantee` names the grant."""
        self.bucket.grant_read_write(role_name, grantee)
        aws.iam.RolePolicy(
            f"{self.component_name}-invalidation-by-{grantee}",
            role=role_name,
            policy=self.distribution_arn.apply(
                lambda arn: document(
                    allow(
                        "ForgetFiles", ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"], [arn]
                    )
                )
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _files(self) -> Bucket:
        args = BucketArgs(
            purpose=Purpose.SITE,
            opened_later=True,
            access_log_bucket=self._args.access_log_bucket,
            force_destroy=self._args.force_destroy,
            protect=self._args.protect,
            tags=self._args.tags,
        )
        return Bucket(f"{self.component_name}-files", args, pulumi.ResourceOptions(parent=self))

    def _distribution(self, acl: Firewall) -> aws.cloudfront.Distribution:
        args, name = self._args, self.component_name
        origin = BucketOrigin(label=site_cache.ORIGIN, domain=self.bucket.regional_domain_name, paths=())
        return aws.cloudfront.Distribution(
            name,
            enabled=True,
            comment=name,
            aliases=list(args.aliases),
            default_root_object=args.index,
            http_version="http2and3",
            is_ipv6_enabled=True,
            price_class=args.price_class,
            web_acl_id=acl.arn,
            origins=[bucket_origin(self, name, origin)],
            default_cache_behavior=aws.cloudfront.DistributionDefaultCacheBehaviorArgs(
                **site_cache.pages(self, name, args)
            ),
            ordered_cache_behaviors=[
                aws.cloudfront.DistributionOrderedCacheBehaviorArgs(**entry)
                for entry in site_cache.classes(self, name, args)
            ],
            custom_error_responses=error_responses(error_pages(args)),
            viewer_certificate=viewer_certificate(name, args.certificate_arn),
            restrictions={"geo_restriction": {"restriction_type": "none"}},
            logging_config=access_log(name, args.log_bucket_domain),
            tags={**args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )

    def _register(self) -> None:
        self.register_outputs(
            {
                "domain_name": self.domain_name,
                "hosted_zone_id": self.hosted_zone_id,
                "distribution_id": self.distribution_id,
                "distribution_arn": self.distribution_arn,
                "bucket": self.bucket.name,
            }
        )


def error_pages(args: SiteArgs) -> list[ErrorPage]:
    """What is shown where there is no file: the program itself, or the page that says so.

    S3 answers 404 for a file that is not there to who may list the bucket, as the distribution may in a bucket of its
    own, and 403 in any other. Where it can be told apart, 403 is the firewall's and stays what it is.
    """
    if args.single_page:
        shown, answer = args.index, _OK
    else:
        shown, answer = args.not_found_page, _NOT_FOUND
    missing = (_NOT_FOUND,) if args.bucket is None else (_FORBIDDEN, _NOT_FOUND)
    return [ErrorPage(status=status, path=f"/{shown}", answer=answer) for status in missing]
