from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown

# AWS: «Create a key pair for your Amazon EC2 instance»: RSA and ED25519; per reference notes, not verified against AWS.
_KINDS = ("ssh-rsa", "ssh-ed25519")


class KeyPair(Binding):
    """A public key for SSH."""

    token = "aws:ec2/keyPair:KeyPair"
    service = "ec2"
    operation = "import_key_pair"
    replaces = frozenset({"keyName", "keyNamePrefix", "publicKey"})
    autoname = AutoName("keyName", 255)
    tagging = tagging.EC2
    faults = {"InvalidKeyPair.Duplicate": "keyName", "InvalidKey.Format": "publicKey"}

    def request(self, ctx: Context, new: Props) -> Params:
        key = new["publicKey"]
        material = key if isinstance(key, Unknown) else str(key).encode()
        return {"KeyName": new["keyName"], "PublicKeyMaterial": material}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["KeyName"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_key_pairs(KeyNames=[identity], IncludePublicKey=True)["KeyPairs"][
            0
        ]
        key = str(found.get("PublicKey") or "").strip()
        same = str(given.get("publicKey", "")).split()[:2] == key.split()[:2]
        return {
            "arn": ctx.arn("ec2", f"key-pair/{identity}"),
            "fingerprint": found["KeyFingerprint"],
            "keyName": identity,
            "keyNamePrefix": given.get("keyNamePrefix", ""),
            "keyPairId": found["KeyPairId"],
            "keyType": found["KeyType"],
            "publicKey": given["publicKey"] if same else key,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_key_pair(KeyName=identity)

    def tag_key(self, identity: str, state: Props) -> str:
        return str(state["keyPairId"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        key, name = new["publicKey"], new.get("keyName")
        if isinstance(key, str) and not _is_public_key(key):
            yield Refusal(
                "InvalidKey.Format",
                "Key is not in valid OpenSSH public key format: `ssh-rsa AAAA…` or `ssh-ed25519 AAAA…`.",
                "publicKey",
            )
        if isinstance(name, str) and (len(name) > 255 or not name.isascii()):
            yield Refusal(
                "InvalidParameterValue", "the key name must have at most 255 ASCII characters.", "keyName"
            )


def _is_public_key(text: str) -> bool:
    kind, _, rest = text.strip().partition(" ")
    if kind not in _KINDS:
        return False
    try:
        content = base64.b64decode(rest.split(" ")[0], validate=True)
    except (binascii.Error, ValueError):
        return False
    return content[4 : 4 + len(kind)] == kind.encode()
