from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from simcloud.binding import AutoName, Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: PublicKeyConfig.Comment, CloudFront API reference (botocore 1.44.5), read 2026-11.
_LONGEST_COMMENT = 128


class PublicKey(Binding):
    """The key with which CloudFront checks signed URLs and cookies."""

    token = "aws:cloudfront/publicKey:PublicKey"
    service = "cloudfront"
    operation = "create_public_key"
    parameters = {f"PublicKeyConfig.{name[:1].upper()}{name[1:]}": name for name in ("name", "encodedKey")}
    replaces = frozenset({"name", "namePrefix", "encodedKey"})
    faults = {"PublicKeyAlreadyExists": "name"}
    autoname = AutoName(limit=128)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {"PublicKeyConfig": _config(new, "plinth")}

    def create(self, ctx: Context, new: Props) -> str:
        config = _config(new, f"plinth-{uuid.uuid4()}")
        return self.identify(ctx, ctx.client("cloudfront").create_public_key(PublicKeyConfig=config), new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["PublicKey"]["Id"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            cloudfront = ctx.client("cloudfront")
            known = cloudfront.get_public_key(Id=identity)
            config = _config(new, known["PublicKey"]["PublicKeyConfig"]["CallerReference"])
            cloudfront.update_public_key(Id=identity, IfMatch=known["ETag"], PublicKeyConfig=config)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("cloudfront").get_public_key(Id=identity)
        config = found["PublicKey"]["PublicKeyConfig"]
        return {
            "callerReference": config["CallerReference"],
            "comment": config.get("Comment") or None,
            "encodedKey": config["EncodedKey"],
            "etag": found["ETag"],
            "name": config["Name"],
            "namePrefix": given.get("namePrefix", ""),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        cloudfront = ctx.client("cloudfront")
        tag = cloudfront.get_public_key(Id=identity)["ETag"]
        cloudfront.delete_public_key(Id=identity, IfMatch=tag)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        key, comment = new["encodedKey"], new.get("comment")
        if isinstance(key, str) and not _fits(key):
            yield Refusal(
                "InvalidArgument",
                "Your request contains empty/invalid/out of limits RSA Encoded Key.",
                "encodedKey",
                "give a PEM-encoded RSA key of 2048 bits or an ECDSA key on P-256.",
            )
        if isinstance(comment, str) and len(comment) > _LONGEST_COMMENT:
            yield Refusal(
                "InvalidArgument",
                f"The comment has {len(comment)} characters, at most {_LONGEST_COMMENT} are allowed.",
                "comment",
            )


def _config(new: Props, reference: str) -> Params:
    return {
        "CallerReference": reference,
        "Name": new["name"],
        "EncodedKey": new["encodedKey"],
        "Comment": new.get("comment", ""),
    }


def _fits(text: str) -> bool:
    # AWS: «Specify signers that can create signed URLs and signed cookies»; from memory, not verified.
    try:
        key = load_pem_public_key(text.encode())
    except ValueError:
        return False
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size == 2048
    return isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == "secp256r1"
