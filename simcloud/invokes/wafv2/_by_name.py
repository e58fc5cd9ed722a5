"""Parts of WAF by name and scope."""

from __future__ import annotations

from typing import Any

from simcloud.binding import Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


def find(ctx: Context, args: Props, listing: str, key: str, what: str) -> Params:
    """Name, scope and id of the one part of that name."""
    listed: list[Any] = getattr(ctx.client("wafv2"), listing)(Scope=args["scope"])[key]
    for summary in listed:
        if summary["Name"] == args["name"]:
            return {"Name": summary["Name"], "Scope": args["scope"], "Id": summary["Id"]}
    raise Refusal("NotFound", f"WAFv2 {what} not found for name: {args['name']}", "name")


def common(ctx: Context, args: Props, found: Any) -> Props:
    """What every look-up of WAF answers."""
    return {
        "arn": found["ARN"],
        "description": found.get("Description", ""),
        "id": found["Id"],
        "name": found["Name"],
        "region": ctx.region,
        "scope": args["scope"],
    }
