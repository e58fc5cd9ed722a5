from __future__ import annotations

import base64
import hmac
from collections.abc import Iterator

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_STATUSES = ("Active", "Inactive")


class AccessKey(Binding):
    """A long-lived key of a user. Its secret is told once, at creation."""

    token = "aws:iam/accessKey:AccessKey"
    service = "iam"
    operation = "create_access_key"
    parameters = {"UserName": "user"}
    replaces = frozenset({"user", "pgpKey"})
    defaults = {"status": "Active"}
    faults = {"LimitExceeded": "user"}
    references = (Reference("user", "user"),)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {"UserName": new["user"]}

    def create(self, ctx: Context, new: Props) -> str:
        made = ctx.client("iam").create_access_key(**self.request(ctx, new))["AccessKey"]
        # The API never tells the secret again; the provider keeps it in the state.
        ctx.store.put(self.token, made["AccessKeyId"], {"secret": made["SecretAccessKey"]})
        return str(made["AccessKeyId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if new["status"] != old.get("status", "Active"):
            ctx.client("iam").update_access_key(
                UserName=new["user"], AccessKeyId=identity, Status=new["status"]
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        iam = ctx.client("iam")
        user = given.get("user") or iam.get_access_key_last_used(AccessKeyId=identity)["UserName"]
        keys = iam.list_access_keys(UserName=user)["AccessKeyMetadata"]
        found = next((key for key in keys if key["AccessKeyId"] == identity), None)
        if found is None:
            return None
        secret = (ctx.store.get(self.token, identity) or {}).get("secret")
        return {
            "user": found["UserName"],
            "status": found["Status"],
            "createDate": found["CreateDate"].strftime("%Y-%m-%dT%H:%M:%SZ"),
            "encryptedSecret": None,
            "encryptedSesSmtpPasswordV4": None,
            "keyFingerprint": None,
            **_told_once(ctx, given, secret),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("iam").delete_access_key(UserName=old["user"], AccessKeyId=identity)
        ctx.store.drop(self.token, identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        status = new["status"]
        if isinstance(status, str) and status not in _STATUSES:
            yield Refusal(
                "ValidationError", f"the status is {' or '.join(_STATUSES)}, not {status}.", "status"
            )
        if new.get("pgpKey"):
            yield Refusal(
                "UnsupportedOperation",
                "the simulated cloud encrypts no secrets with PGP keys.",
                "pgpKey",
                "leave it out; Pulumi keeps the secret encrypted.",
            )


def _told_once(ctx: Context, given: Props, secret: str | None) -> Props:
    """What is known from creation on; an import never learns it."""
    if given.get("secret") or not given or secret is None:
        return {}
    return {"secret": secret, "sesSmtpPasswordV4": _smtp_password(secret, ctx.region)}


def _smtp_password(secret: str, region: str) -> str:
    # AWS: «Obtaining Amazon SES SMTP credentials», the algorithm; from memory, not verified.
    signature = b"AWS4" + secret.encode()
    for word in ("11111111", region, "ses", "aws4_request", "SendRawEmail"):
        signature = hmac.new(signature, word.encode(), "sha256").digest()
    return base64.b64encode(b"\x04" + signature).decode()
