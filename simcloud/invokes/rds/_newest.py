"""The one snapshot that a look-up asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simcloud.refusal import Refusal
from simcloud.tagging import mapping
from simcloud.values import Props


def only(listed: Sequence[Mapping[str, Any]], args: Props, what: str) -> Mapping[str, Any]:
    """The one that has the tags asked for, or with `mostRecent` the newest of several."""
    wanted = (args.get("tags") or {}).items()
    found = [one for one in listed if wanted <= mapping(one.get("TagList")).items()]
    if not found:
        raise Refusal("NotFound", f"Your query returned no results: there is no such {what}.")
    if len(found) > 1 and not args.get("mostRecent"):
        raise Refusal(
            "TooManyResults",
            f"Your query returned more than one {what}. Please try a more specific search criteria.",
            fix="set mostRecent.",
        )
    return max(found, key=lambda one: one["SnapshotCreateTime"])
