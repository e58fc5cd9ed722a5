"""What all DNS zones have in common, whoever keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

import pulumi

from components.errors import ComponentError


class DnsKind(StrEnum):
    """Who keeps a zone."""

    ROUTE53 = "route53"
    CLOUDFLARE = "cloudflare"


class NameZone(Protocol):
    """A zone that gives names to things and proves to certificate authorities that they are its owner's."""

    @property
    def kind(self) -> DnsKind: ...

    @property
    def component_name(self) -> str: ...

    @property
    def zone_id(self) -> pulumi.Output[str]: ...

    @property
    def zone_name(self) -> str: ...

    @property
    def name_servers(self) -> pulumi.Output[Sequence[str]]: ...

    def alias(
        self,
        name: str,
        fqdn: str,
        target_domain: pulumi.Input[str],
        target_zone_id: pulumi.Input[str],
        *,
        ipv6: bool = False,
    ) -> None:
        """Point `fqdn` at an AWS resource."""

    def prove(
        self,
        parent: pulumi.Resource,
        name: str,
        fqdn: pulumi.Input[str],
        kind: pulumi.Input[str],
        value: pulumi.Input[str],
    ) -> pulumi.Output[str]:
        """Write the record that a certificate authority looks for; its full name."""


def label_of(fqdn: str, zone_name: str) -> str:
    """How a name is called within its zone's component: `site` is the zone itself."""
    return (
        "site"
        if fqdn == zone_name
        else fqdn.removesuffix(f".{zone_name}").replace(".", "-").replace("*", "any")
    )


def check_within(where: str, fqdn: str, zone_name: str) -> None:
    """Raise ComponentError for a name of another zone."""
    if fqdn == zone_name or fqdn.endswith(f".{zone_name}"):
        return
    raise ComponentError(
        where,
        f"{fqdn} lies outside of the zone {zone_name}",
        expected=f"{zone_name} or a name that ends with .{zone_name}",
        fix="correct the name or use the zone that it belongs to",
    )
