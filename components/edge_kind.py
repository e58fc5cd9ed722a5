"""What all edges have in common, so that a stack can be put behind either."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from components.dns_zone import NameZone
from components.gateway_ingress import Ingress


class EdgeKind(StrEnum):
    """Whose network answers the public names."""

    CLOUDFRONT = "cloudfront"
    CLOUDFLARE = "cloudflare"


class FrontDoor(Protocol):
    """An edge: what a stack needs of it, whoever runs it."""

    @property
    def kind(self) -> EdgeKind: ...

    @property
    def component_name(self) -> str: ...

    @property
    def domain_names(self) -> Sequence[str]:
        """The public names that it answers for."""

    @property
    def origin_ingress(self) -> Ingress:
        """Whom the gateway behind it may let in: this edge, nobody else."""

    def publish(self, dns: NameZone) -> None:
        """Point the public names at it."""
