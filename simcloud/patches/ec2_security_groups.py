"""Security group rules as EC2 answers them."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import (
    EC2ClientError,
    InvalidPermissionNotFoundError,
    InvalidSecurityGroupRuleIdNotFoundError,
    RulesPerSecurityGroupLimitExceededError,
)
from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupBackend, SecurityGroupRule
from moto.ec2.responses.security_groups import SecurityGroups

from simcloud.patches import around
from simcloud.quotas import LIMITS


@around(SecurityGroupRule)
def __init__(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
    """AWS: a rule towards a group or prefix list has a description too; moto: only one towards addresses."""
    original(self, *args, **kwargs)
    listed = kwargs.get("prefix_list_id") or (args[7] if len(args) > 7 else None) or {}
    self.prefix_list_description = listed.get("Description")


@around(SecurityGroupRule)
def __eq__(original: Any, self: Any, other: Any) -> bool:
    """AWS: rules are the same whatever their descriptions; moto: not where the source is a group."""
    return (
        _ports(self) == _ports(other)
        and _source(self) == _source(other)
        and (self.ip_protocol or "") == (other.ip_protocol or "")
    )


def _description(self: Any) -> str | None:
    """AWS: one description per rule, whatever its source."""
    found: str | None = (
        self.ip_range.get("Description")
        or self.source_group.get("Description")
        or self.prefix_list_description
    )
    return found


SecurityGroupRule.description = property(_description)  # type: ignore[method-assign, assignment]


@around(SecurityGroupBackend)
def modify_security_group_rules(
    original: Any, self: Any, group_id: str, rules: dict[str, dict[str, Any]]
) -> None:
    """AWS: every kind of source can be changed; moto: IPv4 addresses only."""
    group = self.get_security_group_from_id(group_id)
    for rule_id, new in rules.items():
        rule = group.get_rule(rule_id) if group else None
        if rule is None:
            raise InvalidSecurityGroupRuleIdNotFoundError(rule_id)
        _rewrite(self, rule, new)


@around(SecurityGroups)
def delete_security_group(original: Any, self: Any) -> Any:
    """AWS: the default group goes with its VPC only; moto: it can be deleted."""
    group = self.ec2_backend.get_security_group_by_name_or_id(
        self._get_param("GroupId") or self._get_param("GroupName")
    )
    if group is not None and group.name == "default":
        raise EC2ClientError(
            "CannotDelete", f'the specified group: "{group.id}" name: "default" cannot be deleted by a user'
        )
    return original(self)


@around(SecurityGroupBackend)
def revoke_security_group_egress(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    """AWS: IPv6 rules can be revoked in any VPC; moto: not in one without an IPv6 range."""
    ranges = kwargs.get("ip_ranges") or []
    sixes = [item for item in ranges if "CidrIpv6" in item]
    if not sixes:
        return original(self, *args, **kwargs)
    group = self.get_security_group_by_name_or_id(kwargs["group_name_or_id"])
    found = [rule for rule in group.egress_rules if _is_one_of(rule, kwargs, sixes)]
    if len(found) != len(sixes):
        raise InvalidPermissionNotFoundError
    group.egress_rules = [rule for rule in group.egress_rules if not any(rule is other for other in found)]
    rest = [item for item in ranges if item not in sixes]
    if rest or kwargs.get("source_groups") or kwargs.get("prefix_list_ids"):
        return original(self, *args, **{**kwargs, "ip_ranges": rest})
    return None


def _rewrite(self: Any, rule: Any, new: dict[str, Any]) -> None:
    text = {"Description": new["Description"]} if new.get("Description") else {}
    rule.ip_protocol = new["IpProtocol"]
    every = rule.ip_protocol == "-1"
    rule.from_port, rule.to_port = (None, None) if every else (new.get("FromPort"), new.get("ToPort"))
    rule.ip_range, rule.source_group, rule.prefix_list_id = {}, {}, None
    if new.get("CidrIpv4"):
        rule.ip_range = {"CidrIp": new["CidrIpv4"], **text}
    elif new.get("CidrIpv6"):
        rule.ip_range = {"CidrIpv6": new["CidrIpv6"], **text}
    elif new.get("ReferencedGroupId"):
        rule.source_group = {"GroupId": new["ReferencedGroupId"], "UserId": self.account_id, **text}
    rule.prefix_list_id, rule.prefix_list_description = new.get("PrefixListId"), new.get("Description")


def _ports(rule: Any) -> Any:
    return None if rule.ip_protocol == "-1" else (rule.from_port, rule.to_port)


def _source(rule: Any) -> Any:
    return (
        rule.ip_range.get("CidrIp"),
        rule.ip_range.get("CidrIpv6"),
        rule.source_group.get("GroupId"),
        rule.prefix_list_id,
    )


def _is_one_of(rule: Any, wanted: Any, sixes: Any) -> bool:
    same_ports = wanted["ip_protocol"] == "-1" or (rule.from_port, rule.to_port) == (
        int(wanted["from_port"]),
        int(wanted["to_port"]),
    )
    return (
        rule.ip_protocol == wanted["ip_protocol"]
        and same_ports
        and rule.ip_range.get("CidrIpv6") in [item["CidrIpv6"] for item in sixes]
    )


# AWS: «AWS-managed prefix lists», VPC User Guide, read 2026-11: 55 for CloudFront, 1 for S3 and DynamoDB; the others
# are per general knowledge, not verified against AWS.
_WEIGHTS = {"cloudfront.origin-facing": 55, "groundstation": 10, "vpc-lattice": 10}


@around(SecurityGroupBackend)
def _verify_group_will_respect_rule_count_limit(
    original: Any, self: Any, group: Any, current: int, ranges: Any, groups: Any = None, egress: bool = False
) -> None:
    """AWS: 60 rules unless the quota was raised; moto: always 60."""
    if current + len(ranges or ()) + len(groups or ()) > LIMITS.of("vpc.rules-per-security-group"):
        raise RulesPerSecurityGroupLimitExceededError


@around(SecurityGroup)
def add_ingress_rule(original: Any, self: Any, rule: Any) -> None:
    """AWS: a prefix list counts as many rules; moto: as one."""
    _check_weight(self.ingress_rules, rule)
    original(self, rule)


@around(SecurityGroup)
def add_egress_rule(original: Any, self: Any, rule: Any) -> None:
    """AWS: a prefix list counts as many rules; moto: as one."""
    _check_weight(self.egress_rules, rule)
    original(self, rule)


def _check_weight(rules: Any, rule: Any) -> None:
    if sum(_weight(item) for item in [*rules, rule]) > LIMITS.of("vpc.rules-per-security-group"):
        raise RulesPerSecurityGroupLimitExceededError


def _weight(rule: Any) -> int:
    listed = rule.ec2_backend.managed_prefix_lists.get(rule.prefix_list_id)
    if listed is None:
        return 1
    known = [weight for name, weight in _WEIGHTS.items() if str(listed.prefix_list_name).endswith(name)]
    return known[0] if known else int(listed.max_entries or 1)
