"""A topic that Budgets and Cost Anomaly Detection may publish to."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from components import topic_publishers
from components.account import Account, current
from components.iam_policy import document
from components.key import Key, KeyArgs


def make_budget_topic(parent: pulumi.Resource, name: str, tags: Mapping[str, str]) -> pulumi.Output[str]:
    """The ARN of an encrypted topic, known only once both services may publish to it."""
    opts = pulumi.ResourceOptions(parent=parent)
    key = KeyArgs(alias=name, description="Messages of budgets", tags=tags)
    topic = aws.sns.Topic(
        name,
        kms_master_key_id=Key(f"{name}-key", key, opts).arn,
        tags={**tags, "Name": name},
        opts=opts,
    )
    return aws.sns.TopicPolicy(
        f"{name}-policy",
        arn=topic.arn,
        policy=pulumi.Output.all(current(parent), topic.arn).apply(
            lambda known: budget_topic_policy(known[0], known[1])
        ),
        opts=opts,
    ).arn


def budget_topic_policy(account: Account, topic_arn: str) -> str:
    """Both services, on behalf of this account, and nobody without TLS."""
    return document(
        topic_publishers.budgets(account, topic_arn),
        topic_publishers.anomalies(account, topic_arn),
        topic_publishers.nobody_without_tls(topic_arn),
    )
