from __future__ import annotations

import json
from collections.abc import Iterator

from simcloud import policy_document
from simcloud.binding import Binding, Reference
from simcloud.bindings.sns import _topic_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class TopicPolicy(Binding):
    """Who may do what with a topic."""

    token = "aws:sns/topicPolicy:TopicPolicy"
    service = "sns"
    replaces = frozenset({"arn"})
    references = (Reference("arn", "topic"),)

    def create(self, ctx: Context, new: Props) -> str:
        _set(ctx, new["arn"], new["policy"])
        return str(new["arn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _set(ctx, identity, new["policy"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("sns").get_topic_attributes(TopicArn=identity)["Attributes"]
        if _is_default(found["Policy"]):
            return None
        return {"arn": identity, "owner": found["Owner"], "policy": found["Policy"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """AWS has no topic without a policy: the provider puts the default one back."""
        _set(ctx, identity, json.dumps(_default(ctx, identity)))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from policy_document.problems(new["policy"], "policy", policy_document.TOPIC)
        yield from _topic_rules.policy_problems(new["arn"], new["policy"])


_DEFAULT_ID = "__default_policy_ID"


def _set(ctx: Context, topic: str, policy: str) -> None:
    ctx.client("sns").set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)


def _is_default(policy: str) -> bool:
    return bool(json.loads(policy).get("Id") == _DEFAULT_ID)


def _default(ctx: Context, topic: str) -> Props:
    actions = ("GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic")
    more = ("Subscribe", "ListSubscriptionsByTopic", "Publish")
    return {
        "Version": "2008-10-17",
        "Id": _DEFAULT_ID,
        "Statement": [
            {
                "Sid": "__default_statement_ID",
                "Effect": "Allow",
                "Principal": {"AWS": "*"},
                "Action": [f"SNS:{action}" for action in (*actions, *more)],
                "Resource": topic,
                "Condition": {"StringEquals": {"AWS:SourceOwner": ctx.account}},
            }
        ],
    }
