from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.call import Body
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.list_items import item_problems, key_of
from simcloud.cloudflare.resources.lists import COLLECTION
from simcloud.cloudflare.singleton import Singleton
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class ListItem(CloudflareBinding):
    """One item of a list."""

    token = "cloudflare:index/listItem:ListItem"
    resource = COLLECTION
    imported = "{accountId}/{listId}/{id}"
    replaces = frozenset({"accountId", "listId", "asn", "comment", "hostname", "ip", "redirect"})

    def path(self, props: Props) -> str:
        return "/accounts/{account_id}/rules/lists/{list_id}/items"

    def create(self, ctx: Context, new: Props) -> str:
        body = self.request(ctx, new)
        self.api(ctx, "POST", self.located(new), [body])
        items = self.api(ctx, "GET", self.located(new)).items
        return str(next(item["id"] for item in items if key_of(item) == key_of(body)))

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        self.api(ctx, "DELETE", self.located(old), {"items": [{"id": identity}]})

    def outputs(self, answer: Any, given: Props) -> Props:
        return {**super().outputs(answer, given), "operationId": given.get("operationId") or answer["id"]}

    def problems(self, collection: Collection | Singleton, body: Body) -> Iterator[ApiError]:
        yield from item_problems("", body, "")

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from super().rules(ctx, new)
        account, identity = new["accountId"], new["listId"]
        if not (isinstance(account, str) and isinstance(identity, str)):
            return
        found = ctx.store.get(f"cloudflare/accounts/{account}/rules/lists", identity)
        if found is None:
            yield Refusal("10001", "could not find list", "listId")
        else:
            yield from map(self.refusal, item_problems(found["kind"], self.request(ctx, new), ""))
