from __future__ import annotations

from simcloud.bindings.route53 import _firewall
from simcloud.context import Context
from simcloud.values import Props


class ResolverFirewallRuleGroup(_firewall.FirewallPart):
    """Rules of DNS Firewall that are attached to VPCs together."""

    token = _firewall.GROUP
    operation = "create_firewall_rule_group"
    replaces = frozenset({"name"})
    prefix = "rslvr-frg"
    path = "firewall-rule-group"

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        return {
            **super().computed(ctx, identity, new),
            "ownerId": ctx.account,
            "shareStatus": "NOT_SHARED",
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        _firewall.refuse_used(ctx, _firewall.RULE, "firewallRuleGroupId", identity, "the rule")
        _firewall.refuse_used(ctx, _firewall.ASSOCIATION, "firewallRuleGroupId", identity, "the association")
        super().delete(ctx, identity, old)
