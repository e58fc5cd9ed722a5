"""How many hosts and paths one rule of a load balancer has room for."""

from __future__ import annotations

from collections.abc import Sequence

# AWS: "Quotas for your Application Load Balancers": condition values in a rule; per reference notes, not verified
# against AWS.
MOST_VALUES = 5


def values_of(hosts: Sequence[str], paths: Sequence[str]) -> int:
    """The values that a rule for `hosts` and `paths` needs; without either it says `/*`."""
    return len(hosts) + (len(paths) or (not hosts))
