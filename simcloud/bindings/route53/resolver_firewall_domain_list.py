from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.bindings.route53 import _firewall
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: UpdateFirewallDomainsRequest, Route 53 Resolver API reference (botocore 1.44.5), read 2026-11.
_DOMAIN = re.compile(r"\*?[A-Za-z0-9_.-]{0,254}")
_MOST = 1_000


class ResolverFirewallDomainList(_firewall.FirewallPart):
    """Names that rules of DNS Firewall look for."""

    token = _firewall.LIST
    operation = "create_firewall_domain_list"
    replaces = frozenset({"name"})
    prefix = "rslvr-fdl"
    path = "firewall-domain-list"

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        _firewall.refuse_used(ctx, _firewall.RULE, "firewallDomainListId", identity, "the rule")
        super().delete(ctx, identity, old)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        domains = new.get("domains")
        listed = domains if isinstance(domains, list) else []
        if len(listed) > _MOST:
            message = f"One request holds {_MOST} domains, not {len(listed)}."
            yield Refusal("ValidationException", message, "domains")
        for position, domain in enumerate(listed):
            if isinstance(domain, str) and (not domain or not _DOMAIN.fullmatch(domain)):
                yield Refusal(
                    "ValidationException",
                    f"{domain!r} is no domain specification: letters, digits and hyphens, perhaps an asterisk before.",
                    f"domains[{position}]",
                )
