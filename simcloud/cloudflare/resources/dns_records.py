"""Records of a zone."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.cloudflare.call import ZONES, Body, Call, Record
from simcloud.cloudflare.checks import is_below, is_hostname, number_of, text_of
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.dns import content_out_of, content_problems
from simcloud.cloudflare.dns_types import TYPES
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.resources.subscription import plan_of
from simcloud.cloudflare.routing import Route

_PROXIABLE = ("A", "AAAA", "CNAME")
# Cloudflare: quoted in cisagov/manage.get.gov#5244, read 2026-11.
_COMBINED_TEXT = 8192


class DnsRecords(Collection):
    """Codes that public issues quote: 9000, 9005, 9015, 9021, 9300, 81044, 81053, 81054, 81058, 83011. The others are
    from memory of the API, not verified."""

    path = "/zones/{zone_id}/dns_records"
    missing = (81044, "Record does not exist.")
    required = ("name", "type")
    defaults = {"ttl": 1, "proxied": False, "settings": {}, "tags": []}
    filters = frozenset({"name", "type", "content", "proxied"})

    def problems(self, body: Body) -> Iterator[ApiError]:
        kind, name = text_of(body, "type"), text_of(body, "name")
        if kind is not None and kind.upper() not in TYPES:
            yield ApiError(9004, f"DNS record type {kind!r} is invalid.", "type")
            return
        if name is not None and name != "@" and not is_hostname(name):
            yield ApiError(9000, "DNS name is invalid.", "name")
        yield from _ttl_problems(body)
        if kind is not None:
            yield from content_problems(kind.upper(), body)
            if body.get("proxied") is True and kind.upper() not in _PROXIABLE:
                yield ApiError(9041, "This DNS record cannot be proxied.", "proxied")
        comment = text_of(body, "comment")
        if comment is not None and len(comment) > 500:
            yield ApiError(9302, "DNS record comment is longer than 500 characters.", "comment")

    def clashes(self, call: Call, body: Body, own: str) -> Iterator[ApiError]:
        zone = call.zone() or {}
        name = full_name(body["name"], zone["name"])
        yield from _foreign_name(call, body["name"], zone["name"])
        yield from _plan_problems(call, body)
        others = [
            record
            for identity, record in call.store.scan(self.kind(call))
            if identity != own and record["name"] == name
        ]
        yield from _neighbours(body, others)

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        zone = call.zone() or {}
        kind = body["type"].upper()
        commented = body.get("comment") != old.get("comment")
        tagged = body["tags"] != old.get("tags", [])
        return {
            "name": full_name(body["name"], zone["name"]),
            "type": kind,
            "content": content_out_of(kind, body),
            "proxiable": kind in _PROXIABLE,
            "meta": {},
            "comment_modified_on": call.at if commented else old.get("comment_modified_on"),
            "tags_modified_on": call.at if tagged else old.get("tags_modified_on"),
        }


def full_name(name: str, zone: str) -> str:
    """The name with its zone, as the API answers it: `@` and `www` are taken for names in the zone."""
    name = name.lower().rstrip(".")
    if name == "@":
        return zone
    return name if is_below(name, zone) else f"{name}.{zone}"


def _ttl_problems(body: Body) -> Iterator[ApiError]:
    ttl = number_of(body, "ttl")
    if ttl is None:
        return
    if ttl != 1 and not 30 <= ttl <= 86400:
        yield ApiError(9021, "Invalid TTL. Must be between 60 and 86400 seconds, or 1 for Automatic.", "ttl")
    elif ttl != 1 and body.get("proxied") is True:
        # The API would answer 1 whatever was said; the provider calls that a difference.
        yield ApiError(9021, "ttl must be set to 1 when `proxied` is true.", "ttl")


def _plan_problems(call: Call, body: Body) -> Iterator[ApiError]:
    plan = plan_of(call)
    if 1 < body["ttl"] < 60 and plan != "enterprise":
        yield ApiError(9021, "Invalid TTL. Must be between 60 and 86400 seconds, or 1 for Automatic.", "ttl")
    if body["tags"] and plan == "free":
        yield ApiError(9300, f"DNS record has {len(body['tags'])} tags, exceeding the quota of 0.", "tags")


def _foreign_name(call: Call, name: str, zone: str) -> Iterator[ApiError]:
    """The API would make `www.other.org` of another zone into `www.other.org.<zone>`: never what is meant."""
    if is_below(name, zone):
        return
    others = [record["name"] for _, record in call.store.scan(ZONES)]
    if name.endswith(".") or any(is_below(name, other) for other in others):
        yield ApiError(9000, f"DNS name is invalid: {name} does not belong to {zone}.", "name")


def _neighbours(body: Body, others: list[Record]) -> Iterator[ApiError]:
    """What other records of the same name forbid."""
    kind = body["type"].upper()
    content = content_out_of(kind, body)
    kinds = {record["type"] for record in others}
    if any((record["type"], record["content"]) == (kind, content) for record in others):
        yield ApiError(81058, "An identical record already exists.")
    elif kind == "CNAME" and kinds & set(_PROXIABLE):
        yield ApiError(81053, "An A, AAAA, or CNAME record with that host already exists.", "name")
    elif kind in ("A", "AAAA") and "CNAME" in kinds:
        yield ApiError(81054, "A CNAME record with that host already exists.", "name")
    elif kind == "CNAME" and "NS" in kinds:
        yield ApiError(81056, "NS records with that host already exist.", "name")
    texts = [record["content"] for record in others if record["type"] == "TXT"] if kind == "TXT" else []
    if texts and sum(map(len, texts)) + len(content) > _COMBINED_TEXT:
        yield ApiError(83011, f"Combined content length of records with this name exceeds {_COMBINED_TEXT}.",
                       "content")  # fmt: skip


COLLECTION = DnsRecords()
ROUTES: list[Route] = COLLECTION.routes()
