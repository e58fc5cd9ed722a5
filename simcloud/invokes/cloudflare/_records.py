"""Records that look-ups find."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.context import Context
from simcloud.invokes.cloudflare._asking import answered, ask, fits
from simcloud.values import Props

NAMES = (
    "comment commentModifiedOn content createdOn data id meta modifiedOn name priority privateRouting proxiable "
    "proxied settings tags tagsModifiedOn ttl type"
)


def shown(record: Any, args: Props, more: str = "") -> Props:
    """A record as a result."""
    return answered(f"{NAMES} {more}", record, args, meta="{}")


def matching(ctx: Context, zone: str, wanted: Props) -> Iterator[Any]:
    """The records of a zone that a filter describes."""
    for record in ask(ctx, f"/zones/{zone}/dns_records"):
        if (
            all(fits(record.get(name), wanted.get(name)) for name in ("name", "content", "type", "comment"))
            and wanted.get("proxied") in (None, record["proxied"])
            and str(wanted.get("search") or "") in f"{record['name']} {record['content']}"
        ):
            yield record
