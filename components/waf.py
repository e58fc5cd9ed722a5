"""The web application firewall at the edge: its rules, and its log."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components import names
from components.errors import ComponentError
from components.log_group import check_retention
from components.waf_rules import BASELINE, MANAGED_GROUPS, RateLimit, Rules, rules, seen

__all__ = ["MANAGED_GROUPS", "REGION", "RateLimit", "WafArgs", "check_waf", "firewall"]

# CloudFront's firewalls live in this region only, wherever the stack is.
REGION = "us-east-1"

# AWS: WAF API, RateBasedStatement.Limit and EvaluationWindowSec (botocore 1.44.5), read 2026-11
_LOWEST_RATE, _HIGHEST_RATE = 10, 2_000_000_000
_WINDOWS = (60, 120, 300, 600)

# AWS: API reference of WAF LoggingConfiguration (botocore 1.44.5), read 2026-11: the name must begin so.
_LOG_GROUP_PREFIX = "aws-waf-logs-"

# Headers that carry credentials: they never reach the log.
REDACTED_HEADERS = ("authorization", "cookie")

_COUNTRY = re.compile("[A-Z]{2}")
_LABEL = re.compile("[a-z0-9-]{1,60}")


@dataclass(frozen=True, kw_only=True)
class WafArgs:
    """`rate_limit_per_5_minutes` counts requests per client address; `block` False only counts what would be blocked.

    So a firewall begins in an environment by counting and is promoted by `block=True`. `groups` are short names
    of rule groups; one that is new can go on counting while the rest blocks (`counted_groups`), and so can
    single rules of a group (`counted_rules`). `redacted_headers` never reach the log.
    """

    rate_limit_per_5_minutes: int
    block: bool
    groups: Sequence[str] = BASELINE
    counted_groups: Sequence[str] = ()
    counted_rules: Mapping[str, Sequence[str]] | None = None
    rate_limits: Sequence[RateLimit] = ()
    blocked_countries: Sequence[str] = ()
    redacted_headers: Sequence[str] = field(default=REDACTED_HEADERS)
    log_retention_days: int = 30


def check_waf(where: str, args: WafArgs) -> None:
    """Raise ComponentError for a rate that AWS refuses, or for groups, rules and countries that there are not."""
    if not _LOWEST_RATE <= args.rate_limit_per_5_minutes <= _HIGHEST_RATE:
        raise ComponentError(
            where,
            f"a rate limit of {args.rate_limit_per_5_minutes} requests in 5 minutes",
            expected=f"{_LOWEST_RATE} to {_HIGHEST_RATE}, which is what AWS takes",
            fix="choose another rate_limit_per_5_minutes",
        )
    check_retention(where, "`log_retention_days` of the firewall", args.log_retention_days)
    for problem, expected, fix in (*_group_problems(args), *_rate_problems(args), *_other_problems(args)):
        raise ComponentError(where, problem, expected=expected, fix=fix)


def firewall(parent: pulumi.Resource, name: str, args: WafArgs, tags: Mapping[str, str]) -> aws.wafv2.WebAcl:
    """A web ACL for CloudFront with its log."""
    opts = pulumi.ResourceOptions(parent=parent)
    acl = aws.wafv2.WebAcl(
        names.fit(name, names.WEB_ACL),
        region=REGION,
        scope="CLOUDFRONT",
        description=f"Firewall of {name}",
        default_action={"allow": {}},
        rules=rules(name, _rules(args)),
        visibility_config=seen(name),
        tags={**tags, "Name": name},
        opts=opts,
    )
    _log(name, acl, args, tags, opts)
    return acl


def _rules(args: WafArgs) -> Rules:
    return Rules(
        rate_limit_per_5_minutes=args.rate_limit_per_5_minutes,
        block=args.block,
        groups=args.groups,
        counted_groups=args.counted_groups,
        counted_rules=args.counted_rules or {},
        rate_limits=args.rate_limits,
        blocked_countries=args.blocked_countries,
    )


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
        redacted_fields=[{"single_header": {"name": header}} for header in args.redacted_headers],
        opts=opts,
    )


Problem = tuple[str, str, str]


def _group_problems(args: WafArgs) -> Iterator[Problem]:
    lists = {
        "groups": args.groups,
        "counted_groups": args.counted_groups,
        "counted_rules": args.counted_rules or {},
    }
    for where, said in lists.items():
        known = tuple(MANAGED_GROUPS) if where == "groups" else tuple(args.groups)
        unknown = sorted(set(said) - set(known))
        if unknown:
            yield (
                f"{where} name the unknown group {', '.join(unknown)}",
                f"one of {', '.join(known)}",
                "correct the group's name",
            )
    if len(set(args.groups)) != len(args.groups):
        yield "a rule group is named twice", "each group once", "drop the second"


def _rate_problems(args: WafArgs) -> Iterator[Problem]:
    labels = [limit.label for limit in args.rate_limits]
    for limit in args.rate_limits:
        if not _LABEL.fullmatch(limit.label) or labels.count(limit.label) > 1:
            yield (
                f"a rate limit is called {limit.label!r}",
                "small letters, digits and hyphens, each label once",
                "give it another label",
            )
        if limit.window_seconds not in _WINDOWS or not _LOWEST_RATE <= limit.requests <= _HIGHEST_RATE:
            yield (
                f"{limit.label} allows {limit.requests} requests in {limit.window_seconds} seconds",
                f"{_LOWEST_RATE} to {_HIGHEST_RATE} requests in {', '.join(map(str, _WINDOWS))} seconds",
                "choose what AWS can count; finer limits belong into the application",
            )
        if not limit.prefix.startswith("/"):
            yield f"{limit.label} is for {limit.prefix!r}", "a path that begins with /", "correct prefix"
    highest = args.rate_limit_per_5_minutes
    for limit in args.rate_limits:
        if limit.requests * 300 > highest * limit.window_seconds:
            yield (
                f"{limit.label} allows {limit.requests} requests in {limit.window_seconds} seconds, more than the "
                f"{highest} in 300 that an address has for everything",
                "a rate below rate_limit_per_5_minutes",
                "lower the one or raise the other",
            )


def _other_problems(args: WafArgs) -> Iterator[Problem]:
    for country in args.blocked_countries:
        if not _COUNTRY.fullmatch(country):
            yield (
                f"{country!r} is not a country",
                "two capitals, as ISO 3166 has them",
                "correct blocked_countries",
            )
    for header in REDACTED_HEADERS:
        if header not in args.redacted_headers:
            yield (
                f"the header {header} would be logged",
                f"redacted_headers with {' and '.join(REDACTED_HEADERS)}",
                "leave them in: they carry credentials",
            )
