"""Routing policies of a record: which of several record sets of one name answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_NAMES = (
    "cidrRoutingPolicy",
    "failoverRoutingPolicies",
    "geolocationRoutingPolicies",
    "geoproximityRoutingPolicy",
    "latencyRoutingPolicies",
    "multivalueAnswerRoutingPolicy",
    "weightedRoutingPolicies",
)


def parameters(new: Props) -> Params:
    """The policy as API parameters."""
    return without_none(
        {
            "Failover": _first(new, "failoverRoutingPolicies", "type"),
            "Weight": _first(new, "weightedRoutingPolicies", "weight"),
            "Region": _first(new, "latencyRoutingPolicies", "region"),
            "GeoLocation": _location(new.get("geolocationRoutingPolicies")),
        }
    )


def read(found: Mapping[str, Any], given: Props) -> Props:
    """The policy as the cloud has it; those that moto lacks as they were given."""
    place = found.get("GeoLocation") or {}
    names = {"continent": "ContinentCode", "country": "CountryCode", "subdivision": "SubdivisionCode"}
    return {
        "failoverRoutingPolicies": [{"type": found["Failover"]}] if found.get("Failover") else None,
        "weightedRoutingPolicies": [{"weight": found["Weight"]}] if found.get("Weight") is not None else None,
        "latencyRoutingPolicies": [{"region": found["Region"]}] if found.get("Region") else None,
        "geolocationRoutingPolicies": [{name: place.get(api) for name, api in names.items()}]
        if place
        else None,
        "cidrRoutingPolicy": given.get("cidrRoutingPolicy"),
        "geoproximityRoutingPolicy": given.get("geoproximityRoutingPolicy"),
    }


def problems(new: Props) -> Iterator[Refusal]:
    """What is wrong with policies: two at once, or one without an identifier."""
    given = [name for name in _NAMES if new.get(name)]
    if len(given) > 1:
        yield Refusal("InvalidInput", "a record has one routing policy.", given[1])
    if given and new.get("setIdentifier") is None:
        yield Refusal(
            "InvalidInput", "a record with a routing policy needs a set identifier.", "setIdentifier"
        )
    if not given and new.get("setIdentifier") is not None:
        yield Refusal("InvalidInput", "a set identifier needs a routing policy.", "setIdentifier")


def _first(new: Props, name: str, key: str) -> Any:
    listed = new.get(name)
    return (
        listed[0].get(key) if isinstance(listed, list) and listed and isinstance(listed[0], Mapping) else None
    )


def _location(listed: Any) -> Any:
    if not isinstance(listed, list) or not listed or not isinstance(listed[0], Mapping):
        return None
    names = {"continent": "ContinentCode", "country": "CountryCode", "subdivision": "SubdivisionCode"}
    return without_none({api: listed[0].get(name) for name, api in names.items()})
