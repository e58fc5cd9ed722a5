from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.context import Context
from simcloud.values import Props


def get_key(ctx: Context, args: Props) -> Props:
    """A key by id, ARN or alias."""
    key = ctx.client("kms").describe_key(KeyId=args["keyId"])["KeyMetadata"]
    return {
        "arn": key["Arn"],
        "awsAccountId": key["AWSAccountId"],
        "cloudHsmClusterId": key.get("CloudHsmClusterId", ""),
        "creationDate": key["CreationDate"].isoformat(),
        "customKeyStoreId": key.get("CustomKeyStoreId", ""),
        "customerMasterKeySpec": key["KeySpec"],
        "deletionDate": key["DeletionDate"].isoformat() if key.get("DeletionDate") else "",
        "description": key["Description"],
        "enabled": key["Enabled"],
        "expirationModel": key.get("ExpirationModel", ""),
        "grantTokens": args.get("grantTokens"),
        "id": key["KeyId"],
        "keyId": args["keyId"],
        "keyManager": key["KeyManager"],
        "keySpec": key["KeySpec"],
        "keyState": key["KeyState"],
        "keyUsage": key["KeyUsage"],
        "multiRegion": key.get("MultiRegion", False),
        "multiRegionConfigurations": [
            _multi_region(item) for item in _listed(key, "MultiRegionConfiguration")
        ],
        "origin": key["Origin"],
        "pendingDeletionWindowInDays": key.get("PendingDeletionWindowInDays", 0),
        "region": ctx.region,
        "validTo": key["ValidTo"].isoformat() if key.get("ValidTo") else "",
        "xksKeyConfigurations": [{"id": item["Id"]} for item in _listed(key, "XksKeyConfiguration")],
    }


def _listed(key: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return [key[name]] if key.get(name) else []


def _multi_region(item: Mapping[str, Any]) -> Props:
    return {
        "multiRegionKeyType": item["MultiRegionKeyType"],
        "primaryKeys": [_place(item["PrimaryKey"])],
        "replicaKeys": [_place(replica) for replica in item["ReplicaKeys"]],
    }


def _place(key: Mapping[str, Any]) -> Props:
    return {"arn": key["Arn"], "region": key["Region"]}
