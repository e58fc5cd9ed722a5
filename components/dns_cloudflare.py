"""A DNS zone that Cloudflare keeps, and the names in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.dns_zone import DnsKind, check_within
from components.errors import ComponentError

# Cloudflare's SDK takes seconds to import: every function that needs it imports it itself, so that only who makes
# something at Cloudflare waits for it.

# Cloudflare: 1 is «automatic», the only life that a proxied record may have (provider documentation 6.23.1, DnsRecord).
_AUTOMATIC_TTL = 1
_PROOF_TTL_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class CloudflareDnsArgs:
    """`account_id` makes the zone in that account; `existing_zone_id` uses one that is there. Exactly one of the two.

    `sign` turns DNSSEC on: the parent needs the record of `ds_record`, else nothing is checked.
    """

    zone_name: str
    account_id: pulumi.Input[str] | None = None
    existing_zone_id: pulumi.Input[str] | None = None
    sign: bool = True
    protect: bool = False


class CloudflareDns(pulumi.ComponentResource):
    """A zone in Cloudflare, with the methods of `Dns`."""

    kind = DnsKind.CLOUDFLARE
    component_name: str
    zone_id: pulumi.Output[str]
    zone_name: str
    name_servers: pulumi.Output[Sequence[str]]
    ds_record: pulumi.Output[str] | None

    def __init__(
        self, name: str, args: CloudflareDnsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        _check(name, args)
        super().__init__("plinth:dns:CloudflareDns", name, {}, opts)
        self.component_name, self.zone_name = name, args.zone_name
        if args.existing_zone_id is None:
            self._create(args)
        else:
            self._look_up(args.existing_zone_id)
        self.ds_record = self._sign() if args.sign else None
        self.register_outputs(
            {"zone_id": self.zone_id, "zone_name": self.zone_name, "name_servers": self.name_servers}
        )

    def alias(
        self,
        name: str,
        fqdn: str,
        target_domain: pulumi.Input[str],
        target_zone_id: pulumi.Input[str],
        *,
        ipv6: bool = False,
    ) -> None:
        """Point `fqdn` at an AWS resource past Cloudflare's proxy: a CNAME, which Cloudflare flattens at the apex.

        `target_zone_id` and `ipv6` are Route 53's: the CNAME leads to whatever addresses the target has.
        """
        self._record(f"{self.component_name}-{name}-cname", fqdn, "CNAME", target_domain)

    def proxied(self, name: str, fqdn: str, target_domain: pulumi.Input[str]) -> None:
        """Let Cloudflare answer for `fqdn` and fetch from `target_domain`."""
        self._record(f"{self.component_name}-{name}-cname", fqdn, "CNAME", target_domain, proxied=True)

    def prove(
        self,
        parent: pulumi.Resource,
        name: str,
        fqdn: pulumi.Input[str],
        kind: pulumi.Input[str],
        value: pulumi.Input[str],
    ) -> pulumi.Output[str]:
        """Write the record that a certificate authority looks for, as a child of `parent`; its full name."""
        import pulumi_cloudflare as cloudflare

        record = cloudflare.DnsRecord(
            name,
            zone_id=self.zone_id,
            # Cloudflare answers names and targets without the dot at the end, and would call it a difference.
            name=_undotted(fqdn),
            type=kind,
            content=_undotted(value),
            ttl=_PROOF_TTL_SECONDS,
            proxied=False,
            comment=f"Proves a certificate's name, kept by {self.component_name}",
            opts=pulumi.ResourceOptions(parent=parent),
        )
        return record.name

    def _record(
        self, resource: str, fqdn: str, kind: str, content: pulumi.Input[str], *, proxied: bool = False
    ) -> None:
        import pulumi_cloudflare as cloudflare

        check_within(resource.removesuffix("-cname"), fqdn, self.zone_name)
        cloudflare.DnsRecord(
            resource,
            zone_id=self.zone_id,
            name=fqdn,
            type=kind,
            content=content,
            ttl=_AUTOMATIC_TTL,
            proxied=proxied,
            comment=f"Kept by {self.component_name}",
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _create(self, args: CloudflareDnsArgs) -> None:
        import pulumi_cloudflare as cloudflare

        assert args.account_id is not None
        zone = cloudflare.Zone(
            self.component_name,
            name=args.zone_name,
            account={"id": args.account_id},
            type="full",
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        self.zone_id, self.name_servers = zone.id, zone.name_servers

    def _look_up(self, zone_id: pulumi.Input[str]) -> None:
        import pulumi_cloudflare as cloudflare

        found = cloudflare.get_zone_output(zone_id=zone_id, opts=pulumi.InvokeOutputOptions(parent=self))
        self.zone_id = found.apply(lambda zone: str(zone.zone_id))
        self.name_servers = found.apply(lambda zone: list(zone.name_servers))

    def _sign(self) -> pulumi.Output[str]:
        import pulumi_cloudflare as cloudflare

        signed = cloudflare.ZoneDnssec(
            self.component_name,
            zone_id=self.zone_id,
            status="active",
            opts=pulumi.ResourceOptions(parent=self),
        )
        return signed.ds


def _undotted(name: pulumi.Input[str]) -> pulumi.Output[str]:
    return pulumi.Output.from_input(name).apply(lambda text: text.rstrip("."))


def _check(where: str, args: CloudflareDnsArgs) -> None:
    if (args.account_id is None) != (args.existing_zone_id is None):
        return
    raise ComponentError(
        where,
        f"{args.zone_name} is to be made and to exist already, or neither",
        expected="exactly one of account_id and existing_zone_id",
        fix="give account_id for a new zone, existing_zone_id for one that is there",
    )
