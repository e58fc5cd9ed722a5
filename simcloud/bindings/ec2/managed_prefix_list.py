from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _prefix_lists


class ManagedPrefixList(Binding):
    """Address ranges under one id, for rules and routes."""

    token = "aws:ec2/managedPrefixList:ManagedPrefixList"
    service = "ec2"
    operation = "create_managed_prefix_list"
    parameters = {"PrefixListName": "name"}
    replaces = frozenset({"addressFamily"})
    autoname = AutoName(limit=255)
    tagging = tagging.EC2

    def request(self, ctx: Context, new: Props) -> Params:
        parameters = {
            "PrefixListName": new["name"],
            "AddressFamily": new["addressFamily"],
            "MaxEntries": new["maxEntries"],
        }
        given = new.get("entries")
        if isinstance(given, list) and given:
            parameters["Entries"] = [
                _prefix_lists.written(entry) if isinstance(entry, Mapping) else entry for entry in given
            ]
        return parameters

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["PrefixList"]["PrefixListId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        ec2 = ctx.client("ec2")
        grown = new["maxEntries"] > old["maxEntries"]
        # AWS takes the size and the entries in separate calls only: the room first, or the entries first.
        if grown:
            ec2.modify_managed_prefix_list(PrefixListId=identity, MaxEntries=new["maxEntries"])
        if new["name"] != old["name"]:
            ec2.modify_managed_prefix_list(PrefixListId=identity, PrefixListName=new["name"])
        if "entries" in new and new["entries"] != old.get("entries"):
            _sync(ctx, identity, new["entries"])
        if new["maxEntries"] < old["maxEntries"]:
            ec2.modify_managed_prefix_list(PrefixListId=identity, MaxEntries=new["maxEntries"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _prefix_lists.found(ctx, identity)
        if found is None:
            return None
        return {
            "addressFamily": found["AddressFamily"],
            "arn": found["PrefixListArn"],
            "entries": _prefix_lists.entries(ctx, identity),
            "maxEntries": found["MaxEntries"],
            "name": found["PrefixListName"],
            "ownerId": found["OwnerId"],
            "version": found["Version"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_managed_prefix_list(PrefixListId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, family, most, entries = (
            new.get("name"), new.get("addressFamily"), new.get("maxEntries"), new.get("entries"),
        )  # fmt: skip
        if isinstance(name, str) and name.startswith("com.amazonaws"):
            yield Refusal("InvalidParameterValue", "the name cannot start with com.amazonaws.", "name")
        if isinstance(family, str) and family not in _prefix_lists.VERSIONS:
            yield Refusal(
                "InvalidParameterValue",
                f"Invalid value '{family}' for parameter addressFamily. It must be IPv4 or IPv6.",
                "addressFamily",
            )
        # AWS: awsdocs/amazon-vpc-user-guide#65, read 2026-11
        if isinstance(most, int | float) and not 1 <= int(most) <= 1000:
            yield Refusal(
                "InvalidParameterValue",
                f"maxEntries is {most}. Must specify a max size between 1 and 1000.",
                "maxEntries",
            )
        if isinstance(entries, list):
            yield from _entries_problems(entries, family, most)


def _entries_problems(entries: list[Any], family: Any, most: Any) -> Iterator[Refusal]:
    if isinstance(most, int | float) and len(entries) > int(most):
        yield Refusal(
            "PrefixListMaxEntriesExceeded",
            f"You've reached the maximum number of entries for the prefix list: {len(entries)} of {int(most)}.",
            "entries",
        )
    # AWS: hashicorp/terraform-provider-aws#17191, read 2026-11
    if len(entries) > 100:
        yield Refusal(
            "InvalidParameterValue",
            "The number of entries per request cannot exceeds limit (100).",
            "entries",
            "make further entries with aws.ec2.ManagedPrefixListEntry.",
        )
    seen: set[Any] = set()
    for position, entry in enumerate(entries):
        if not isinstance(entry, Mapping):
            continue
        yield from _prefix_lists.entry_problems(entry, family, f"entries[{position}].")
        if isinstance(entry.get("cidr"), str) and entry["cidr"] in seen:
            yield Refusal(
                "InvalidParameterValue", f"Duplicate entry {entry['cidr']}.", f"entries[{position}].cidr"
            )
        seen.add(entry.get("cidr"))


def _sync(ctx: Context, identity: str, wanted: list[Props]) -> None:
    current = {entry["cidr"]: entry for entry in _prefix_lists.entries(ctx, identity)}
    new = {entry["cidr"]: {"description": "", **entry} for entry in wanted}
    gone = sorted(current.keys() - new.keys())
    fresh = [entry for cidr, entry in new.items() if current.get(cidr) != entry]
    # A changed description is an entry removed and added again, in two calls.
    redescribed = [entry["cidr"] for entry in fresh if entry["cidr"] in current]
    if redescribed:
        _prefix_lists.change(ctx, identity, RemoveEntries=[{"Cidr": cidr} for cidr in redescribed])
    changes: Params = {}
    if gone:
        changes["RemoveEntries"] = [{"Cidr": cidr} for cidr in gone]
    if fresh:
        changes["AddEntries"] = [_prefix_lists.written(entry) for entry in fresh]
    if changes:
        _prefix_lists.change(ctx, identity, **changes)
