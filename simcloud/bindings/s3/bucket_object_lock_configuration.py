from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import Params
from simcloud.bindings import _words
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class BucketObjectLockConfiguration(BucketConfiguration):
    """How long new objects of a bucket cannot be deleted. The lock itself can never be taken off."""

    token = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
    operation = "put_object_lock_configuration"
    parameters = {
        "ObjectLockConfiguration.ObjectLockEnabled": "objectLockEnabled",
        "ObjectLockConfiguration.Rule": "rule",
    }
    replaces = frozenset({"bucket", "expectedBucketOwner", "objectLockEnabled"})
    defaults = {"objectLockEnabled": "Enabled"}
    reader = "get_object_lock_configuration"

    def request(self, ctx: Context, new: Props) -> Params:
        configuration = without_none(
            {
                "ObjectLockEnabled": new["objectLockEnabled"],
                "Rule": _words.to_api(new.get("rule"), {}),
            }
        )
        return without_none(
            {"Bucket": new["bucket"], "ObjectLockConfiguration": configuration, "Token": new.get("token")}
        )

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        configuration = answer["ObjectLockConfiguration"]
        if configuration.get("ObjectLockEnabled") != "Enabled":
            return None
        return {
            "objectLockEnabled": "Enabled",
            "rule": _found_rule(configuration.get("Rule")),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """The provider takes the rule away; the lock stays."""
        ctx.client("s3").put_object_lock_configuration(
            Bucket=identity, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"}
        )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        rule = new.get("rule")
        retention = rule.get("defaultRetention") if isinstance(rule, Mapping) else None
        if not isinstance(retention, Mapping):
            return
        # From memory of AWS's documentation, not verified: DefaultRetention, S3 API Reference.
        if ("days" in retention) == ("years" in retention):
            yield Refusal("MalformedXML", "exactly one of days and years is needed.", "rule.defaultRetention")
        if "mode" not in retention:
            yield Refusal("MalformedXML", "a default retention needs a mode.", "rule.defaultRetention.mode")
        for name in ("days", "years"):
            value = retention.get(name)
            if isinstance(value, int | float) and value < 1:
                yield Refusal(
                    "InvalidArgument",
                    "Default retention period must be a positive integer value.",
                    f"rule.defaultRetention.{name}",
                )

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        """AWS: the lock needs versions."""
        try:
            versioning = ctx.client("s3").get_bucket_versioning(Bucket=new["bucket"])
        except ClientError:
            return  # a missing bucket is told by its own refusal
        if versioning.get("Status") != "Enabled":
            yield Refusal(
                "InvalidBucketState",
                "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
                "bucket",
                "let it depend on a BucketVersioning, or set objectLockEnabled on the bucket.",
            )


def _found_rule(rule: Mapping[str, Any] | None) -> Props | None:
    if not rule:
        return None
    retention = _words.from_api(rule["DefaultRetention"], {})
    return {"defaultRetention": {key: value for key, value in retention.items() if value}}
