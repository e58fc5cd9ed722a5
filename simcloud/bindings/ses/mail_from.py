from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.ses import _domains
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class MailFrom(Binding):
    """The domain in the envelope of an identity's mail. The id is the identity."""

    token = "aws:ses/mailFrom:MailFrom"
    service = "ses"
    operation = "set_identity_mail_from_domain"
    parameters = {
        "Identity": "domain",
        "MailFromDomain": "mailFromDomain",
        "BehaviorOnMXFailure": "behaviorOnMxFailure",
    }
    replaces = frozenset({"domain"})
    defaults = {"behaviorOnMxFailure": "UseDefaultValue"}
    references = (Reference("domain", "ses_identity"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "Identity": new["domain"],
            "MailFromDomain": new["mailFromDomain"],
            "BehaviorOnMXFailure": new["behaviorOnMxFailure"],
        }

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("ses").set_identity_mail_from_domain(**self.request(ctx, new))
        return str(new["domain"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("ses").set_identity_mail_from_domain(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ses").get_identity_mail_from_domain_attributes(Identities=[identity])
        attributes = found["MailFromDomainAttributes"].get(identity, {})
        if not attributes.get("MailFromDomain"):
            return None
        return {
            "domain": identity,
            "mailFromDomain": attributes["MailFromDomain"],
            "behaviorOnMxFailure": attributes["BehaviorOnMXFailure"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ses").set_identity_mail_from_domain(Identity=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _domains.problems(new["mailFromDomain"], "mailFromDomain")
        yield from _domains.sender_problems(new["mailFromDomain"], new["domain"], "mailFromDomain")
