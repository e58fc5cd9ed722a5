"""A helper of a component that has a security group of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi


@dataclass(frozen=True)
class OwnPeer:
    """As far as relations need it."""

    component_name: str
    security_group_id: pulumi.Output[str]
