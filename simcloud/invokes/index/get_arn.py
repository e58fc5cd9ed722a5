from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.index import _arns
from simcloud.values import Props


def get_arn(ctx: Context, args: Props) -> Props:
    """The parts of an ARN."""
    return {**_arns.parts(args["arn"]), "arn": args["arn"], "id": args["arn"]}
