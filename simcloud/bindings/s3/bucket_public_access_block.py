from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.context import Context
from simcloud.values import Props

_SWITCHES = {
    "blockPublicAcls": "BlockPublicAcls",
    "blockPublicPolicy": "BlockPublicPolicy",
    "ignorePublicAcls": "IgnorePublicAcls",
    "restrictPublicBuckets": "RestrictPublicBuckets",
}


class BucketPublicAccessBlock(BucketConfiguration):
    """What keeps a bucket private whatever its policy and ACLs say."""

    token = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
    operation = "put_public_access_block"
    defaults = dict.fromkeys(_SWITCHES, False)
    reader = "get_public_access_block"
    remover = "delete_public_access_block"

    def request(self, ctx: Context, new: Props) -> Params:
        switches = {parameter: new[name] for name, parameter in _SWITCHES.items()}
        return {"Bucket": new["bucket"], "PublicAccessBlockConfiguration": switches}

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        switches = answer["PublicAccessBlockConfiguration"]
        return {name: switches.get(parameter, False) for name, parameter in _SWITCHES.items()}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if not old.get("skipDestroy"):
            super().delete(ctx, identity, old)
