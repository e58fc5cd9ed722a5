"""Checks of address ranges, as the provider makes them before it calls AWS."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from simcloud.refusal import Refusal
from simcloud.values import Value


def cidr_problems(value: Value, path: str, version: int = 4) -> Iterator[Refusal]:
    """What is wrong with a range in `path`; unknown and absent ones are fine."""
    if not isinstance(value, str):
        return
    try:
        network = ipaddress.ip_network(value, strict=False) if "/" in value else None
    except ValueError:
        network = None
    if network is None:
        yield Refusal("InvalidParameterValue", f"CIDR block {value} is malformed.", path)
        return
    if network.version != version:
        yield Refusal("InvalidParameterValue", f"{value} is not an IPv{version} CIDR block.", path)
    elif str(network) != canonical(value):
        yield Refusal(
            "InvalidParameterValue",
            f"{value!r} is not a valid CIDR block; did you mean {str(network)!r}?",
            path,
        )


def block_problems(cidr: str, code: str) -> Iterator[Refusal]:
    """What is wrong with the `cidrBlock` of a VPC or a subnet; `code` is what AWS says to a wrong size."""
    try:
        network = ipaddress.IPv4Network(cidr) if "/" in cidr else None
        error = "This is not a valid CIDR block"
    except ValueError as reason:
        network, error = None, str(reason)
    if network is None:
        message = f"Value ({cidr}) for parameter cidrBlock is invalid: {error}."
        yield Refusal("InvalidParameterValue", message, "cidrBlock")
        return
    # AWS: «VPC CIDR blocks» and «Subnet CIDR blocks», VPC User Guide: between /16 and /28; per reference notes, not
    # verified against AWS.
    if not 16 <= network.prefixlen <= 28:
        yield Refusal(code, f"The CIDR '{cidr}' is invalid: its size must be /16 to /28.", "cidrBlock")


def canonical(value: str) -> str:
    """A range in its shortest spelling, host bits kept."""
    try:
        return str(ipaddress.ip_interface(value))
    except ValueError:
        return value
