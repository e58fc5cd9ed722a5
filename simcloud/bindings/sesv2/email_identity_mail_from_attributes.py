from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.ses import _domains
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class EmailIdentityMailFromAttributes(Binding):
    """The domain in the envelope of an identity's mail. The id is the identity."""

    token = "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes"
    service = "sesv2"
    operation = "put_email_identity_mail_from_attributes"
    replaces = frozenset({"emailIdentity"})
    defaults = {"behaviorOnMxFailure": "USE_DEFAULT_VALUE"}
    references = (Reference("emailIdentity", "email_identity"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "EmailIdentity": new["emailIdentity"],
                "MailFromDomain": new.get("mailFromDomain"),
                "BehaviorOnMxFailure": new["behaviorOnMxFailure"],
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["emailIdentity"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("sesv2").put_email_identity_mail_from_attributes(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("sesv2").get_email_identity(EmailIdentity=identity)["MailFromAttributes"]
        return {
            "emailIdentity": identity,
            "mailFromDomain": found.get("MailFromDomain"),
            "behaviorOnMxFailure": found["BehaviorOnMxFailure"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("sesv2").put_email_identity_mail_from_attributes(EmailIdentity=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        sender, code = new.get("mailFromDomain"), "BadRequestException"
        yield from _domains.problems(sender, "mailFromDomain", code)
        yield from _domains.sender_problems(sender, new["emailIdentity"], "mailFromDomain", code)
        # Provider's documentation of `behaviorOnMxFailure`: REJECT_MESSAGE is about the domain given.
        if new["behaviorOnMxFailure"] == "REJECT_MESSAGE" and "mailFromDomain" not in new:
            yield Refusal(code, "REJECT_MESSAGE needs a MAIL FROM domain.", "behaviorOnMxFailure")
