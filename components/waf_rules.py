"""What the web application firewall looks for, and what it does about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from components.waf_paths import matching

if TYPE_CHECKING:
    # AWS's SDK takes seconds to import, and settings are checked against these rules without it.
    import pulumi
    from pulumi_aws.wafv2 import (
        WebAclRuleActionArgsDict,
        WebAclRuleArgsDict,
        WebAclRuleStatementArgsDict,
        WebAclVisibilityConfigArgsDict,
    )

_TOO_MANY_REQUESTS = 429
_RATE_WINDOW_SECONDS = 300

# Rule groups that AWS keeps up to date, in the order in which they look at a request.
# AWS: WAF developer guide, "AWS Managed Rules rule groups list"; per reference notes, not verified against AWS.
MANAGED_GROUPS: Mapping[str, str] = {
    "reputation": "AWSManagedRulesAmazonIpReputationList",
    "common": "AWSManagedRulesCommonRuleSet",
    "known-bad-inputs": "AWSManagedRulesKnownBadInputsRuleSet",
    "sql-injection": "AWSManagedRulesSQLiRuleSet",
    "anonymous-addresses": "AWSManagedRulesAnonymousIpList",
    "linux": "AWSManagedRulesLinuxRuleSet",
    "unix": "AWSManagedRulesUnixRuleSet",
    "php": "AWSManagedRulesPHPRuleSet",
    "wordpress": "AWSManagedRulesWordPressRuleSet",
    "admin-pages": "AWSManagedRulesAdminProtectionRuleSet",
}

BASELINE = ("reputation", "common", "known-bad-inputs")

# Rules of one's own come after AWS's groups, with room between.
_FIRST_RATE, _COUNTRIES, _RESTRICTED = 100, 200, 300


@dataclass(frozen=True, kw_only=True)
class RateLimit:
    """One address may send `requests` within `window_seconds` to `paths`, or to everything where none is named.

    In a path * stands for anything and ? for one character; small and capital letters are the same.
    """

    label: str
    requests: int
    window_seconds: int = 60
    paths: Sequence[str] = ()


@dataclass(frozen=True)
class Rules:
    """What is to be in force; see `WafArgs`."""

    rate_limit_per_5_minutes: int
    block: bool
    groups: Sequence[str]
    counted_groups: Sequence[str]
    counted_rules: Mapping[str, Sequence[str]]
    rate_limits: Sequence[RateLimit]
    blocked_countries: Sequence[str]
    restricted_paths: Sequence[str] = ()
    allowed_sets: Sequence[pulumi.Input[str]] = ()


def rules(name: str, wanted: Rules) -> list[WebAclRuleArgsDict]:
    """The rules of the firewall: the rate limit of an address, AWS's groups, rates of paths, countries, locks."""
    groups = [
        _managed(name, priority, short, wanted) for priority, short in enumerate(wanted.groups, start=1)
    ]
    rates = [
        _path_rate(name, priority, limit, wanted)
        for priority, limit in enumerate(wanted.rate_limits, start=_FIRST_RATE)
    ]
    countries = [_countries(name, wanted)] if wanted.blocked_countries else []
    locks = [_restricted(name, wanted)] if wanted.restricted_paths else []
    return [_rate(name, wanted), *groups, *rates, *countries, *locks]


def seen(metric: str) -> WebAclVisibilityConfigArgsDict:
    """Counted in a metric, with samples of the requests."""
    return {
        "cloudwatch_metrics_enabled": True,
        "metric_name": metric,
        "sampled_requests_enabled": True,
    }


def _rate(name: str, wanted: Rules) -> WebAclRuleArgsDict:
    return {
        "name": "rate-limit",
        "priority": 0,
        "action": _refusal(wanted.block, _TOO_MANY_REQUESTS),
        "statement": {
            "rate_based_statement": {
                "limit": wanted.rate_limit_per_5_minutes,
                "aggregate_key_type": "IP",
                "evaluation_window_sec": _RATE_WINDOW_SECONDS,
            }
        },
        "visibility_config": seen(f"{name}-rate-limit"),
    }


def _managed(name: str, priority: int, short: str, wanted: Rules) -> WebAclRuleArgsDict:
    counts = not wanted.block or short in wanted.counted_groups
    counted = wanted.counted_rules.get(short, ())
    return {
        "name": short,
        "priority": priority,
        "override_action": {"count": {}} if counts else {"none": {}},
        "statement": {
            "managed_rule_group_statement": {
                "vendor_name": "AWS",
                "name": MANAGED_GROUPS[short],
                "rule_action_overrides": [{"name": rule, "action_to_use": {"count": {}}} for rule in counted],
            }
        },
        "visibility_config": seen(f"{name}-{short}"),
    }


def _path_rate(name: str, priority: int, limit: RateLimit, wanted: Rules) -> WebAclRuleArgsDict:
    counted: Any = {
        "limit": limit.requests,
        "aggregate_key_type": "IP",
        "evaluation_window_sec": limit.window_seconds,
    }
    if limit.paths:
        counted["scope_down_statement"] = matching(limit.paths)
    return {
        "name": f"rate-{limit.label}",
        "priority": priority,
        "action": _refusal(wanted.block, _TOO_MANY_REQUESTS),
        "statement": {"rate_based_statement": counted},
        "visibility_config": seen(f"{name}-rate-{limit.label}"),
    }


def _countries(name: str, wanted: Rules) -> WebAclRuleArgsDict:
    statement: WebAclRuleStatementArgsDict = {
        "geo_match_statement": {"country_codes": list(wanted.blocked_countries)}
    }
    return {
        "name": "countries",
        "priority": _COUNTRIES,
        "action": _refusal(wanted.block, None),
        "statement": statement,
        "visibility_config": seen(f"{name}-countries"),
    }


def _restricted(name: str, wanted: Rules) -> WebAclRuleArgsDict:
    """One `not` for each set, which is as deep as the provider nests statements."""
    elsewhere = [
        {"not_statement": {"statement": {"ip_set_reference_statement": {"arn": arn}}}}
        for arn in wanted.allowed_sets
    ]
    both: Any = {"and_statement": {"statements": [matching(wanted.restricted_paths), *elsewhere]}}
    return {
        "name": "restricted",
        "priority": _RESTRICTED,
        "action": {"block": {}},
        "statement": both,
        "visibility_config": seen(f"{name}-restricted"),
    }


def _refusal(block: bool, status: int | None) -> WebAclRuleActionArgsDict:
    if not block:
        return {"count": {}}
    return {"block": {} if status is None else {"custom_response": {"response_code": status}}}
