"""Life-cycle rules as the bucket itself may say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from simcloud.binding import Params
from simcloud.tagging import mapping, pairs
from simcloud.values import Props, Value, without_none

_EXPIRATION = {"date": "Date", "days": "Days", "expiredObjectDeleteMarker": "ExpiredObjectDeleteMarker"}
_TRANSITION = {"date": "Date", "days": "Days", "storageClass": "StorageClass"}
_OLD = {"days": "NoncurrentDays", "storageClass": "StorageClass"}


def written(rules: Value) -> Params:
    """The parameters of PutBucketLifecycleConfiguration."""
    listed = [_rule(number, rule) for number, rule in enumerate(rules)] if isinstance(rules, list) else rules
    return {"LifecycleConfiguration": {"Rules": listed}}


def found(answer: Mapping[str, Any]) -> list[Props]:
    """The property, out of the answer of GetBucketLifecycleConfiguration."""
    return [_found(rule) for rule in answer["Rules"]]


def _rule(number: int, rule: Value) -> Value:
    if not isinstance(rule, Mapping):
        return rule
    enabled, days = rule.get("enabled"), rule.get("abortIncompleteMultipartUploadDays")
    status = (
        {True: "Enabled", False: "Disabled"}.get(enabled, enabled) if isinstance(enabled, bool) else enabled
    )
    return without_none(
        {
            # The provider makes up an id where there is none.
            "ID": rule.get("id") or f"tf-s3-lifecycle-{number:026d}",
            "Status": status,
            "Filter": _filter(rule.get("prefix") or "", rule.get("tags") or {}),
            "Expiration": _words(rule.get("expiration"), _EXPIRATION),
            "Transitions": _list(rule.get("transitions"), _TRANSITION),
            "NoncurrentVersionExpiration": _words(rule.get("noncurrentVersionExpiration"), _OLD),
            "NoncurrentVersionTransitions": _list(rule.get("noncurrentVersionTransitions"), _OLD),
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": days} if days else None,
        }
    )


def _filter(prefix: Value, tags: Value) -> Props:
    if not tags or not isinstance(tags, Mapping):
        return {"Prefix": prefix}
    return {"And": {"Prefix": prefix, "Tags": pairs(tags)}}


def _found(rule: Mapping[str, Any]) -> Props:
    chosen = rule.get("Filter") or {}
    both = chosen.get("And") or {}
    return without_none(
        {
            "id": rule.get("ID"),
            "enabled": rule["Status"] == "Enabled",
            "prefix": both.get("Prefix") or chosen.get("Prefix") or rule.get("Prefix") or "",
            "tags": mapping(both["Tags"]) if both.get("Tags") else None,
            "expiration": _back(rule.get("Expiration"), _EXPIRATION),
            "transitions": _backs(rule.get("Transitions"), _TRANSITION),
            "noncurrentVersionExpiration": _back(rule.get("NoncurrentVersionExpiration"), _OLD),
            "noncurrentVersionTransitions": _backs(rule.get("NoncurrentVersionTransitions"), _OLD),
            "abortIncompleteMultipartUploadDays": rule.get("AbortIncompleteMultipartUpload", {}).get(
                "DaysAfterInitiation"
            ),
        }
    )


def _words(value: Value, names: Mapping[str, str]) -> Value:
    if not isinstance(value, Mapping):
        return value
    return {api: value[name] for name, api in names.items() if value.get(name) is not None}


def _list(value: Value, names: Mapping[str, str]) -> Value:
    return [_words(item, names) for item in value] if isinstance(value, list) else value


def _back(value: Mapping[str, Any] | None, names: Mapping[str, str]) -> Props | None:
    if not value:
        return None
    said = {name: value[api] for name, api in names.items() if value.get(api) is not None}
    return {name: _day(item) for name, item in said.items()}


def _backs(value: list[Mapping[str, Any]] | None, names: Mapping[str, str]) -> list[Props | None] | None:
    return [_back(item, names) for item in value] if value else None


def _day(value: Any) -> Any:
    return value.strftime("%Y-%m-%d") if isinstance(value, datetime) else value
