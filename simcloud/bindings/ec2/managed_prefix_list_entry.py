from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _prefix_lists


class ManagedPrefixListEntry(Binding):
    """One range of a prefix list."""

    token = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"
    service = "ec2"
    replaces = frozenset({"cidr", "description", "prefixListId"})
    faults = {
        "InvalidParameterValue": "cidr",
        "OperationNotPermitted": "prefixListId",
        "PrefixListMaxEntriesExceeded": "prefixListId",
    }
    references = (Reference("prefixListId", "prefix_list"),)

    def create(self, ctx: Context, new: Props) -> str:
        _prefix_lists.change(ctx, new["prefixListId"], AddEntries=[_prefix_lists.written(new)])
        return f"{new['prefixListId']},{new['cidr']}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        prefix_list, _, cidr = identity.partition(",")
        if _prefix_lists.found(ctx, prefix_list) is None:
            return None
        for entry in _prefix_lists.entries(ctx, prefix_list):
            if entry["cidr"] == cidr:
                return {
                    "cidr": cidr,
                    "description": entry["description"] or None,
                    "prefixListId": prefix_list,
                }
        return None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        prefix_list, _, cidr = identity.partition(",")
        _prefix_lists.change(ctx, prefix_list, RemoveEntries=[{"Cidr": cidr}])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        cidr = new.get("cidr")
        if isinstance(cidr, str):
            yield from _prefix_lists.entry_problems(new, "IPv6" if ":" in cidr else "IPv4")
