"""What other resources name of Secrets Manager."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "secret": Resolver(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret: {value}",
        lambda ctx, value: ctx.client("secretsmanager").describe_secret(SecretId=value),
    ),
}
