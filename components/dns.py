"""A DNS zone and the names in it that point at AWS resources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi


@dataclass(frozen=True, kw_only=True)
class DnsArgs:
    """`existing_zone_id` uses a zone that is already there; `parent_zone_id` delegates a new one from its parent."""

    zone_name: str
    existing_zone_id: str | None = None
    parent_zone_id: str | None = None
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class Dns(pulumi.ComponentResource):
    """A public Route 53 zone."""

    component_name: str
    zone_id: pulumi.Output[str]
    zone_name: str
    name_servers: pulumi.Output[list[str]]

    def __init__(
        self, name: str, args: DnsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:dns:Dns", name, {}, opts)

    def alias(
        self,
        name: str,
        fqdn: str,
        target_domain: pulumi.Input[str],
        target_zone_id: pulumi.Input[str],
        *,
        ipv6: bool = False,
    ) -> None:
        """Point `fqdn`, which lies in the zone, at an AWS resource; `ipv6` adds the AAAA record."""
