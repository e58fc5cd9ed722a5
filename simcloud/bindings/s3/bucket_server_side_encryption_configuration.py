from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params, Reference
from simcloud.bindings import _words
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class BucketServerSideEncryptionConfiguration(BucketConfiguration):
    """How a bucket encrypts what is put into it. Without it AWS encrypts with keys of its own."""

    token = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    operation = "put_bucket_encryption"
    parameters = {"ServerSideEncryptionConfiguration.Rules": "rules"}
    reader = "get_bucket_encryption"
    remover = "delete_bucket_encryption"
    references = (
        Reference("bucket", "bucket"),
        Reference("rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId", "kms_key"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "Bucket": new["bucket"],
            "ServerSideEncryptionConfiguration": {"Rules": _words.to_api(new["rules"], _WORDS)},
        }

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        rules = answer["ServerSideEncryptionConfiguration"]["Rules"]
        return {"rules": _words.from_api(rules, _WORDS)}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        rules = new["rules"]
        if isinstance(rules, list) and len(rules) != 1:
            yield Refusal("MalformedXML", f"exactly one rule is supported, got {len(rules)}.", "rules")
        for position, rule in enumerate(rules if isinstance(rules, list) else ()):
            default = rule.get("applyServerSideEncryptionByDefault") if isinstance(rule, Mapping) else None
            if (
                isinstance(default, Mapping)
                and default.get("sseAlgorithm") == "AES256"
                and "kmsMasterKeyId" in default
            ):
                yield Refusal(
                    "InvalidArgument",
                    "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
                    f"rules[{position}].applyServerSideEncryptionByDefault.kmsMasterKeyId",
                )


_WORDS = {"sseAlgorithm": "SSEAlgorithm", "kmsMasterKeyId": "KMSMasterKeyID"}
