"""The edge of an environment: CloudFront with a firewall before the origin."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components import edge_cache as cache
from components import edge_origins as origins
from components.dns_zone import NameZone, label_of
from components.edge_args import CloudFrontOptions, EdgeArgs, FrontArgs
from components.edge_checks import check_edge
from components.edge_errors import ErrorPage, error_responses
from components.edge_headers import STRICT_HEADERS, SecurityHeaders, headers_policy
from components.edge_kind import EdgeKind
from components.edge_lock import OriginLock, OriginLockArgs
from components.edge_origins import BucketOrigin
from components.edge_paths import ONE_DAY_SECONDS, ONE_YEAR_SECONDS, KeptPaths, Redirect
from components.edge_redirects import redirect_function
from components.gateway_ingress import CLOUDFRONT_PREFIX_LIST, Ingress, RequiredHeader
from components.viewers import access_log, viewer_certificate
from components.waf import ExistingWebAcl, Firewall, RateLimit, WafArgs, firewall

__all__ = [
    "ONE_DAY_SECONDS",
    "ONE_YEAR_SECONDS",
    "STRICT_HEADERS",
    "BucketOrigin",
    "CloudFrontOptions",
    "Edge",
    "EdgeArgs",
    "ErrorPage",
    "ExistingWebAcl",
    "FrontArgs",
    "KeptPaths",
    "OriginLockArgs",
    "RateLimit",
    "Redirect",
    "SecurityHeaders",
    "WafArgs",
]


class Edge(pulumi.ComponentResource):
    """A CloudFront distribution with a web ACL.

    `origin_ingress` is known once the distribution stands everywhere with its lock, so the gateway behind it asks
    for the secret only when it is sent.
    """

    kind = EdgeKind.CLOUDFRONT
    component_name: str
    domain_names: Sequence[str]
    origin_ingress: Ingress
    domain_name: pulumi.Output[str]
    hosted_zone_id: pulumi.Output[str]
    distribution_id: pulumi.Output[str]
    distribution_arn: pulumi.Output[str]
    web_acl_arn: pulumi.Output[str]
    web_acl_name: pulumi.Output[str]

    def __init__(self, name: str, args: EdgeArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        check_edge(name, args)
        super().__init__("plinth:edge:Edge", name, {}, opts)
        self.component_name, self.domain_names, self._args = name, tuple(args.aliases), args
        acl = firewall(self, name, args.waf, args.tags)
        self.web_acl_arn, self.web_acl_name = acl.arn, acl.name
        lock = self._lock()
        distribution = self._distribution(acl, lock)
        self.domain_name = distribution.domain_name
        self.hosted_zone_id = distribution.hosted_zone_id
        self.distribution_id, self.distribution_arn = distribution.id, distribution.arn
        self.origin_ingress = _ingress(distribution, lock)
        self._measure(distribution)
        self._register()

    def publish(self, dns: NameZone) -> None:
        """Point the public names at the distribution, whoever keeps the zone."""
        for host in self.domain_names:
            label = label_of(host, dns.zone_name)
            dns.alias(label, host, self.domain_name, self.hosted_zone_id, ipv6=True)

    def _lock(self) -> OriginLock | None:
        if self._args.lock is None:
            return None
        opts = pulumi.ResourceOptions(parent=self)
        return OriginLock(f"{self.component_name}-lock", self._args.lock, opts)

    def _distribution(self, acl: Firewall, lock: OriginLock | None) -> aws.cloudfront.Distribution:
        args, name = self._args, self.component_name
        common = self._common()
        ordered = cache.behaviours(self, name, args, args.buckets, common)
        return aws.cloudfront.Distribution(
            name,
            enabled=True,
            comment=name,
            aliases=list(args.aliases),
            http_version="http2and3",
            is_ipv6_enabled=True,
            price_class=args.price_class,
            web_acl_id=acl.arn,
            origins=self._origins(lock),
            default_cache_behavior=aws.cloudfront.DistributionDefaultCacheBehaviorArgs(**cache.pages(common)),
            ordered_cache_behaviors=[
                aws.cloudfront.DistributionOrderedCacheBehaviorArgs(**entry) for entry in ordered
            ],
            custom_error_responses=error_responses(args.error_pages) or None,
            viewer_certificate=viewer_certificate(name, args.certificate_arn),
            restrictions={"geo_restriction": {"restriction_type": "none"}},
            logging_config=access_log(name, args.log_bucket_domain),
            tags={**args.tags, "Name": name},
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=args.protect,
                additional_secret_outputs=["origins"] if lock is not None else None,
            ),
        )

    def _common(self) -> cache.Common:
        headers = headers_policy(self, self.component_name, self._args.headers)
        function = redirect_function(self, self.component_name, self._args.redirects)
        return cache.Common(headers_id=headers.id, function_arn=function.arn if function else None)

    def _origins(self, lock: OriginLock | None) -> list[aws.cloudfront.DistributionOriginArgsDict]:
        args, name = self._args, self.component_name
        private = args.internal_balancer_arn
        app = origins.App(
            domain=args.origin_domain,
            secret=lock.sent if lock else None,
            vpc_origin_id=origins.vpc_origin(self, name, private, args.tags).id
            if private is not None
            else None,
            shield_region=args.origin_shield_region,
        )
        return [
            origins.app_origin(app),
            *(origins.bucket_origin(self, name, bucket) for bucket in args.buckets),
        ]

    def _measure(self, distribution: aws.cloudfront.Distribution) -> None:
        if not self._args.detailed_metrics:
            return
        aws.cloudfront.MonitoringSubscription(
            self.component_name,
            distribution_id=distribution.id,
            monitoring_subscription={
                "realtime_metrics_subscription_config": {"realtime_metrics_subscription_status": "Enabled"}
            },
            opts=pulumi.ResourceOptions(parent=self),
        )

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


def _ingress(distribution: aws.cloudfront.Distribution, lock: OriginLock | None) -> Ingress:
    if lock is None:
        return Ingress(prefix_list_name=CLOUDFRONT_PREFIX_LIST)
    values = [
        pulumi.Output.all(value, distribution.id).apply(lambda known: str(known[0]))
        for value in lock.header.values
    ]
    header = RequiredHeader(name=lock.header.name, values=values)
    return Ingress(prefix_list_name=CLOUDFRONT_PREFIX_LIST, header=header)
