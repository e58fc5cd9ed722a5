"""What other resources name of WAF."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver
from simcloud.resolvers.cloudwatch import log_group


def _web_acl(ctx: Context, value: str) -> bool:
    scope = "CLOUDFRONT" if ":global/" in value else "REGIONAL"
    listed = ctx.client("wafv2").list_web_acls(Scope=scope)["WebACLs"]
    return any(acl["ARN"] == value for acl in listed)


def _waf_log_destination(ctx: Context, value: str) -> Any:
    if ":log-group:" in value:
        return log_group(ctx, value)
    name = value.rsplit(":", 1)[-1].rsplit("/", 1)[-1]
    if ":s3:::" in value:
        return ctx.client("s3").head_bucket(Bucket=value.split(":::", 1)[-1].split("/", 1)[0])
    return ctx.client("firehose").describe_delivery_stream(DeliveryStreamName=name)


RESOLVERS = {
    "web_acl": Resolver(
        "WAFNonexistentItemException",
        "AWS WAF couldn’t perform the operation because your resource doesn’t exist: {value}.",
        _web_acl,
    ),
    "web_acl_target": Resolver(
        "WAFNonexistentItemException",
        "AWS WAF couldn’t perform the operation because your resource doesn’t exist: {value}.",
        lambda ctx, value: (
            ":loadbalancer/" not in value
            or ctx.client("elbv2").describe_load_balancers(LoadBalancerArns=[value])
        ),
    ),
    "waf_log_destination": Resolver(
        "WAFLogDestinationPermissionIssueException",
        "AWS WAF couldn’t deliver logs: the destination {value} does not exist.",
        _waf_log_destination,
    ),
}
