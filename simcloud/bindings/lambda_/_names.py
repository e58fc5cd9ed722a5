"""How functions are named: by name, by ARN, with a version or an alias, and in the ways of API Gateway."""

from __future__ import annotations

from simcloud.context import Context


def name_of(function: str) -> str:
    """The name in a name or an ARN, without version or alias."""
    return function.rsplit(":function:", maxsplit=1)[-1].split(":", maxsplit=1)[0]


def same(given: object, found: str) -> str:
    """`found`, a name or an ARN, as `given` writes it if both mean one function."""
    return given if isinstance(given, str) and name_of(given) == name_of(found) else found


def invoke_arn(ctx: Context, arn: str) -> str:
    """What API Gateway calls a function by."""
    return f"arn:{ctx.partition}:apigateway:{ctx.region}:lambda:path/2015-03-31/functions/{arn}/invocations"


def streaming_arn(ctx: Context, arn: str) -> str:
    """What API Gateway calls a function by whose answer comes in pieces."""
    path = f"path/2021-11-15/functions/{arn}/response-streaming-invocations"
    return f"arn:{ctx.partition}:apigateway:{ctx.region}:lambda:{path}"
