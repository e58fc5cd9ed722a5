from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings._words import to_api
from simcloud.bindings.ses import _domains
from simcloud.bindings.sesv2 import _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Complete, Props, Value, without_none

_KEYS = ("domainSigningPrivateKey", "domainSigningSelector", "nextSigningKeyLength")
_COMPUTED = {
    "currentSigningKeyLength": "CurrentSigningKeyLength",
    "nextSigningKeyLength": "NextSigningKeyLength",
    "signingAttributesOrigin": "SigningAttributesOrigin",
    "status": "Status",
    "tokens": "Tokens",
}


class EmailIdentity(Binding):
    """A domain or an address from which mail may be sent, once it is proved. The id is its name."""

    token = "aws:sesv2/emailIdentity:EmailIdentity"
    service = "sesv2"
    operation = "create_email_identity"
    replaces = frozenset({"emailIdentity"})
    tagging = _tagging.SES
    references = (Reference("configurationSetName", "configuration_set"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "EmailIdentity": new["emailIdentity"],
                "ConfigurationSetName": new.get("configurationSetName"),
                "DkimSigningAttributes": _signing(new.get("dkimSigningAttributes")),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["emailIdentity"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        client, name = ctx.client("sesv2"), new.get("configurationSetName")
        if old and name != old.get("configurationSetName"):
            client.put_email_identity_configuration_set_attributes(
                EmailIdentity=identity, **without_none({"ConfigurationSetName": name})
            )
        wanted, before = (_signing(props.get("dkimSigningAttributes")) for props in (new, old))
        if old and wanted and wanted != before:
            client.put_email_identity_dkim_signing_attributes(
                EmailIdentity=identity,
                SigningAttributesOrigin="EXTERNAL" if "DomainSigningPrivateKey" in wanted else "AWS_SES",
                SigningAttributes=wanted,
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("sesv2").get_email_identity(EmailIdentity=identity)
        return {
            "arn": ctx.arn("ses", f"identity/{identity}"),
            "emailIdentity": identity,
            "identityType": found["IdentityType"],
            "verificationStatus": found["VerificationStatus"],
            "verifiedForSendingStatus": found["VerifiedForSendingStatus"],
            "configurationSetName": found.get("ConfigurationSetName"),
            "dkimSigningAttributes": _signing_props(
                found["DkimAttributes"], given.get("dkimSigningAttributes")
            ),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("sesv2").delete_email_identity(EmailIdentity=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, signing = new["emailIdentity"], new.get("dkimSigningAttributes")
        if isinstance(name, str) and "@" not in name:
            yield from _domains.problems(name, "emailIdentity", "BadRequestException")
        if not isinstance(signing, dict):
            return
        # Provider's documentation of `dkimSigningAttributes`: one's own key, or a length for AWS's.
        own = [key for key in ("domainSigningPrivateKey", "domainSigningSelector") if key in signing]
        path = "dkimSigningAttributes"
        if len(own) == 1:
            yield Refusal(
                "BadRequestException", f"{own[0]} needs its counterpart: give key and selector.", path
            )
        if own and "nextSigningKeyLength" in signing:
            yield Refusal(
                "BadRequestException",
                "a length is for keys that AWS makes; with your own there is none.",
                f"{path}.nextSigningKeyLength",
            )
        if isinstance(name, str) and "@" in name and signing:
            yield Refusal("BadRequestException", "DKIM is a domain's, not an address's.", path)


def _signing(given: Value) -> Value:
    if not isinstance(given, dict):
        return given
    return to_api({key: given[key] for key in _KEYS if key in given}, {}) or None


def _signing_props(found: Mapping[str, Any], given: Value) -> Complete:
    """All that AWS tells, and the two things of one's own key that it does not."""
    kept = {key: given[key] for key in _KEYS[:2] if isinstance(given, dict) and key in given}
    moment = found.get("LastKeyGenerationTimestamp")
    told = {key: found.get(name) for key, name in _COMPUTED.items()}
    return Complete(
        without_none({**kept, **told, "lastKeyGenerationTimestamp": moment and moment.isoformat()})
    )
