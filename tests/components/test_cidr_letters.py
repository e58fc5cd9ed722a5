"""Ranges dictated by the letters of the zones, also of those not in use yet."""

from __future__ import annotations

import pytest

from components.cidr import Tier, plan
from components.errors import ComponentError


def test_a_range_held_free_for_a_later_zone_is_nobody_elses() -> None:
    dictated = {Tier.PRIVATE: {"a": "10.0.1.0/24", "d": "10.0.2.0/24"}, Tier.PUBLIC: {"a": "10.0.2.0/25"}}
    with pytest.raises(ComponentError, match="overlaps private subnet"):
        plan("net", "10.0.0.0/16", "a", dictated, tiers=[Tier.PUBLIC, Tier.PRIVATE])


@pytest.mark.parametrize(
    ("ranges", "sentence"),
    [
        (
            {"a": "10.0.1.0/24"},
            "net: the private ranges are given for zones a, and the zones are a, b. Expected a range for each zone, "
            "by letters from a to h. Fix: give ranges for b.",
        ),
        (
            {"a": "10.0.1.0/24", "b": "10.0.2.0/24", "z": "10.0.3.0/24"},
            "net: the private ranges are given for zones a, b, z, and the zones are a, b. Expected a range for each "
            "zone, by letters from a to h. Fix: remove z.",
        ),
    ],
)
def test_ranges_by_letter_must_cover_the_zones(ranges: dict[str, str], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        plan("net", "10.0.0.0/16", "ab", {Tier.PRIVATE: ranges})
    assert str(refused.value) == sentence
