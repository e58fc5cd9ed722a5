from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_key_pair(ctx: Context, args: Props) -> Props:
    """A key pair by name, id or filters; its public key only if that is asked for."""
    wanted = _one.filters({**args, "tags": None}, {"keyName": "key-name", "keyPairId": "key-pair-id"})
    asked = bool(args.get("includePublicKey"))
    listed = ctx.client("ec2").describe_key_pairs(Filters=wanted, IncludePublicKey=asked)["KeyPairs"]
    found = _one.only(listed, "EC2 Key Pair")
    created = found.get("CreateTime")
    return {
        "arn": ctx.arn("ec2", f"key-pair/{found['KeyName']}"),
        "createTime": created.isoformat().replace("+00:00", "Z") if created else "",
        "filters": args.get("filters"),
        "fingerprint": found["KeyFingerprint"],
        "id": found["KeyPairId"],
        "includePublicKey": args.get("includePublicKey"),
        "keyName": found["KeyName"],
        "keyPairId": found["KeyPairId"],
        "keyType": found["KeyType"],
        "publicKey": found.get("PublicKey", "") if asked else "",
        "region": ctx.region,
        "tags": _one.tags(found),
    }
