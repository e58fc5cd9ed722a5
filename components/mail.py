"""Mail that goes out in the name of a domain, through Amazon SES."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components import account
from components.dns_zone import NameZone, check_within
from components.errors import ComponentError
from components.iam_policy import allow, document

# AWS: "Easy DKIM in Amazon SES": three CNAME records, to <token>.dkim.amazonses.com; per reference notes.
_DKIM_RECORDS = 3
# AWS: "Amazon Simple Email Service endpoints and quotas", "DKIM domains", as repositories quote it, read 2026-11.
_OWN_ZONE = frozenset(
    {
        "af-south-1", "ap-northeast-3", "ap-south-2", "ap-southeast-3", "ap-southeast-5", "ca-west-1", "eu-central-2",
        "eu-south-1", "il-central-1", "me-central-1", "us-gov-east-1",
    }
)  # fmt: skip
# AWS: SES API v2, SendEmail: a simple message wants the first action, a raw one the second; per reference notes.
_SEND = ("ses:SendEmail", "ses:SendRawEmail")
_LOCAL_PART = re.compile(r"[a-z0-9][a-z0-9._+-]{0,63}")


@dataclass(frozen=True, kw_only=True)
class MailArgs:
    """Mail from `<sender>@<domain>`; `dns` is the zone in which the domain lies, and gets the records that prove it."""

    domain: str
    dns: NameZone
    sender: str = "no-reply"
    tags: Mapping[str, str] = field(default_factory=dict)


class Mail(pulumi.ComponentResource):
    """An identity of SES whose mail is signed (DKIM), and the right to send from one address of it."""

    component_name: str
    address: str
    arn: pulumi.Output[str]

    def __init__(self, name: str, args: MailArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        _check(name, args)
        super().__init__("plinth:mail:Mail", name, {}, opts)
        self.component_name, self._args = name, args
        self.address = f"{args.sender}@{args.domain}"
        identity = self._identity()
        self.arn = identity.arn
        self._prove(identity)
        self.register_outputs({"arn": self.arn, "address": self.address})

    def grant_send(self, role_name: pulumi.Input[str], grantee: str = "app") -> None:
        """Let a role send mail from the address, and from no other; `grantee` names the grant."""
        aws.iam.RolePolicy(
            f"{self.component_name}-{grantee}-send",
            role=role_name,
            policy=self.arn.apply(self._policy),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _identity(self) -> aws.sesv2.EmailIdentity:
        return aws.sesv2.EmailIdentity(
            self.component_name,
            email_identity=self._args.domain,
            dkim_signing_attributes={"next_signing_key_length": "RSA_2048_BIT"},
            tags={**self._args.tags, "Name": self.component_name},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _prove(self, identity: aws.sesv2.EmailIdentity) -> None:
        """The records by which SES sees that the domain is ours, and others that the mail is."""
        suffix = account.current(self).apply(_dkim_zone)
        for number in range(_DKIM_RECORDS):
            token = _token(identity, number)
            self._args.dns.prove(
                self,
                f"{self.component_name}-dkim-{number + 1}",
                pulumi.Output.concat(token, "._domainkey.", self._args.domain),
                "CNAME",
                pulumi.Output.concat(token, ".", suffix),
            )

    def _policy(self, arn: str) -> str:
        from_here = {"StringEquals": {"ses:FromAddress": self.address}}
        return document(allow("SendMail", _SEND, [arn], condition=from_here))


def _token(identity: aws.sesv2.EmailIdentity, number: int) -> pulumi.Output[str]:
    """Unknown until the identity is there: before, its attributes are what it was told, without tokens."""
    return pulumi.Output.all(identity.arn, identity.dkim_signing_attributes).apply(
        lambda known: str(known[1]["tokens"][number])
    )


def _dkim_zone(here: account.Account) -> str:
    return f"dkim.{here.region}.amazonses.com" if here.region in _OWN_ZONE else "dkim.amazonses.com"


def _check(where: str, args: MailArgs) -> None:
    check_within(where, args.domain, args.dns.zone_name)
    if not _LOCAL_PART.fullmatch(args.sender):
        raise ComponentError(
            where,
            f"mail from `{args.sender}@{args.domain}`",
            expected="lower-case letters, digits and ._+- before the @, at most 64",
            fix="correct sender",
        )
