"""Destinations outside of the stack, of either family of addresses."""

from __future__ import annotations

import pulumi
import pytest

from components.declared import Departure, declared_by
from components.destination import Destination, allow_to
from tests.components.recording import Cloud


class Place(pulumi.ComponentResource):
    def __init__(self) -> None:
        super().__init__("plinth:test:Place", "place")


@pytest.mark.parametrize(
    ("cidr", "name", "property_"),
    [
        ("0.0.0.0/0", "web-to-world-443", "cidrIpv4"),
        ("::/0", "web-to-world-ipv6-443", "cidrIpv6"),
        ("203.0.113.0/24", "web-to-203.0.113.0-24-443", "cidrIpv4"),
        ("2001:db8::/32", "web-to-2001-db8---32-443", "cidrIpv6"),
    ],
)
def test_one_rule_of_the_right_family(cloud: Cloud, cidr: str, name: str, property_: str) -> None:
    place = cloud.deploy(lambda: _allowed(Destination(443, cidr, "Partner")))
    rule = cloud.one("SecurityGroupEgressRule")
    assert (rule.name, rule.parent) == (name, "place")
    assert {key: value for key, value in rule.inputs.items() if key.startswith("cidr")} == {property_: cidr}
    assert declared_by([place]) == [Departure("web", 443, cidr)]


def _allowed(destination: Destination) -> Place:
    place = Place()
    allow_to(place, "web", "sg-1", destination)
    return place
