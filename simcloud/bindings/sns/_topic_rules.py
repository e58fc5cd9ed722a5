"""What SNS refuses in the attributes of topics and subscriptions, which its model types as plain text.

AWS: SetTopicAttributes and SetSubscriptionAttributes, SNS API reference; from memory, not verified.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from simcloud import policy_document
from simcloud.bindings._checks import between, choice
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_CODE = "InvalidParameter"
_PROTOCOLS = ("application", "firehose", "http", "lambda", "sqs")
_RAW = ("firehose", "http", "https", "sqs")
# AWS: «Valid Amazon SNS policy actions», SNS Developer Guide.
_ACTIONS = frozenset(
    f"sns:{name}".lower()
    for name in (
        *(
            "AddPermission",
            "DeleteTopic",
            "GetDataProtectionPolicy",
            "GetTopicAttributes",
            "ListSubscriptionsByTopic",
        ),
        *(
            "ListTagsForResource",
            "Publish",
            "PutDataProtectionPolicy",
            "RemovePermission",
            "SetTopicAttributes",
        ),
        *("Subscribe", "Receive", "*"),
    )
)


def problems(new: Props) -> Iterator[Refusal]:
    """Of a topic."""
    yield from choice(new, "tracingConfig", ("Active", "PassThrough"), _CODE)
    yield from between(new, "signatureVersion", 1, 2, _CODE)
    for protocol in _PROTOCOLS:
        yield from between(new, f"{protocol}SuccessFeedbackSampleRate", 0, 100, _CODE)
    if new.get("contentBasedDeduplication") is True and new.get("fifoTopic") is not True:
        yield Refusal(_CODE, "only FIFO topics deduplicate.", "contentBasedDeduplication")
    display = new.get("displayName")
    if isinstance(display, str) and len(display) > 100:
        yield Refusal(_CODE, f"the display name has {len(display)} characters, at most 100.", "displayName")
    yield from document(new, "deliveryPolicy")
    yield from policy_document.problems(new.get("policy"), "policy", policy_document.TOPIC)


def subscription_problems(new: Props) -> Iterator[Refusal]:
    """Of a subscription."""
    yield from choice(new, "filterPolicyScope", ("MessageAttributes", "MessageBody"), _CODE)
    for name in ("deliveryPolicy", "filterPolicy", "redrivePolicy", "replayPolicy"):
        yield from document(new, name)
    yield from _filter_problems(new.get("filterPolicy"))
    protocol = new["protocol"]
    if new.get("rawMessageDelivery") is True and isinstance(protocol, str) and protocol not in _RAW:
        text = f"Delivery protocol [{protocol}] does not support raw message delivery."
        yield Refusal(_CODE, text, "rawMessageDelivery")


def policy_problems(topic: Value, policy: Value) -> Iterator[Refusal]:
    """Of the policy of a topic: it speaks of this topic, and of what can be done with topics."""
    for statement in policy_document.statements(policy):
        for resource in _listed(statement.get("Resource", [])):
            if isinstance(topic, str) and resource not in ("*", topic):
                text = f"Policy statement must apply to a single resource, which is {topic}, not {resource}."
                yield Refusal(_CODE, text, "policy")
        for action in _listed(statement.get("Action", [])):
            if str(action) != "*" and str(action).lower() not in _ACTIONS:
                yield Refusal(_CODE, f"Policy statement action out of service scope: {action}.", "policy")


def document(new: Props, name: str) -> Iterator[Refusal]:
    """Whether a property is a JSON object."""
    text = new.get(name)
    if isinstance(text, str) and not isinstance(_parsed(text), dict):
        yield Refusal(_CODE, f"{name} is not a JSON object.", name)


def _filter_problems(text: Value) -> Iterator[Refusal]:
    parsed = _parsed(text) if isinstance(text, str) else None
    for key, value in parsed.items() if isinstance(parsed, dict) else ():
        if not isinstance(value, list | dict):
            yield Refusal(_CODE, f'FilterPolicy: "{key}" must be an object or an array.', "filterPolicy")


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
