"""A place outside of the stack that a component may talk to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Destination:
    """One TCP port of one address range, and why it is needed."""

    port: int
    cidr: str
    description: str


def https_anywhere() -> Destination:
    """HTTPS to the whole internet: AWS's own APIs, image pulls, third parties."""
    return Destination(443, "0.0.0.0/0", "HTTPS to AWS and third-party APIs")
