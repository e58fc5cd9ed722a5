"""The regions and zones that there are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from simcloud.refusal import Refusal
from simcloud.values import Props


@cache
def zones(region: str) -> dict[str, str]:
    """Names to ids of the zones of `region`: `us-east-1a` to `use1-az6`."""
    # Only when asked: moto's EC2 is large.
    from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend

    return {zone.name: zone.zone_id for zone in RegionsAndZonesBackend.zones.get(region, ())}


def region_problems(inputs: Props) -> Iterator[Refusal]:
    """What is wrong with the `region` of a resource."""
    region = inputs.get("region")
    if isinstance(region, str) and not zones(region):
        yield Refusal("InvalidParameterValue", f"invalid AWS Region: {region!r}.", "region")
