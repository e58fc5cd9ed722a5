"""Entries of managed prefix lists: every change names the version that it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from ._cidr import cidr_problems

VERSIONS = {"IPv4": 4, "IPv6": 6}


def found(ctx: Context, identity: str) -> dict[str, Any] | None:
    """The list, unless it is gone."""
    lists = ctx.client("ec2").describe_managed_prefix_lists(PrefixListIds=[identity])["PrefixLists"]
    return next((dict(item) for item in lists if not item["State"].startswith("delete")), None)


def entries(ctx: Context, identity: str) -> list[Props]:
    """The entries of the newest version in the provider's words."""
    answer = ctx.client("ec2").get_managed_prefix_list_entries(PrefixListId=identity)
    return [read(entry) for entry in answer["Entries"]]


def read(entry: Mapping[str, Any]) -> Props:
    """An API entry in the provider's words."""
    return {"cidr": entry["Cidr"], "description": entry.get("Description") or ""}


def written(entry: Mapping[str, Any]) -> Params:
    """An entry as the API wants it."""
    text = {"Description": entry["description"]} if entry.get("description") else {}
    return {"Cidr": entry["cidr"], **text}


def change(ctx: Context, identity: str, **changes: Any) -> None:
    """Modify the newest version."""
    version = (found(ctx, identity) or {}).get("Version")
    current = {} if version is None else {"CurrentVersion": version}
    ctx.client("ec2").modify_managed_prefix_list(PrefixListId=identity, **current, **changes)


def entry_problems(entry: Mapping[str, Any], family: Any, prefix: str = "") -> Iterator[Refusal]:
    """What is wrong with one entry."""
    text = entry.get("description")
    if family in VERSIONS:
        yield from cidr_problems(entry.get("cidr"), f"{prefix}cidr", VERSIONS[family])
    # AWS: API reference of AddPrefixListEntry (botocore 1.44.5), read 2026-11: up to 255 characters
    if isinstance(text, str) and len(text) > 255:
        yield Refusal(
            "InvalidParameterValue",
            f"the description has {len(text)} characters, at most 255 are allowed.",
            f"{prefix}description",
        )
