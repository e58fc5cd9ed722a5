"""Lists of addresses, hosts, networks and redirects, which rules of an account's zones can ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from simcloud.cloudflare.call import Body, Call, Record
from simcloud.cloudflare.checks import at_most, one_of, text_of
from simcloud.cloudflare.collection import Collection, require_scope
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.list_items import item_problems, key_of
from simcloud.cloudflare.routing import Page, Route

_NAME = re.compile(r"[a-z0-9_]{1,50}")
KINDS = ("ip", "redirect", "hostname", "asn")
_INVALID, _NOT_FOUND = 10005, 10001


class Lists(Collection):
    """Codes are from memory of the API, not verified."""

    path = "/accounts/{account_id}/rules/lists"
    missing = (_NOT_FOUND, "could not find list")
    required = ("name", "kind")
    defaults = {"description": ""}
    fixed = frozenset({"kind", "name"})
    updates = ("PUT",)

    def problems(self, body: Body) -> Iterator[ApiError]:
        name = text_of(body, "name")
        if name is not None and not _NAME.fullmatch(name):
            message = f"list name {name!r} may hold lower-case letters, digits and _, at most 50"
            yield ApiError(_INVALID, message, "name")
        yield from one_of(body, "kind", KINDS, _INVALID)
        yield from at_most(body, "description", 500, _INVALID)

    def clashes(self, call: Call, body: Body, own: str) -> Iterator[ApiError]:
        others = call.store.scan(self.kind(call))
        if any(identity != own and other["name"] == body["name"] for identity, other in others):
            yield ApiError(10004, f"a list called {body['name']} exists already", "name")

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        return {"num_items": 0, "num_referencing_filters": 0}

    def shown(self, record: Record) -> Body:
        return {name: value for name, value in record.items() if name != "items"}

    def routes(self) -> list[Route]:
        items = f"{self.path}/{{id}}/items"
        return [
            *super().routes(),
            Route("GET", items, self.listed_items),
            Route("POST", items, self.add_items),
            Route("PUT", items, self.put_items),
            Route("DELETE", items, self.remove_items),
            Route("GET", f"{items}/{{item_id}}", self.item),
            Route("GET", f"{self.path}/bulk_operations/{{operation_id}}", _operation),
        ]

    def read(self, call: Call) -> Body:
        return {**super().read(call), "num_items": sum(1 for _ in call.store.scan(self._items(call)))}

    def delete(self, call: Call) -> Body:
        answer = super().delete(call)
        for identity, _ in call.store.of_kind(self._items(call)):
            call.store.drop(self._items(call), identity)
        return answer

    def users(self, call: Call, identity: str) -> Iterator[ApiError]:
        name = f"${self.found(call)['name']}"
        for _, ruleset in call.below("rulesets"):
            if any(name in str(rule.get("expression", "")).split() for rule in ruleset.get("rules", ())):
                yield ApiError(10009, "the list is used by a rule, take it out there first", status=409)
                return

    def listed_items(self, call: Call) -> Page:
        """What is in a list."""
        self.found(call)
        found = [dict(item) for _, item in call.store.scan(self._items(call))]
        return Page(found, 1, 500, len(found))

    def item(self, call: Call) -> Body:
        """One item."""
        self.found(call)
        found = call.store.get(self._items(call), call.params["item_id"])
        if found is None:
            raise ApiError(_NOT_FOUND, "could not find list item", status=404)
        return found

    def add_items(self, call: Call) -> Body:
        """Add items; one that is there already is replaced. Done at once, though the API answers with an operation."""
        kind = str(self.found(call)["kind"])
        items = call.body if isinstance(call.body, list) else []
        for position, item in enumerate(items):
            for error in item_problems(kind, item, f"[{position}]"):
                raise error
        known = {key_of(item): identity for identity, item in call.store.scan(self._items(call))}
        for item in items:
            identity = known.get(key_of(item)) or call.new_id()
            made = {"id": identity, **item, "created_on": call.at, "modified_on": call.at}
            call.store.put(self._items(call), identity, made)
        return {"operation_id": call.new_id()}

    def put_items(self, call: Call) -> Body:
        """Replace all items."""
        kind = str(self.found(call)["kind"])
        items = call.body if isinstance(call.body, list) else []
        for position, item in enumerate(items):
            for error in item_problems(kind, item, f"items[{position}]"):
                raise error
        wanted = {key_of(item) for item in items}
        for identity, item in list(call.store.of_kind(self._items(call))):
            if key_of(item) not in wanted:
                call.store.drop(self._items(call), identity)
        return self.add_items(call)

    def remove_items(self, call: Call) -> Body:
        """Take items out."""
        self.found(call)
        for item in (call.body or {}).get("items", ()):
            call.store.drop(self._items(call), item["id"])
        return {"operation_id": call.new_id()}

    def _items(self, call: Call) -> str:
        return f"{self.kind(call)}/{call.params['id']}/items"


def _operation(call: Call) -> Mapping[str, object]:
    require_scope(call)
    return {"id": call.params["operation_id"], "status": "completed", "completed": call.at}


COLLECTION = Lists()
ROUTES: list[Route] = COLLECTION.routes()
