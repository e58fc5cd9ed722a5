from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params
from simcloud.bindings.ses import _domains
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class DomainDkim(Binding):
    """The tokens by which a domain's mail is signed. They go with the identity: deleting this deletes nothing."""

    token = "aws:ses/domainDkim:DomainDkim"
    service = "ses"
    operation = "verify_domain_dkim"
    replaces = frozenset({"domain"})

    def request(self, ctx: Context, new: Props) -> Params:
        return {"Domain": new["domain"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["domain"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ses").get_identity_dkim_attributes(Identities=[identity])
        tokens = found["DkimAttributes"].get(identity, {}).get("DkimTokens")
        return {"domain": identity, "dkimTokens": tokens} if tokens else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """AWS has no call that takes the tokens back."""

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _domains.problems(new["domain"], "domain")
