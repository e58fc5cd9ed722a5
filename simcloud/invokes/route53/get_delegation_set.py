from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props


def get_delegation_set(ctx: Context, args: Props) -> Props:
    """A reusable delegation set by id."""
    identity = args["id"]
    found = ctx.client("route53").get_reusable_delegation_set(Id=identity)["DelegationSet"]
    return {
        "arn": ctx.arn("route53", f"delegationset/{identity}", regional=False, account=False),
        "callerReference": found.get("CallerReference", ""),
        "id": identity,
        "nameServers": sorted(found["NameServers"]),
    }
