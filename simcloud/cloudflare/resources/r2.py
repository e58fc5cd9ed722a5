"""Buckets of R2: their names, no objects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.cloudflare.call import Body, Call, Record
from simcloud.cloudflare.checks import one_of, text_of
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.routing import Route

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
_PLACES = ("apac", "eeur", "enam", "weur", "wnam", "oc")
_INVALID = 10005


class Buckets(Collection):
    """Named by the program. Codes from memory of the API, not verified."""

    path = "/accounts/{account_id}/r2/buckets"
    missing = (10006, "The specified bucket does not exist.")
    defaults = {"storage_class": "Standard", "jurisdiction": "default"}
    stamps = ("creation_date", "")
    fixed = frozenset({"name", "location", "jurisdiction"})
    updates = ("PATCH",)

    def problems(self, body: Body) -> Iterator[ApiError]:
        name = text_of(body, "name")
        if name is not None and not _NAME.fullmatch(name):
            message = (
                "The specified bucket name is not valid: 3 to 63 lower-case letters, digits and hyphens."
            )
            yield ApiError(_INVALID, message, "name")
        yield from one_of(body, "storage_class", ("Standard", "InfrequentAccess"), _INVALID)
        yield from one_of(body, "jurisdiction", ("default", "eu", "fedramp", "us"), _INVALID)
        location = text_of(body, "location")
        if location is not None:
            yield from one_of({"location": location.lower()}, "location", _PLACES, _INVALID)

    def clashes(self, call: Call, body: Body, own: str) -> Iterator[ApiError]:
        if not own and call.store.get(self.kind(call), body["name"]) is not None:
            yield ApiError(10004, "The bucket you tried to create already exists, and you own it.", "name")

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        return {"location": (body.get("location") or "ENAM").upper()}

    def identity(self, call: Call, body: Body) -> str:
        return str(body["name"])

    def _stamped(self, call: Call, old: Record) -> Body:
        return {"creation_date": old.get("creation_date", call.at)}


COLLECTION = Buckets()
ROUTES: list[Route] = COLLECTION.routes()
