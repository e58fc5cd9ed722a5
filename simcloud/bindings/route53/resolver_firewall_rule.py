from __future__ import annotations

import re
import secrets
from collections.abc import Iterator

from simcloud.binding import AutoName, Params, RecordedBinding, Reference
from simcloud.bindings.route53 import _firewall
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_NAMES = {
    "action": "Action",
    "blockOverrideDnsType": "BlockOverrideDnsType",
    "blockOverrideDomain": "BlockOverrideDomain",
    "blockOverrideTtl": "BlockOverrideTtl",
    "blockResponse": "BlockResponse",
    "confidenceThreshold": "ConfidenceThreshold",
    "dnsThreatProtection": "DnsThreatProtection",
    "firewallDomainListId": "FirewallDomainListId",
    "firewallDomainRedirectionAction": "FirewallDomainRedirectionAction",
    "firewallRuleGroupId": "FirewallRuleGroupId",
    "name": "Name",
    "priority": "Priority",
    "qType": "Qtype",
}
# AWS: CreateFirewallRuleRequest, Route 53 Resolver API reference (botocore 1.44.5), read 2026-11.
_TYPES = re.compile(r"A|AAAA|CAA|CNAME|DS|MX|NAPTR|NS|PTR|SOA|SPF|SRV|TXT|TYPE\d{1,5}")
_OVERRIDES = ("blockOverrideDomain", "blockOverrideDnsType", "blockOverrideTtl")


class ResolverFirewallRule(RecordedBinding):
    """What becomes of queries for some names. moto lacks it: this one is recorded. The id is `group:list`."""

    token = _firewall.RULE
    service = "route53resolver"
    operation = "create_firewall_rule"
    parameters = {api: name for name, api in _NAMES.items()}
    replaces = frozenset({"firewallRuleGroupId", "firewallDomainListId", "dnsThreatProtection"})
    defaults = {"firewallDomainRedirectionAction": "INSPECT_REDIRECTION_DOMAIN"}
    autoname = AutoName(limit=64)
    references = (
        Reference("firewallRuleGroupId", "firewall_rule_group"),
        Reference("firewallDomainListId", "firewall_domain_list"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        said = {api: new.get(name) for name, api in _NAMES.items()}
        return {"CreatorRequestId": "plinth", **without_none(said)}

    def create(self, ctx: Context, new: Props) -> str:
        _refuse_second(ctx, "", new)
        return super().create(ctx, new)

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _refuse_second(ctx, identity, new)
            super().configure(ctx, identity, new, old)

    def new_identity(self, ctx: Context, new: Props) -> str:
        matched = new.get("firewallDomainListId") or f"rslvr-ftp-{secrets.token_hex(8)}"
        return f"{new['firewallRuleGroupId']}:{matched}"

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        threat = "" if new.get("firewallDomainListId") else identity.split(":", 1)[1]
        return {"firewallThreatProtectionId": threat}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _match_problems(new)
        action, response, kind = new["action"], new.get("blockResponse"), new.get("qType")
        if action == "BLOCK" and response is None:
            yield _invalid("The action BLOCK needs a block response.", "blockResponse")
        if action in ("ALLOW", "ALERT") and response is not None:
            yield _invalid(f"The action {action} has no block response.", "blockResponse")
        for name in _OVERRIDES:
            if response == "OVERRIDE" and new.get(name) is None:
                yield _invalid(f"The block response OVERRIDE needs {name}.", name)
            if response in ("NODATA", "NXDOMAIN") and new.get(name) is not None:
                yield _invalid(f"{name} is for the block response OVERRIDE.", name)
        if isinstance(kind, str) and not _TYPES.fullmatch(kind):
            yield _invalid(f"{kind} is no type of DNS query.", "qType")


def _match_problems(new: Props) -> Iterator[Refusal]:
    domains, threat = new.get("firewallDomainListId"), new.get("dnsThreatProtection")
    if domains is None and threat is None:
        yield _invalid("A rule needs a domain list or a DNS threat protection.", "firewallDomainListId")
    if domains is not None and threat is not None:
        yield _invalid(
            "A rule has a domain list or a DNS threat protection, not both.", "dnsThreatProtection"
        )
    if threat is not None and new.get("confidenceThreshold") is None:
        yield _invalid("A DNS threat protection needs a confidence threshold.", "confidenceThreshold")
    if threat is not None and new["action"] == "ALLOW":
        yield _invalid("The action ALLOW is not available for DNS Firewall Advanced rules.", "action")


def _refuse_second(ctx: Context, identity: str, new: Props) -> None:
    for other, rule in ctx.store.of_kind(_firewall.RULE):
        same = rule["firewallRuleGroupId"] == new["firewallRuleGroupId"]
        if same and other != identity and int(rule["priority"]) == int(new["priority"]):
            raise _invalid(f"The priority {new['priority']} is taken by the rule {rule['name']}.", "priority")


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("ValidationException", message, path)
