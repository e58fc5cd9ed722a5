"""One call of the API: what was asked, when, and the store that it is answered from."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from simcloud.store import Store
from simcloud.values import Value

Body = dict[str, Value]
Record = Mapping[str, Value]
HEX = "0123456789abcdef"


@dataclass(frozen=True)
class Call:
    """`params` are the path's, `at` the time as Cloudflare writes it; `dice` gives the same ids in every replay."""

    store: Store
    params: Mapping[str, str]
    at: str
    dice: random.Random
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None

    def new_id(self, length: int = 32) -> str:
        """An identifier as Cloudflare gives them out: hexadecimal digits."""
        return "".join(self.dice.choices(HEX, k=length))

    def new_uuid(self) -> str:
        """An identifier of the products that use UUIDs."""
        digits = self.new_id()
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"

    def zone(self) -> Record | None:
        """The zone that the path names."""
        return self.store.get(ZONES, self.params.get("zone_id", ""))

    def below(self, pattern: str) -> Iterator[tuple[str, Record]]:
        """Records of every scope: `load_balancers` of all zones, for one. Not to be changed."""
        for kind in self.store.kinds():
            if kind.startswith("cloudflare/") and kind.endswith(f"/{pattern}"):
                yield from self.store.scan(kind)


ZONES = "cloudflare/zones"


def kind_of(path: str) -> str:
    """The store's name for the objects of a path."""
    return f"cloudflare{path}"
