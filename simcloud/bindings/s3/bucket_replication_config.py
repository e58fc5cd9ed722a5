from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params, Reference
from simcloud.bindings import _words
from simcloud.bindings.s3 import _replication_rules
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.tagging import mapping, pairs
from simcloud.values import Props, Value, without_none


class BucketReplicationConfig(BucketConfiguration):
    """Which objects of a bucket are copied where. Both buckets must be versioned."""

    token = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
    operation = "put_bucket_replication"
    parameters = {"ReplicationConfiguration.Rules": "rules", "ReplicationConfiguration.Role": "role"}
    replaces = frozenset({"bucket"})
    references = (Reference("bucket", "bucket"), Reference("role", "role"))
    reader = "get_bucket_replication"
    remover = "delete_bucket_replication"

    def request(self, ctx: Context, new: Props) -> Params:
        rules = new["rules"]
        listed = (
            [_words.to_api(_with_pairs(rule), _WORDS) for rule in rules] if isinstance(rules, list) else rules
        )
        return without_none(
            {
                "Bucket": new["bucket"],
                "ReplicationConfiguration": {"Role": new["role"], "Rules": listed},
                "Token": new.get("token"),
            }
        )

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        configuration = answer["ReplicationConfiguration"]
        return {
            "role": configuration["Role"],
            "rules": [_found_rule(rule) for rule in configuration["Rules"]],
        }

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _replication_rules.presence(ctx, new)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _replication_rules.problems(new)
        for position, rule in enumerate(new["rules"] if isinstance(new["rules"], list) else ()):
            destination = rule.get("destination") if isinstance(rule, Mapping) else None
            target = destination.get("bucket") if isinstance(destination, Mapping) else None
            if isinstance(target, str) and not target.startswith("arn:"):
                yield Refusal(
                    "InvalidArgument",
                    f"the destination {target!r} must be the ARN of a bucket.",
                    f"rules[{position}].destination.bucket",
                )


_WORDS = {"id": "ID", "replicaKmsKeyId": "ReplicaKmsKeyID"}


def _with_pairs(rule: Value) -> Value:
    """A rule with the tags of its filter as the API wants them."""
    both = (
        rule["filter"].get("and")
        if isinstance(rule, Mapping) and isinstance(rule.get("filter"), Mapping)
        else None
    )
    if not isinstance(both, Mapping) or not isinstance(both.get("tags"), Mapping):
        return rule
    return {**rule, "filter": {**rule["filter"], "and": {**both, "tags": pairs(both["tags"])}}}


def _found_rule(rule: Mapping[str, Any]) -> Props:
    found: Props = _words.from_api(rule, _WORDS)
    both = (found.get("filter") or {}).get("and") or {}
    if "tags" in both:
        both["tags"] = mapping(both["tags"], "key", "value")
    return found
