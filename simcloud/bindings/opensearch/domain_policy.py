from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud import policy_document
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.opensearch._domain_rules import POLICY
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_START = "esd-policy-"


class DomainPolicy(Binding):
    """Who may do what with a search domain. The id is `esd-policy-<domain>`."""

    token = "aws:opensearch/domainPolicy:DomainPolicy"
    service = "opensearch"
    operation = "update_domain_config"
    replaces = frozenset({"domainName"})
    references = (Reference("domainName", "search_domain"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"DomainName": new["domainName"], "AccessPolicies": new["accessPolicies"]}

    def identify(self, ctx: Context, response: Any, new: Props) -> str:
        return f"{_START}{new['domainName']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("opensearch").update_domain_config(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        name = identity.removeprefix(_START)
        found = ctx.client("opensearch").describe_domain(DomainName=name)["DomainStatus"]
        policy = found.get("AccessPolicies")
        return {"domainName": name, "accessPolicies": policy} if policy else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("opensearch").update_domain_config(
            DomainName=identity.removeprefix(_START), AccessPolicies=""
        )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return policy_document.problems(new["accessPolicies"], "accessPolicies", POLICY)
