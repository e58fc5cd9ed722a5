"""With which accounts a snapshot is shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simcloud.binding import Params
from simcloud.values import Props

_RESTORE = "restore"


def share(modify: Callable[..., Any], where: Params, new: Props, old: Props) -> None:
    """Bring the accounts from those of `old` to those of `new`."""
    after, before = (set(props.get("sharedAccounts") or ()) for props in (new, old))
    if after != before:
        modify(
            **where,
            AttributeName=_RESTORE,
            ValuesToAdd=sorted(after - before),
            ValuesToRemove=sorted(before - after),
        )


def accounts(attributes: list[dict[str, Any]]) -> list[str] | None:
    """The accounts, out of a snapshot's attributes."""
    found = next((one for one in attributes if one["AttributeName"] == _RESTORE), {})
    return sorted(found.get("AttributeValues") or ()) or None
