"""Objects of one kind below a path: listed, made, read, changed and removed in the same way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from simcloud.cloudflare.call import ZONES, Body, Call, Record, kind_of
from simcloud.cloudflare.errors import ApiError, no_route
from simcloud.cloudflare.routing import Page, Route
from simcloud.values import Value

_PAGE_SIZE = 20


class Collection:
    """Subclasses say what is special: what a body may hold, what the API adds, what forbids a removal."""

    path: ClassVar[str]
    """Of the collection: `/zones/{zone_id}/dns_records`."""
    missing: ClassVar[tuple[int, str]]
    """Code and message for an id that leads nowhere."""
    defaults: ClassVar[Mapping[str, Value]] = {}
    stamps: ClassVar[tuple[str, str]] = ("created_on", "modified_on")
    fixed: ClassVar[frozenset[str]] = frozenset()
    """What only a creation may say; later it is ignored."""
    filters: ClassVar[frozenset[str]] = frozenset({"name"})
    """Query parameters of the list that compare a property."""
    hidden: ClassVar[frozenset[str]] = frozenset()
    """Kept, never answered."""
    updates: ClassVar[tuple[str, ...]] = ("PUT", "PATCH")
    required: ClassVar[tuple[str, ...]] = ("name",)

    def problems(self, body: Body) -> Iterator[ApiError]:
        """What the API refuses in a complete body, whatever exists. Pure; values may be UNKNOWN at preview."""
        return iter(())

    def references(self, call: Call, body: Body) -> Iterator[ApiError]:
        """Ids in a body that lead nowhere. Also asked at preview: ids come from what exists."""
        return iter(())

    def clashes(self, call: Call, body: Body, own: str) -> Iterator[ApiError]:
        """What the API refuses because of what else exists; `own` is the object's id, empty before creation."""
        return iter(())

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        """What the API adds to a body; `old` is the object as it was, empty before creation."""
        return {}

    def users(self, call: Call, identity: str) -> Iterator[ApiError]:
        """Why the object cannot be removed now."""
        return iter(())

    def identity(self, call: Call, body: Body) -> str:
        """The id of a new object."""
        return call.new_id()

    def kind(self, call: Call) -> str:
        """The store's name of this collection, for the scope that the path names."""
        return kind_of(self.path.format(**call.params))

    def routes(self) -> list[Route]:
        """Every method that the collection has."""
        item = f"{self.path}/{{id}}"
        return [
            Route("GET", self.path, self.listed),
            Route("POST", self.path, self.create),
            Route("GET", item, self.read),
            *(Route(method, item, getattr(self, method.lower())) for method in self.updates),
            Route("DELETE", item, self.delete),
        ]

    def listed(self, call: Call) -> Page:
        """A page of those that the query asks for."""
        require_scope(call)
        wanted = {name: value for name, value in call.query.items() if name in self.filters}
        found = [
            self.shown(record)
            for _, record in call.store.scan(self.kind(call))
            if all(str(record.get(name, "")) == value for name, value in wanted.items())
        ]
        number, size = int(call.query.get("page", 1)), int(call.query.get("per_page", _PAGE_SIZE))
        return Page(found[(number - 1) * size : number * size], number, size, len(found))

    def create(self, call: Call) -> Body:
        """Make one, or raise the first thing that is wrong."""
        require_scope(call)
        body = self.checked(call, without_nulls(call.body), "")
        identity = self.identity(call, body)
        made = {"id": identity, **body, **self.computed(call, body, {}), **self._stamped(call, {})}
        call.store.put(self.kind(call), identity, made)
        return self.shown(made)

    def read(self, call: Call) -> Body:
        """One by its id."""
        return self.shown(self.found(call))

    def put(self, call: Call) -> Body:
        """Replace all that can be said of it."""
        return self._change(call, {})

    def patch(self, call: Call) -> Body:
        """Change what the body names; null takes away."""
        return self._change(call, self.found(call))

    def delete(self, call: Call) -> Body:
        """Remove it, unless something uses it."""
        self.found(call)
        for error in self.users(call, call.params["id"]):
            raise error
        call.store.drop(self.kind(call), call.params["id"])
        return {"id": call.params["id"]}

    def found(self, call: Call) -> Record:
        """The object that the path names, or what Cloudflare says when there is none."""
        require_scope(call)
        record = call.store.get(self.kind(call), call.params["id"])
        if record is None:
            code, message = self.missing
            raise ApiError(code, message, status=404)
        return record

    def checked(self, call: Call, body: Body, own: str) -> Body:
        """The body with defaults; raises what is wrong with it."""
        body = {**self.defaults, **body}
        for name in self.required:
            if name not in body:
                raise ApiError(9207, f"Request body is invalid: {name} is required.", name)
        for error in (
            *self.problems(body),
            *self.references(call, body),
            *self.clashes(call, body, own),
        ):
            raise error
        return body

    def shown(self, record: Record) -> Body:
        """A record as the API answers it."""
        return {name: value for name, value in record.items() if name not in self.hidden}

    def _change(self, call: Call, kept: Record) -> Body:
        old = self.found(call)
        said = {**kept, **{name: old[name] for name in self.fixed if name in old}, **(call.body or {})}
        said = {name: value for name, value in said.items() if name not in ("id", *self.stamps)}
        body = self.checked(call, without_nulls(said), call.params["id"])
        fixed = {name: old[name] for name in self.fixed if name in old}
        made = {
            "id": old["id"],
            **body,
            **fixed,
            **self.computed(call, body, old),
            **self._stamped(call, old),
        }
        call.store.put(self.kind(call), call.params["id"], made)
        return self.shown(made)

    def _stamped(self, call: Call, old: Record) -> Body:
        created, modified = self.stamps
        return {created: old.get(created, call.at), modified: call.at} if created else {}


def require_scope(call: Call) -> None:
    """The zone of the path must exist, and the account be one that could."""
    zone, account = call.params.get("zone_id"), call.params.get("account_id")
    if zone is not None and call.store.get(ZONES, zone) is None:
        raise no_route(f"/zones/{zone}")
    if account is not None and not is_id(account):
        raise no_route(f"/accounts/{account}")


def is_id(text: str) -> bool:
    """Whether `text` is written as Cloudflare writes ids of zones and accounts."""
    return len(text) == 32 and all(character in "0123456789abcdef" for character in text)


def without_nulls(body: Value) -> Body:
    """The body of a request; Cloudflare reads null as not said. Raises ApiError for what is no object."""
    if not isinstance(body, Mapping):
        raise ApiError(9207, "Request body is invalid.")
    return {name: value for name, value in body.items() if value is not None}
