from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.sns import _topic_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: Subscribe, SNS API reference: `Protocol`; per reference notes, not verified against AWS.
_ENDPOINTS = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "email-json": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "http": re.compile(r"http://.+"),
    "https": re.compile(r"https://.+"),
    "sms": re.compile(r"\+?[0-9-]{5,20}"),
    "sqs": re.compile(r"arn:[^:]+:sqs:.+"),
    "lambda": re.compile(r"arn:[^:]+:lambda:.+"),
    "firehose": re.compile(r"arn:[^:]+:firehose:.+"),
    "application": re.compile(r"arn:[^:]+:sns:.+"),
}
_ATTRIBUTES = {
    "filterPolicy": "FilterPolicy",
    "filterPolicyScope": "FilterPolicyScope",
    "rawMessageDelivery": "RawMessageDelivery",
    "redrivePolicy": "RedrivePolicy",
    "deliveryPolicy": "DeliveryPolicy",
}


class TopicSubscription(Binding):
    """One receiver of a topic."""

    token = "aws:sns/topicSubscription:TopicSubscription"
    service = "sns"
    operation = "subscribe"
    parameters = {"TopicArn": "topic"}
    replaces = frozenset({"topic", "protocol", "endpoint"})
    defaults = {"confirmationTimeoutInMinutes": 1, "endpointAutoConfirms": False, "rawMessageDelivery": False}
    references = (Reference("topic", "topic"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "TopicArn": new["topic"],
            "Protocol": new["protocol"],
            "Endpoint": new["endpoint"],
            "ReturnSubscriptionArn": True,
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["SubscriptionArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        before = {"rawMessageDelivery": False, **old}
        for name, attribute in _ATTRIBUTES.items():
            if new.get(name) != before.get(name):
                value = str(new[name]).lower() if isinstance(new.get(name), bool) else str(new.get(name, ""))
                ctx.client("sns").set_subscription_attributes(
                    SubscriptionArn=identity, AttributeName=attribute, AttributeValue=value
                )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("sns").get_subscription_attributes(SubscriptionArn=identity)["Attributes"]
        return {
            "arn": identity,
            "topic": found["TopicArn"],
            "protocol": found["Protocol"],
            "endpoint": found["Endpoint"],
            "ownerId": found["Owner"],
            "rawMessageDelivery": found.get("RawMessageDelivery") == "true",
            "filterPolicy": found.get("FilterPolicy") or None,
            "filterPolicyScope": found.get("FilterPolicyScope", ""),
            # A person has to answer the mail: AWS leaves it pending, and so does the provider.
            "pendingConfirmation": found["Protocol"] in ("email", "email-json"),
            "confirmationWasAuthenticated": found.get("ConfirmationWasAuthenticated") == "true",
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("sns").unsubscribe(SubscriptionArn=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _topic_rules.subscription_problems(new)
        protocol, endpoint = new["protocol"], new["endpoint"]
        if isinstance(protocol, str) and protocol not in _ENDPOINTS:
            known = ", ".join(sorted(_ENDPOINTS))
            yield Refusal("InvalidParameter", f"protocol {protocol!r} is not one of {known}.", "protocol")
        elif (
            isinstance(protocol, str)
            and isinstance(endpoint, str)
            and not _ENDPOINTS[protocol].fullmatch(endpoint)
        ):
            yield Refusal(
                "InvalidParameter", f"{endpoint!r} is no endpoint for protocol {protocol}.", "endpoint"
            )
