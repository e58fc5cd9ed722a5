"""Conditions by which AWS Backup selects resources: the provider has a list of blocks, the API one structure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value

_KINDS = {
    "stringEquals": "StringEquals",
    "stringLikes": "StringLike",
    "stringNotEquals": "StringNotEquals",
    "stringNotLikes": "StringNotLike",
}


def to_request(blocks: Value) -> Value:
    """All blocks as the one structure; None if there is none."""
    if isinstance(blocks, Unknown) or not blocks:
        return blocks or None
    known = [block for block in blocks if not isinstance(block, Unknown)]
    joined = {
        there: [_pair(pair) for block in known for pair in block.get(here) or ()]
        for here, there in _KINDS.items()
    }
    return {kind: pairs for kind, pairs in joined.items() if pairs}


def to_props(found: Mapping[str, Any] | None) -> list[Props]:
    """The structure as the one block that says the same."""
    block = {
        here: [{"key": pair["ConditionKey"], "value": pair["ConditionValue"]} for pair in found[there]]
        for here, there in _KINDS.items()
        if found and found.get(there)
    }
    return [block] if block else []


def problems(blocks: Value) -> Iterator[Refusal]:
    """Keys that are no resource tags."""
    # AWS: Conditions, AWS Backup API reference: `aws:ResourceTag/…`; from memory of AWS's documentation, not verified.
    for position, block in enumerate(blocks if isinstance(blocks, list) else ()):
        for kind in _KINDS:
            pairs = block.get(kind) if isinstance(block, dict) else None
            for at, pair in enumerate(pairs if isinstance(pairs, list) else ()):
                key = pair.get("key") if isinstance(pair, dict) else None
                if isinstance(key, str) and not key.startswith("aws:ResourceTag/"):
                    yield Refusal(
                        "InvalidParameterValueException",
                        f"the condition key {key!r} must begin with aws:ResourceTag/.",
                        f"conditions[{position}].{kind}[{at}].key",
                    )


def _pair(pair: Value) -> Value:
    if isinstance(pair, Unknown):
        return pair
    return {"ConditionKey": pair["key"], "ConditionValue": pair["value"]}
