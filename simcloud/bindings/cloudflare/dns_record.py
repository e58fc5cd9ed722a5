from __future__ import annotations

from typing import Any

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.dns_records import COLLECTION, full_name
from simcloud.context import Context
from simcloud.values import Props


class DnsRecord(CloudflareBinding):
    """A record of a zone."""

    token = "cloudflare:index/dnsRecord:DnsRecord"
    resource = COLLECTION
    replaces = frozenset({"zoneId"})
    unsent = frozenset({"includeShadowMetadata"})

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = super().read(ctx, identity, given)
        return None if found is None else {**found, **_in_the_words_of(given, found)}

    def outputs(self, answer: Any, given: Props) -> Props:
        return {**super().outputs(answer, given), "meta": "{}", "includeShadowMetadata": None}


def _in_the_words_of(given: Props, found: Props) -> Props:
    """What the API writes otherwise than it was given, and means the same."""
    said: Props = {}
    name, content = given.get("name"), given.get("content")
    if isinstance(name, str) and full_name(name, _zone_of(name, found["name"])) == found["name"]:
        said["name"] = name
    if isinstance(content, str) and content.lower().rstrip(".") == found["content"]:
        said["content"] = content
    if isinstance(given.get("type"), str) and given["type"].upper() == found["type"]:
        said["type"] = given["type"]
    return said


def _zone_of(name: str, full: str) -> str:
    """The zone that makes `name` into `full`."""
    name = name.lower().rstrip(".")
    return full if name in ("@", full) else full.removeprefix(f"{name}.")
