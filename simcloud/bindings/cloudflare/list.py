from __future__ import annotations

from collections.abc import Iterator

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.list_items import item_problems
from simcloud.cloudflare.resources.lists import COLLECTION
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.schema import schema_of
from simcloud.values import Props

_ITEM = "cloudflare:index/listItem:ListItem"


class List(CloudflareBinding):
    """A list that rules can ask, with its items if the program says them here."""

    token = "cloudflare:index/list:List"
    resource = COLLECTION
    imported = "{accountId}/{id}"
    replaces = frozenset({"accountId", "kind", "name"})
    unsent = frozenset({"items"})

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        super().configure(ctx, identity, new, old)
        if new.get("items") != old.get("items"):
            items = self.words.body({"items": new.get("items") or []})["items"]
            self.api(ctx, "PUT", f"{self.item(identity, new)}/items", items)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = super().read(ctx, identity, given)
        if found is None or "items" not in given:
            return found
        page = self.api(ctx, "GET", f"{self.item(identity, given)}/items")
        return {**found, "items": [_shown(self.words.props(item)) for item in page.items]}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from super().rules(ctx, new)
        kind, items = new["kind"], new.get("items")
        said = self.words.body({"items": items})["items"] if isinstance(items, list) else []
        for position, item in enumerate(said if isinstance(kind, str) else []):
            if isinstance(item, dict):
                yield from map(self.refusal, item_problems(kind, item, f"items[{position}]"))


def _shown(item: Props) -> Props:
    """An item as the program says it."""
    names = schema_of(_ITEM).inputs
    return {name: value for name, value in item.items() if name in names}
