"""A topic that this account's alarms, databases and budgets publish to and people subscribe to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from components import topic_publishers
from components.account import Account
from components.errors import ComponentError
from components.iam_policy import document

_PUBLISHERS = (
    topic_publishers.alarms,
    topic_publishers.databases,
    topic_publishers.budgets,
    topic_publishers.anomalies,
)


def check_addresses(where: str, addresses: Sequence[str]) -> None:
    """Refuses what cannot be an e-mail address; SNS would accept some of it and send nothing."""
    for address in addresses:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
            raise ComponentError(
                where,
                f"`{address}` is no e-mail address",
                expected="something like team@example.com",
                fix="correct or remove it",
            )


def check_urls(where: str, urls: Sequence[pulumi.Input[str]]) -> None:
    """Refuses what is no HTTPS endpoint, as far as it is known; the text of a secret is not repeated."""
    for url in urls:
        if isinstance(url, str) and not re.fullmatch(r"https://[^\s/]+\.\S+", url):
            raise ComponentError(
                where,
                "an endpoint for messages is no HTTPS URL",
                expected="https:// and a host",
                fix="correct or remove it",
            )


def make_topic(
    parent: pulumi.Resource,
    name: str,
    here: pulumi.Output[Account],
    *,
    kms_key_arn: pulumi.Input[str],
    addresses: Sequence[str],
    urls: Sequence[pulumi.Input[str]] = (),
    tags: Mapping[str, str],
    region: str | None = None,
) -> pulumi.Output[str]:
    """The ARN of the topic, known only once they may publish to it."""
    topic = aws.sns.Topic(
        name,
        kms_master_key_id=kms_key_arn,
        region=region,
        tags={**tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent),
    )
    policy = aws.sns.TopicPolicy(
        f"{name}-policy",
        arn=topic.arn,
        region=region,
        policy=pulumi.Output.all(here, topic.arn).apply(lambda both: topic_policy(both[0], both[1])),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    for address in dict.fromkeys(addresses):
        _subscribe(parent, name, topic, address, region)
    for number, url in enumerate(urls, start=1):
        _call(parent, f"{name}-url-{number}", topic, url, region)
    return policy.arn


def topic_policy(account: Account, topic_arn: str) -> str:
    """Whatever components are told to tell it may publish, on behalf of this account; nobody does without TLS."""
    return document(
        *(let_in(account, topic_arn) for let_in in _PUBLISHERS),
        topic_publishers.nobody_without_tls(topic_arn),
    )


def _subscribe(
    parent: pulumi.Resource, name: str, topic: aws.sns.Topic, address: str, region: str | None
) -> None:
    slug = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")
    aws.sns.TopicSubscription(
        f"{name}-{slug}",
        topic=topic.arn,
        protocol="email",
        endpoint=address,
        region=region,
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _call(
    parent: pulumi.Resource,
    name: str,
    topic: aws.sns.Topic,
    url: pulumi.Input[str],
    region: str | None,
) -> None:
    aws.sns.TopicSubscription(
        name,
        topic=topic.arn,
        protocol="https",
        endpoint=pulumi.Output.secret(url),
        endpoint_auto_confirms=True,
        region=region,
        opts=pulumi.ResourceOptions(parent=parent),
    )
