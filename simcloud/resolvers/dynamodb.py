"""What other resources name of DynamoDB."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "dynamodb_table": Resolver(
        "ResourceNotFoundException",
        "Requested resource not found: Table: {value} not found",
        lambda ctx, value: ctx.client("dynamodb").describe_table(TableName=value.rsplit("table/", 1)[-1]),
    ),
}
