from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.sns import _topic_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_ATTRIBUTES = {
    "displayName": "DisplayName",
    "policy": "Policy",
    "deliveryPolicy": "DeliveryPolicy",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "signatureVersion": "SignatureVersion",
    "tracingConfig": "TracingConfig",
}
_NAME = re.compile(r"[A-Za-z0-9_-]{1,256}(\.fifo)?")


class Topic(Binding):
    """A topic and its attributes."""

    token = "aws:sns/topic:Topic"
    service = "sns"
    operation = "create_topic"
    parameters = {"Name": "name"}
    replaces = frozenset({"name", "namePrefix", "fifoTopic"})
    defaults = {"fifoTopic": False, "contentBasedDeduplication": False}
    autoname = AutoName(limit=256)
    tagging = tagging.SNS
    references = (Reference("kmsMasterKeyId", "kms_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        fifo = {"FifoTopic": "true"} if new["fifoTopic"] is True else {}
        return {"Name": new["name"], "Attributes": fifo}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["TopicArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        for name, attribute in _ATTRIBUTES.items():
            if new.get(name) != old.get(name):
                ctx.client("sns").set_topic_attributes(
                    TopicArn=identity, AttributeName=attribute, AttributeValue=str(new.get(name, ""))
                )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("sns").get_topic_attributes(TopicArn=identity)["Attributes"]
        return {
            "arn": identity,
            "name": identity.rsplit(":", 1)[-1],
            "namePrefix": given.get("namePrefix", ""),
            "owner": found["Owner"],
            "policy": found["Policy"],
            "displayName": found.get("DisplayName") or None,
            "deliveryPolicy": found.get("DeliveryPolicy") or None,
            "kmsMasterKeyId": found.get("KmsMasterKeyId") or None,
            "fifoTopic": found.get("FifoTopic") == "true",
            "signatureVersion": given.get("signatureVersion", 0),
            "tracingConfig": given.get("tracingConfig", ""),
            "beginningArchiveTime": "",
            "fifoThroughputScope": "",
            "maximumMessageSize": given.get("maximumMessageSize", 262144),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("sns").delete_topic(TopicArn=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _topic_rules.problems(new)
        name = new["name"]
        # AWS: CreateTopic, SNS API reference: `Name`; per reference notes, not verified against AWS.
        if isinstance(name, str) and not _NAME.fullmatch(name):
            yield Refusal(
                "InvalidParameter",
                f"topic name {name!r} may hold letters, digits, - and _, at most 256.",
                "name",
            )
        if isinstance(name, str) and (new["fifoTopic"] is True) != name.endswith(".fifo"):
            yield Refusal(
                "InvalidParameter", "a FIFO topic's name ends in .fifo, another's does not.", "name"
            )
