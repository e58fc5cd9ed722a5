from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_managed_prefix_list(ctx: Context, args: Props) -> Props:
    """A prefix list by name or id, AWS's own among them."""
    ec2 = ctx.client("ec2")
    wanted = _one.filters({**args, "tags": None}, {"name": "prefix-list-name", "id": "prefix-list-id"})
    listed = ec2.describe_managed_prefix_lists(Filters=wanted)["PrefixLists"]
    found = _one.only(
        [item for item in listed if (args.get("tags") or {}).items() <= _one.tags(item).items()],
        "EC2 Managed Prefix List",
    )
    entries = ec2.get_managed_prefix_list_entries(PrefixListId=found["PrefixListId"])["Entries"]
    return {
        "addressFamily": found["AddressFamily"],
        "arn": found["PrefixListArn"],
        "entries": [
            {"cidr": entry["Cidr"], "description": entry.get("Description", "")} for entry in entries
        ],
        "filters": args.get("filters"),
        "id": found["PrefixListId"],
        "maxEntries": found.get("MaxEntries", 0),
        "name": found["PrefixListName"],
        "ownerId": found["OwnerId"],
        "region": ctx.region,
        "tags": _one.tags(found),
        "version": found.get("Version", 0),
    }
