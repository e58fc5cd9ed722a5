from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_TOLD = {
    "digestAlgorithmMnemonic": "DigestAlgorithmMnemonic",
    "digestAlgorithmType": "DigestAlgorithmType",
    "digestValue": "DigestValue",
    "dnskeyRecord": "DNSKEYRecord",
    "dsRecord": "DSRecord",
    "flag": "Flag",
    "keyManagementServiceArn": "KmsArn",
    "keyTag": "KeyTag",
    "name": "Name",
    "publicKey": "PublicKey",
    "signingAlgorithmMnemonic": "SigningAlgorithmMnemonic",
    "signingAlgorithmType": "SigningAlgorithmType",
    "status": "Status",
}


class KeySigningKey(Binding):
    """The key of KMS that a signed zone begins with. The id is `zone,name`."""

    token = "aws:route53/keySigningKey:KeySigningKey"
    service = "route53"
    operation = "create_key_signing_key"
    # As in the real provider, another key is a change that nothing makes true.
    replaces = frozenset({"hostedZoneId", "name"})
    defaults = {"status": "ACTIVE"}
    faults = {
        "InvalidKMSArn": "keyManagementServiceArn",
        "InvalidInput": "hostedZoneId",
        "TooManyKeySigningKeys": "hostedZoneId",
        "KeySigningKeyAlreadyExists": "name",
    }
    autoname = AutoName(limit=128)
    references = (Reference("hostedZoneId", "hosted_zone"),)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "CallerReference": "plinth",
            "HostedZoneId": new["hostedZoneId"],
            "KeyManagementServiceArn": new["keyManagementServiceArn"],
            "Name": new["name"],
            "Status": new["status"],
        }

    def create(self, ctx: Context, new: Props) -> str:
        request = {**self.request(ctx, new), "CallerReference": f"plinth-{uuid.uuid4()}"}
        ctx.client("route53").create_key_signing_key(**request)
        return f"{new['hostedZoneId']},{new['name']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and new["status"] != old.get("status"):
            _switch(ctx, identity, new["status"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        zone, name = identity.split(",", 1)
        keys = ctx.client("route53").get_dnssec(HostedZoneId=zone)["KeySigningKeys"]
        found = next((key for key in keys if key["Name"] == name), None)
        if found is None:
            return None
        return {"hostedZoneId": zone, **{name: found[api] for name, api in _TOLD.items()}}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        zone, name = identity.split(",", 1)
        if (self.read(ctx, identity, old) or {}).get("status") == "ACTIVE":
            _switch(ctx, identity, "INACTIVE")
        ctx.client("route53").delete_key_signing_key(HostedZoneId=zone, Name=name)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: CreateKeySigningKeyRequest, Route 53 API reference (botocore 1.44.5), and «Working with customer managed
        # keys for DNSSEC», Route 53 developer guide, both read 2026-11.
        name, status, arn = new["name"], new["status"], new["keyManagementServiceArn"]
        if isinstance(name, str) and not re.fullmatch(r"[0-9A-Za-z_.-]+", name):
            yield Refusal(
                "InvalidKeySigningKeyName", f"{name!r} may hold letters, digits and underscores.", "name"
            )
        if isinstance(status, str) and status not in ("ACTIVE", "INACTIVE"):
            yield Refusal("InvalidArgument", f"The status is ACTIVE or INACTIVE, not {status}.", "status")
        if isinstance(arn, str):
            for message in _key_problems(ctx, arn):
                yield Refusal("InvalidKMSArn", message, "keyManagementServiceArn")


def _switch(ctx: Context, identity: str, status: str) -> None:
    zone, name = identity.split(",", 1)
    verb = "activate" if status == "ACTIVE" else "deactivate"
    getattr(ctx.client("route53"), f"{verb}_key_signing_key")(HostedZoneId=zone, Name=name)


def _key_problems(ctx: Context, arn: str) -> Iterator[str]:
    if not re.fullmatch(rf"arn:{ctx.partition}:kms:us-east-1:{ctx.account}:key/.+", arn):
        yield f"{arn} is not the ARN of a key of this account in us-east-1."
        return
    try:
        key: Any = ctx.client("kms").describe_key(KeyId=arn)["KeyMetadata"]
    except ClientError:
        yield f"The key {arn} does not exist."
        return
    if (key["KeySpec"], key["KeyUsage"]) != ("ECC_NIST_P256", "SIGN_VERIFY"):
        yield f"The key {arn} must be an ECC_NIST_P256 key for SIGN_VERIFY, it is {key['KeySpec']}."
