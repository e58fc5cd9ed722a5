from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import Params, Reference
from simcloud.bindings.route53 import _firewall
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

# AWS: AssociateFirewallRuleGroupRequest.Priority, Route 53 Resolver API reference (botocore 1.44.5), read 2026-11.
_LOWEST, _HIGHEST = 100, 9_900


class ResolverFirewallRuleGroupAssociation(_firewall.FirewallPart):
    """A rule group at work in a VPC."""

    token = _firewall.ASSOCIATION
    operation = "associate_firewall_rule_group"
    replaces = frozenset({"firewallRuleGroupId", "vpcId"})
    defaults = {"mutationProtection": "DISABLED"}
    references = (Reference("firewallRuleGroupId", "firewall_rule_group"), Reference("vpcId", "vpc"))
    prefix = "rslvr-frgassoc"
    path = "firewall-rule-group-association"

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            **super().request(ctx, new),
            "FirewallRuleGroupId": new["firewallRuleGroupId"],
            "VpcId": new["vpcId"],
            "Priority": new["priority"],
            "MutationProtection": new["mutationProtection"],
        }

    def create(self, ctx: Context, new: Props) -> str:
        _refuse_second(ctx, "", new)
        return super().create(ctx, new)

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _refuse_second(ctx, identity, new)
            super().configure(ctx, identity, new, old)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        record = ctx.store.get(self.token, identity) or {}
        if record.get("mutationProtection") == "ENABLED":
            raise Refusal(
                "ConflictException",
                f"The association {identity} cannot be removed while its mutation protection is on.",
                "mutationProtection",
                "set mutationProtection to DISABLED, deploy, then delete.",
            )
        super().delete(ctx, identity, old)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        priority = new["priority"]
        if is_known(priority) and not _LOWEST <= int(priority) <= _HIGHEST:
            message = f"The priority is {priority}, {_LOWEST} to {_HIGHEST} are allowed."
            yield Refusal("ValidationException", message, "priority")


def _refuse_second(ctx: Context, identity: str, new: Props) -> None:
    for other, found in ctx.store.of_kind(_firewall.ASSOCIATION):
        if other == identity or found["vpcId"] != new["vpcId"]:
            continue
        if found["firewallRuleGroupId"] == new["firewallRuleGroupId"]:
            message = f"The rule group is associated with {new['vpcId']} already."
            raise Refusal("ConflictException", message, "firewallRuleGroupId")
        if int(found["priority"]) == int(new["priority"]):
            message = f"The priority {new['priority']} is taken by {found['name']}."
            raise Refusal("ValidationException", message, "priority")
