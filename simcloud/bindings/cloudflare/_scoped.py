"""Types that belong to a zone or to an account, whichever the program says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.collection import Collection
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_IMPORT = re.compile(r"(accounts|zones)/([^/]+)/([^/]+)")


class ScopedBinding(CloudflareBinding):
    """Subclasses name the collections of both."""

    resource: ClassVar[Collection]
    """The zone's."""
    of_account: ClassVar[Collection]
    replaces = frozenset({"zoneId", "accountId"})

    def collection(self, props: Props) -> Collection:
        return self.of_account if props.get("accountId") is not None else self.resource

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if ("zoneId" in new) == ("accountId" in new):
            yield Refusal("1003", "exactly one of zoneId and accountId must be given.", "zoneId")
            return
        yield from super().rules(ctx, new)

    def import_id(self, identity: str) -> Props:
        match = _IMPORT.fullmatch(identity)
        return {} if match is None else {"accountId" if match[1] == "accounts" else "zoneId": match[2]}

    def outputs(self, answer: Any, given: Props) -> Props:
        other = "zoneId" if given.get("accountId") is not None else "accountId"
        return {**super().outputs(answer, given), other: None}
