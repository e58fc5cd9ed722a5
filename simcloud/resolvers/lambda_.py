"""What other resources name of Lambda, and what functions name."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver
from simcloud.resolvers.sns import RESOLVERS as OF_SNS
from simcloud.resolvers.sqs import RESOLVERS as OF_SQS


def _dead_letter_target(ctx: Context, value: str) -> Any:
    return (OF_SNS["topic"] if ":sns:" in value else OF_SQS["queue"]).look(ctx, value)


RESOLVERS = {
    "lambda_function": Resolver(
        "ResourceNotFoundException",
        "Function not found: {value}",
        lambda ctx, value: ctx.client("lambda").get_function(FunctionName=value),
    ),
    "dead_letter_target": Resolver(
        "InvalidParameterValueException",
        "The provided execution role cannot send to {value}: it does not exist.",
        _dead_letter_target,
    ),
}
