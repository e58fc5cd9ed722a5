"""What Route 53 refuses in the values of a record."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.bindings._checks import at, choice
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: «Supported DNS record types» and API reference of GeoLocation and AliasTarget (botocore 1.44.5), read 2026-11.
_CODE = "InvalidChangeBatch"
_CONTINENTS = ("AF", "AN", "AS", "EU", "NA", "OC", "SA")
_ALIASES = ("A", "AAAA", "CNAME", "HTTPS", "SVCB")
_CLOUDFRONT = "Z2FDTNDATAQYW2"


def problems(new: Props) -> Iterator[Refusal]:
    """Values that are there twice, and what cannot be an alias."""
    records = new.get("records")
    listed = records if isinstance(records, list) else []
    for position, value in enumerate(listed):
        if isinstance(value, str) and value in listed[:position]:
            text = f"Duplicate Resource Record: '{value}'"
            yield Refusal(_CODE, text, f"records[{position}]")
    yield from choice(new, "geolocationRoutingPolicies[0].continent", _CONTINENTS, "InvalidInput")
    aliases, kind = new.get("aliases"), new["type"]
    for position in range(len(aliases) if isinstance(aliases, list) else 0):
        path = f"aliases[{position}]"
        if at(new, f"{path}.zoneId") != _CLOUDFRONT:
            continue
        if isinstance(kind, str) and kind not in _ALIASES:
            text = f"Alias records of type {kind} cannot lead to a CloudFront distribution."
            yield Refusal(_CODE, text, "type")
