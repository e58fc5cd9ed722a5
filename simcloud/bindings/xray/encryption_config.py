from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import Params, RecordedBinding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class EncryptionConfig(RecordedBinding):
    """How X-Ray encrypts in a region. It is never deleted: AWS has no such call. moto has none: it is recorded."""

    token = "aws:xray/encryptionConfig:EncryptionConfig"
    service = "xray"
    operation = "put_encryption_config"
    references = (Reference("keyId", "kms_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({"Type": new["type"], "KeyId": new.get("keyId")})

    def create(self, ctx: Context, new: Props) -> str:
        self._put(ctx, new)
        return ctx.region

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            self._put(ctx, new)

    def _put(self, ctx: Context, new: Props) -> None:
        ctx.store.put(self.token, ctx.region, {"type": new["type"], "keyId": new.get("keyId")})

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        return ctx.store.get(self.token, identity) or {"type": "NONE", "keyId": None}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """Nothing: the real provider only forgets it."""

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: PutEncryptionConfig, X-Ray API reference: the key is for KMS (botocore 1.44.5), read 2026-11.
        if new["type"] == "KMS" and "keyId" not in new:
            yield Refusal("InvalidRequestException", "type KMS needs a keyId.", "keyId")
        if new["type"] == "NONE" and "keyId" in new:
            yield Refusal("InvalidRequestException", "type NONE has no keyId.", "keyId")
