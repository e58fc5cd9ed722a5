from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import Params, RecordedBinding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: «Quotas on key value stores», CloudFront developer guide; from memory, not verified.
_LARGEST_KEY, _LARGEST_VALUE, _LARGEST_STORE = 512, 1_024, 5 * 1024 * 1024


class KeyvaluestoreKey(RecordedBinding):
    """One entry of a key value store. moto has stores without entries: this one is recorded."""

    token = "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey"
    service = "cloudfront-keyvaluestore"
    operation = "put_key"
    parameters = {"KvsARN": "keyValueStoreArn"}
    replaces = frozenset({"key", "keyValueStoreArn"})
    references = (Reference("keyValueStoreArn", "key_value_store"),)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "Key": new["key"],
            "Value": new["value"],
            "KvsARN": new["keyValueStoreArn"],
            "IfMatch": "plinth",
        }

    def new_identity(self, ctx: Context, new: Props) -> str:
        return f"{new['keyValueStoreArn']},{new['key']}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        record = super().read(ctx, identity, given)
        if record is None or not _store_exists(ctx, record["keyValueStoreArn"]):
            return None
        return {**record, "totalSizeInBytes": _size(ctx, record["keyValueStoreArn"])}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        for name, most in (("key", _LARGEST_KEY), ("value", _LARGEST_VALUE)):
            text = new[name]
            if isinstance(text, str) and len(text.encode()) > most:
                yield Refusal(
                    "ValidationException",
                    f"The {name} has {len(text.encode())} bytes, at most {most} are allowed.",
                    name,
                )

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if _size(ctx, new["keyValueStoreArn"]) + len((new["key"] + new["value"]).encode()) > _LARGEST_STORE:
            yield Refusal("ServiceQuotaExceededException", "A key value store holds 5 MB.", "value")


def _size(ctx: Context, store: str) -> int:
    entries = [record for _, record in ctx.store.of_kind(KeyvaluestoreKey.token)]
    return sum(
        len((entry["key"] + entry["value"]).encode())
        for entry in entries
        if entry["keyValueStoreArn"] == store
    )


def _store_exists(ctx: Context, arn: str) -> bool:
    listed = ctx.client("cloudfront").list_key_value_stores()["KeyValueStoreList"].get("Items", [])
    return arn in [store["ARN"] for store in listed]
