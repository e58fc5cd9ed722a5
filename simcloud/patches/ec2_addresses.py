"""Addresses that look like addresses."""

from __future__ import annotations

from typing import Any

from moto.ec2.models import nat_gateways, vpcs
from moto.ec2.models.elastic_ip_addresses import ElasticAddressBackend
from moto.moto_api._internal import mock_random

from simcloud.patches import around


@around(ElasticAddressBackend)
def allocate_address(
    original: Any, self: Any, domain: str, address: str | None = None, tags: Any = None
) -> Any:
    """AWS: a public address; moto: one of 127.0.0.0/8; here: one of 198.18.0.0/15, for tests only (RFC 2544)."""
    taken = {item.public_ip for item in self.addresses}
    while address is None or address in taken:
        address = f"198.{18 + _number(1)}.{_number(255)}.{1 + _number(253)}"
    return original(self, domain, address, tags)


def _number(most: int) -> int:
    found: int = mock_random.randint(0, most)
    return found


def _left_to_the_subnet() -> None:
    """AWS: gateways and endpoints have addresses of their subnets; moto: any. None lets the interface take one."""


for module in (nat_gateways, vpcs):
    vars(module)["random_private_ip"] = _left_to_the_subnet
