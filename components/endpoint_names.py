"""Which AWS services a VPC can reach without the internet, and which of them a private task cannot do without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# Their endpoints are routes, without a price. The one of S3 is in every network.
GATEWAYS = ("s3", "dynamodb")

# AWS: "Amazon ECS interface VPC endpoints", "Considerations for Amazon ECS VPC endpoints for Fargate", Amazon ECS
# developer guide: image (ecr.api, ecr.dkr, and S3 for the layers), log and secrets; read 2026-11. Tasks on Fargate
# need no endpoint of ECS itself, except in regions that opened after 2023-12-23.
TASKS = ("ecr.api", "ecr.dkr", "logs", "secretsmanager")

# What the Systems Manager agent talks to: a session instead of SSH.
SESSIONS = ("ssm", "ssmmessages", "ec2messages")

# What an application calls itself: keys, credentials, metrics, queues, topics, traces, e-mail.
APPLICATION = ("kms", "sts", "monitoring", "sqs", "sns", "xray", "email-smtp")


def interfaces(names: Iterable[str]) -> Sequence[str]:
    """The names whose endpoints are network interfaces, each once."""
    return [name for name in dict.fromkeys(names) if name not in GATEWAYS]


def missing_for_tasks(names: Iterable[str]) -> Sequence[str]:
    """What a task behind no NAT would lack; empty where the endpoints suffice."""
    given = set(names)
    return [name for name in TASKS if name not in given]
