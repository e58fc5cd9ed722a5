from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_prefix_list(ctx: Context, args: Props) -> Props:
    """A prefix list of an AWS service, as gateway endpoints use it."""
    wanted = _one.filters(args, {"name": "prefix-list-name", "prefixListId": "prefix-list-id"})
    found = _one.only(
        ctx.client("ec2").describe_prefix_lists(Filters=wanted)["PrefixLists"], "EC2 Prefix List"
    )
    return {
        "cidrBlocks": found["Cidrs"],
        "filters": args.get("filters"),
        "id": found["PrefixListId"],
        "name": found["PrefixListName"],
        "prefixListId": args.get("prefixListId"),
        "region": ctx.region,
    }
