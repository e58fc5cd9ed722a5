from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from simcloud.binding import Params
from simcloud.bindings import _words
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.bindings.s3._lifecycle_rules import problems
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.tagging import mapping, pairs
from simcloud.values import Props, Value


class BucketLifecycleConfiguration(BucketConfiguration):
    """When objects move to cheaper storage, and when they go."""

    token = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
    operation = "put_bucket_lifecycle_configuration"
    parameters = {"LifecycleConfiguration.Rules": "rules"}
    defaults = {"transitionDefaultMinimumObjectSize": "all_storage_classes_128K"}
    reader = "get_bucket_lifecycle_configuration"
    remover = "delete_bucket_lifecycle"

    def request(self, ctx: Context, new: Props) -> Params:
        rules = new.get("rules", [])
        return {
            "Bucket": new["bucket"],
            "LifecycleConfiguration": {
                "Rules": list(map(_rule, rules)) if isinstance(rules, list) else rules
            },
            "TransitionDefaultMinimumObjectSize": new["transitionDefaultMinimumObjectSize"],
        }

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        return {
            "rules": [_found_rule(rule) for rule in answer["Rules"]],
            "expectedBucketOwner": given.get("expectedBucketOwner", ""),
            "transitionDefaultMinimumObjectSize": answer["TransitionDefaultMinimumObjectSize"],
        }

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        rules = new.get("rules")
        if not rules:
            yield Refusal("MalformedXML", "at least one rule is needed.", "rules")
        elif isinstance(rules, list):
            yield from problems(rules)


_WORDS = {"id": "ID"}


def _rule(rule: Value) -> Value:
    if not isinstance(rule, Mapping):
        return rule
    everything: Props = {} if "filter" in rule or "prefix" in rule else {"filter": {}}
    return _words.to_api(_with_pairs({**everything, **rule}), _WORDS)


def _with_pairs(rule: Mapping[str, Any]) -> Mapping[str, Any]:
    """Tags of a filter as the pairs that the API wants."""
    both = rule["filter"].get("and") if isinstance(rule.get("filter"), Mapping) else None
    if not isinstance(both, Mapping) or not isinstance(both.get("tags"), Mapping):
        return rule
    return {**rule, "filter": {**rule["filter"], "and": {**both, "tags": pairs(both["tags"])}}}


def _found_rule(rule: Mapping[str, Any]) -> Props:
    found: Props = _with_dates(_words.from_api(rule, _WORDS))
    both = found.get("filter", {}).get("and", {})
    if "tags" in both:
        both["tags"] = mapping(both["tags"], "key", "value")
    return found


def _with_dates(value: Value) -> Value:
    if isinstance(value, Mapping):
        return {key: _with_dates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_dates(item) for item in value]
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value
