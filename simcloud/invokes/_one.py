"""What look-ups have in common: filters, tags, and exactly one answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simcloud.refusal import Refusal
from simcloud.tagging import mapping
from simcloud.values import Props


def filters(args: Props, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The API's filters out of `filters`, `tags` and the arguments that `names` translates."""
    found = [{"Name": item["name"], "Values": list(item["values"])} for item in args.get("filters") or ()]
    found += [{"Name": f"tag:{name}", "Values": [value]} for name, value in (args.get("tags") or {}).items()]
    for name, api in names.items():
        if args.get(name) not in (None, ""):
            found.append({"Name": api, "Values": [written(args[name])]})
    return found


def written(value: Any) -> str:
    """A filter value as the API spells it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def only(found: Sequence[Any], what: str) -> Any:
    """The one thing that was found, in the provider's words when there is none or more."""
    if not found:
        raise Refusal("NotFound", f"no matching {what} found")
    if len(found) > 1:
        raise Refusal(
            "TooManyResults",
            f"multiple {what}s matched; use additional constraints to reduce matches to a single {what}",
        )
    return found[0]


def tags(found: Mapping[str, Any]) -> dict[str, str]:
    """The tags of an EC2 answer, AWS's own left out."""
    return {name: value for name, value in mapping(found.get("Tags")).items() if not name.startswith("aws:")}
