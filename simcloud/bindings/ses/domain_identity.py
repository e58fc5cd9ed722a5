from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params
from simcloud.bindings.ses import _domains
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class DomainIdentity(Binding):
    """A domain from which mail may be sent, once its records are in DNS. The id is the domain."""

    token = "aws:ses/domainIdentity:DomainIdentity"
    service = "ses"
    operation = "verify_domain_identity"
    replaces = frozenset({"domain"})

    def request(self, ctx: Context, new: Props) -> Params:
        return {"Domain": new["domain"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["domain"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ses").get_identity_verification_attributes(Identities=[identity])
        attributes = found["VerificationAttributes"].get(identity)
        if attributes is None:
            return None
        return {
            "arn": ctx.arn("ses", f"identity/{identity}"),
            "domain": identity,
            "verificationToken": attributes["VerificationToken"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ses").delete_identity(Identity=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        domain = new["domain"]
        yield from _domains.problems(domain, "domain")
        # Provider's documentation: it keeps no trailing dot; that SES keeps small letters is moto's word.
        if isinstance(domain, str) and (domain != domain.lower() or domain.endswith(".")):
            yield Refusal(
                "InvalidParameterValue",
                f"write {domain!r} in small letters, without a dot at the end.",
                "domain",
            )
