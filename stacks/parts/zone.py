"""The zone that holds all names of an environment, whoever keeps it."""

import pulumi

from components.dns import Dns, DnsArgs
from components.dns_cloudflare import CloudflareDns, CloudflareDnsArgs
from components.dns_zone import NameZone
from stacks.settings.root import Settings


def open_zone(settings: Settings, zone_id: pulumi.Input[str] | None = None) -> NameZone:
    """A new zone, or the one that exists: `zone_id` where another stack made it, else as the settings say."""
    existing = zone_id if zone_id is not None else settings.domain.existing_zone_id
    if settings.domain.provider == "cloudflare":
        return _at_cloudflare(settings, existing)
    args = DnsArgs(
        zone_name=settings.domain.zone_name,
        existing_zone_id=existing,
        parent_zone_id=None if existing is not None else settings.domain.parent_zone_id,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Dns(f"{settings.prefix}-dns", args)


def _at_cloudflare(settings: Settings, existing: pulumi.Input[str] | None) -> CloudflareDns:
    args = CloudflareDnsArgs(
        zone_name=settings.domain.zone_name,
        account_id=None if existing is not None else settings.edge.cloudflare.account_id,
        existing_zone_id=existing,
        # Who made the zone signs it.
        sign=existing is None,
        protect=settings.protection.enabled,
    )
    return CloudflareDns(f"{settings.prefix}-dns", args)
