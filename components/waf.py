"""The web application firewall: its rules, and its log."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Literal

import pulumi
import pulumi_aws as aws

from components import names
from components.errors import ComponentError
from components.log_group import check_retention
from components.waf_args import REDACTED_HEADERS, ExistingWebAcl, Restriction, WafArgs
from components.waf_checks import waf_problems
from components.waf_rules import MANAGED_GROUPS, RateLimit, Rules, rules, seen

__all__ = [
    "MANAGED_GROUPS",
    "REDACTED_HEADERS",
    "REGION",
    "ExistingWebAcl",
    "Firewall",
    "RateLimit",
    "Restriction",
    "WafArgs",
    "check_waf",
    "firewall",
    "regional_firewall",
]

# CloudFront's firewalls live in this region only, wherever the stack is.
REGION = "us-east-1"

# AWS: API reference of WAF LoggingConfiguration (botocore 1.44.5), read 2026-11: the name must begin so.
_LOG_GROUP_PREFIX = "aws-waf-logs-"

_ACL = re.compile(rf"arn:[a-z-]+:wafv2:{REGION}:\d{{12}}:global/webacl/([\w-]+)/[0-9a-f-]+")


@dataclass(frozen=True, kw_only=True)
class Firewall:
    """What stands before a distribution or a load balancer."""

    arn: pulumi.Output[str]
    name: pulumi.Output[str]


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where an ACL and all that belongs to it is made; no region is the stack's."""

    scope: Literal["CLOUDFRONT", "REGIONAL"]
    region: str | None
    tags: Mapping[str, str]
    opts: pulumi.ResourceOptions


def check_waf(where: str, args: WafArgs | ExistingWebAcl) -> None:
    """Raise ComponentError for a rate that AWS refuses, or for groups, rules and countries that there are not.

    And for an existing ACL that cannot stand before CloudFront, as far as its ARN is known.
    """
    if isinstance(args, ExistingWebAcl):
        if isinstance(args.arn, str):
            _name_of(where, args.arn)
        return
    check_retention(where, "`log_retention_days` of the firewall", args.log_retention_days)
    for problem, expected, fix in waf_problems(args):
        raise ComponentError(where, problem, expected=expected, fix=fix)


def firewall(
    parent: pulumi.Resource, name: str, args: WafArgs | ExistingWebAcl, tags: Mapping[str, str]
) -> Firewall:
    """A web ACL for CloudFront with its log, or the one that exists."""
    if isinstance(args, ExistingWebAcl):
        arn = pulumi.Output.from_input(args.arn)
        return Firewall(arn=arn, name=arn.apply(lambda known: _name_of(name, known)))
    opts = pulumi.ResourceOptions(parent=parent)
    return _made(name, args, _Place(scope="CLOUDFRONT", region=REGION, tags=tags, opts=opts))


def regional_firewall(
    parent: pulumi.Resource,
    name: str,
    args: WafArgs,
    tags: Mapping[str, str],
    *,
    resource_arn: pulumi.Input[str],
) -> Firewall:
    """The same rules and log in the stack's region, before the load balancer `resource_arn`."""
    opts = pulumi.ResourceOptions(parent=parent)
    made = _made(name, args, _Place(scope="REGIONAL", region=None, tags=tags, opts=opts))
    aws.wafv2.WebAclAssociation(f"{name}-waf", resource_arn=resource_arn, web_acl_arn=made.arn, opts=opts)
    return made


def _name_of(where: str, arn: str) -> str:
    found = _ACL.fullmatch(arn)
    if found is None:
        raise ComponentError(
            where,
            f"`{arn}` is not a web ACL that can stand before CloudFront",
            expected=f"arn:<partition>:wafv2:{REGION}:<account>:global/webacl/<name>/<id>",
            fix=f"make the ACL in {REGION} with the scope CLOUDFRONT, and give its ARN",
        )
    return found[1]


def _made(name: str, args: WafArgs, place: _Place) -> Firewall:
    acl = aws.wafv2.WebAcl(
        names.fit(name, names.WEB_ACL),
        region=place.region,
        scope=place.scope,
        description=f"Firewall of {name}",
        default_action={"allow": {}},
        rules=rules(name, _rules(args, list(_allowed_sets(name, args.restricted, place)))),
        visibility_config=seen(name),
        tags={**place.tags, "Name": name},
        opts=place.opts,
    )
    _log(name, acl, args, place)
    return Firewall(arn=acl.arn, name=acl.name)


def _rules(args: WafArgs, allowed_sets: Sequence[pulumi.Output[str]]) -> Rules:
    return Rules(
        rate_limit_per_5_minutes=args.rate_limit_per_5_minutes,
        block=args.block,
        groups=args.groups,
        counted_groups=args.counted_groups,
        counted_rules=args.counted_rules or {},
        rate_limits=args.rate_limits,
        blocked_countries=args.blocked_countries,
        restricted_paths=args.restricted.paths if args.restricted else (),
        allowed_sets=allowed_sets,
    )


def _allowed_sets(name: str, restricted: Restriction | None, place: _Place) -> Iterator[pulumi.Output[str]]:
    """One set for each version of IP that the ranges are of: AWS keeps them apart."""
    for version in (4, 6):
        cidrs = [cidr for cidr in (restricted.cidrs if restricted else ()) if _version(cidr) == version]
        if cidrs:
            label = f"{name}-allowed-ipv{version}"
            yield aws.wafv2.IpSet(
                names.fit(label, names.WEB_ACL),
                region=place.region,
                scope=place.scope,
                ip_address_version=f"IPV{version}",
                addresses=cidrs,
                description=f"Who may reach the restricted paths of {name}",
                tags={**place.tags, "Name": label},
                opts=place.opts,
            ).arn


def _version(cidr: str) -> int:
    return ip_network(cidr).version


def _log(name: str, acl: aws.wafv2.WebAcl, args: WafArgs, place: _Place) -> None:
    group = aws.cloudwatch.LogGroup(
        f"{name}-waf",
        name=names.fit(f"{_LOG_GROUP_PREFIX}{name}", names.LOG_GROUP, generated=False),
        region=place.region,
        retention_in_days=args.log_retention_days,
        tags={**place.tags, "Name": f"{name}-waf"},
        opts=place.opts,
    )
    aws.wafv2.WebAclLoggingConfiguration(
        f"{name}-waf",
        region=place.region,
        resource_arn=acl.arn,
        log_destination_configs=[group.arn],
        redacted_fields=[{"single_header": {"name": header}} for header in args.redacted_headers],
        opts=place.opts,
    )
