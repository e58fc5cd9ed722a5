"""What the parts of DNS Firewall have in common. moto has none of them: they are kept as records."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import ClassVar

from simcloud import tagging
from simcloud.binding import AutoName, Params, RecordedBinding
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

LIST = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"
GROUP = "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup"
RULE = "aws:route53/resolverFirewallRule:ResolverFirewallRule"
ASSOCIATION = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"


class FirewallPart(RecordedBinding):
    """A part with an ARN and tags."""

    service = "route53resolver"
    autoname = AutoName(limit=64)
    tagging = tagging.RECORDED
    prefix: ClassVar[str]
    """What its ids begin with."""
    path: ClassVar[str]
    """What stands for its kind in an ARN."""

    def request(self, ctx: Context, new: Props) -> Params:
        return {"CreatorRequestId": "plinth", "Name": new["name"]}

    def new_identity(self, ctx: Context, new: Props) -> str:
        return f"{self.prefix}-{secrets.token_hex(8)}"

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        return {"arn": ctx.arn("route53resolver", f"{self.path}/{identity}")}


def users(ctx: Context, token: str, key: str, identity: str) -> Iterator[Props]:
    """The records of `token` that name `identity` under `key`."""
    for _, record in ctx.store.of_kind(token):
        if record.get(key) == identity:
            yield record


def refuse_used(ctx: Context, token: str, key: str, identity: str, what: str) -> None:
    """Raise if a record of `token` names `identity`."""
    for user in users(ctx, token, key, identity):
        raise Refusal("ConflictException", f"{identity} cannot be deleted: {what} {user['name']} uses it.")
