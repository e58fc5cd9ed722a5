"""Zones that look-ups find."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.context import Context
from simcloud.invokes.cloudflare._asking import ask, fits
from simcloud.values import Props

NAMES = (
    "account activatedOn cnameSuffix createdOn developmentMode id meta modifiedOn name nameServers "
    "originalDnshost originalNameServers originalRegistrar owner paused permissions plan status tenant tenantUnit "
    "type vanityNameServers verificationKey"
)


def matching(ctx: Context, wanted: Props) -> Iterator[Any]:
    """The zones that a filter describes. Names may be asked with `contains:` and the like in front."""
    account = wanted.get("account") or {}
    for zone in ask(ctx, "/zones"):
        if (
            fits(zone["name"], _operator(wanted.get("name")))
            and fits(zone["status"], wanted.get("status"))
            and fits(zone["account"]["id"], account.get("id"))
            and fits(zone["account"]["name"], account.get("name"))
            and (not wanted.get("types") or zone["type"] in wanted["types"])
        ):
            yield zone


def _operator(name: str | None) -> Any:
    operator, found, text = (name or "").partition(":")
    words = {"equal": "exact", "contains": "contains", "starts_with": "startswith", "ends_with": "endswith"}
    return {words[operator]: text} if found and operator in words else name
