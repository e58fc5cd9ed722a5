"""What other resources name of Systems Manager."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver


def _parameter(ctx: Context, value: str) -> Any:
    return ctx.client("ssm").get_parameter(Name=value)


RESOLVERS = {
    "ssm_parameter": Resolver("ParameterNotFound", "The parameter {value} does not exist.", _parameter),
}
