"""The web application firewall at the edge: what it checks, and its log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
from pulumi_aws.wafv2 import WebAclRuleActionArgsDict, WebAclRuleArgsDict

from components import names
from components.errors import ComponentError

# CloudFront's firewalls live in this region only, wherever the stack is.
REGION = "us-east-1"

# AWS: WAF API, RateBasedStatement.Limit (botocore 1.44.5, shape RateLimit), read 2026-11
_LOWEST_RATE, _HIGHEST_RATE = 10, 2_000_000_000
_RATE_WINDOW_SECONDS = 300
_TOO_MANY_REQUESTS = 429

# AWS: API reference of WAF LoggingConfiguration (botocore 1.44.5), read 2026-11: the name must begin so.
_LOG_GROUP_PREFIX = "aws-waf-logs-"

# Rule groups that AWS keeps up to date, in the order in which they look at a request.
MANAGED_GROUPS: Mapping[str, str] = {
    "reputation": "AWSManagedRulesAmazonIpReputationList",
    "common": "AWSManagedRulesCommonRuleSet",
    "known-bad-inputs": "AWSManagedRulesKnownBadInputsRuleSet",
}

# Headers that carry credentials: they never reach the log.
REDACTED_HEADERS = ("authorization", "cookie")


@dataclass(frozen=True, kw_only=True)
class WafArgs:
    """`rate_limit_per_5_minutes` counts requests per client address; `block` False only counts what would be blocked.

    `counted_rules` are rules of the managed groups that only count even where the rest blocks.
    """

    rate_limit_per_5_minutes: int
    block: bool
    counted_rules: Mapping[str, Sequence[str]] | None = None
    log_retention_days: int = 30


def check_waf(where: str, args: WafArgs) -> None:
    """Raise ComponentError for a rate that AWS refuses, or rules of a group that is not used."""
    if not _LOWEST_RATE <= args.rate_limit_per_5_minutes <= _HIGHEST_RATE:
        raise ComponentError(
            where,
            f"a rate limit of {args.rate_limit_per_5_minutes} requests in 5 minutes",
            expected=f"{_LOWEST_RATE} to {_HIGHEST_RATE}, which is what AWS takes",
            fix="choose another rate_limit_per_5_minutes",
        )
    unknown = sorted(set(args.counted_rules or {}) - set(MANAGED_GROUPS))
    if unknown:
        raise ComponentError(
            where,
            f"counted_rules name the unknown group {', '.join(unknown)}",
            expected=f"one of {', '.join(MANAGED_GROUPS)}",
            fix="correct the group's name",
        )


def rules(name: str, args: WafArgs) -> list[WebAclRuleArgsDict]:
    """The rules of the firewall, first the rate limit, then AWS's groups."""
    groups = [_managed(name, priority, short, args) for priority, short in enumerate(MANAGED_GROUPS, start=1)]
    return [_rate(name, args), *groups]


def firewall(parent: pulumi.Resource, name: str, args: WafArgs, tags: Mapping[str, str]) -> aws.wafv2.WebAcl:
    """A web ACL for CloudFront with its log."""
    opts = pulumi.ResourceOptions(parent=parent)
    acl = aws.wafv2.WebAcl(
        names.fit(name, names.WEB_ACL),
        region=REGION,
        scope="CLOUDFRONT",
        description=f"Firewall of {name}",
        default_action={"allow": {}},
        rules=rules(name, args),
        visibility_config=_seen(name),
        tags={**tags, "Name": name},
        opts=opts,
    )
    _log(name, acl, args, tags, opts)
    return acl


def _log(
    name: str,
    acl: aws.wafv2.WebAcl,
    args: WafArgs,
    tags: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> None:
    group = aws.cloudwatch.LogGroup(
        f"{name}-waf",
        name=names.fit(f"{_LOG_GROUP_PREFIX}{name}", names.LOG_GROUP, generated=False),
        region=REGION,
        retention_in_days=args.log_retention_days,
        tags={**tags, "Name": f"{name}-waf"},
        opts=opts,
    )
    aws.wafv2.WebAclLoggingConfiguration(
        f"{name}-waf",
        region=REGION,
        resource_arn=acl.arn,
        log_destination_configs=[group.arn],
        redacted_fields=[{"single_header": {"name": header}} for header in REDACTED_HEADERS],
        opts=opts,
    )


def _rate(name: str, args: WafArgs) -> WebAclRuleArgsDict:
    refuse: WebAclRuleActionArgsDict = {"block": {"custom_response": {"response_code": _TOO_MANY_REQUESTS}}}
    return {
        "name": "rate-limit",
        "priority": 0,
        "action": refuse if args.block else {"count": {}},
        "statement": {
            "rate_based_statement": {
                "limit": args.rate_limit_per_5_minutes,
                "aggregate_key_type": "IP",
                "evaluation_window_sec": _RATE_WINDOW_SECONDS,
            }
        },
        "visibility_config": _seen(f"{name}-rate-limit"),
    }


def _managed(name: str, priority: int, short: str, args: WafArgs) -> WebAclRuleArgsDict:
    counted = (args.counted_rules or {}).get(short, ())
    return {
        "name": short,
        "priority": priority,
        "override_action": {"none": {}} if args.block else {"count": {}},
        "statement": {
            "managed_rule_group_statement": {
                "vendor_name": "AWS",
                "name": MANAGED_GROUPS[short],
                "rule_action_overrides": [{"name": rule, "action_to_use": {"count": {}}} for rule in counted],
            }
        },
        "visibility_config": _seen(f"{name}-{short}"),
    }


def _seen(metric: str) -> aws.wafv2.WebAclVisibilityConfigArgsDict:
    return {
        "cloudwatch_metrics_enabled": True,
        "metric_name": metric,
        "sampled_requests_enabled": True,
    }
