"""A DNS zone and the names in it that point at AWS resources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.dns_zone import DnsKind, check_within
from components.errors import ComponentError

# ACM polls for minutes; a short life lets a corrected record be seen soon.
_PROOF_TTL_SECONDS = 60
_DELEGATION_TTL_SECONDS = 3600


@dataclass(frozen=True, kw_only=True)
class DnsArgs:
    """`existing_zone_id` uses a zone that is already there; `parent_zone_id` delegates a new one from its parent."""

    zone_name: str
    existing_zone_id: pulumi.Input[str] | None = None
    parent_zone_id: str | None = None
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class Dns(pulumi.ComponentResource):
    """A public Route 53 zone."""

    kind = DnsKind.ROUTE53
    component_name: str
    zone_id: pulumi.Output[str]
    zone_name: str
    name_servers: pulumi.Output[Sequence[str]]

    def __init__(self, name: str, args: DnsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("plinth:dns:Dns", name, {}, opts)
        self.component_name, self.zone_name = name, args.zone_name
        _check(name, args)
        if args.existing_zone_id is None:
            self._create(args)
        else:
            self._look_up(args.existing_zone_id)
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
        """Point `fqdn`, which lies in the zone, at an AWS resource; `ipv6` adds the AAAA record.

        `name` is a label within the component, such as `site`.
        """
        check_within(f"{self.component_name}-{name}", fqdn, self.zone_name)
        for kind in ("A", "AAAA") if ipv6 else ("A",):
            aws.route53.Record(
                f"{self.component_name}-{name}-{kind.lower()}",
                zone_id=self.zone_id,
                name=fqdn,
                type=kind,
                aliases=[{"name": target_domain, "zone_id": target_zone_id, "evaluate_target_health": False}],
                opts=pulumi.ResourceOptions(parent=self),
            )

    def prove(
        self,
        parent: pulumi.Resource,
        name: str,
        fqdn: pulumi.Input[str],
        kind: pulumi.Input[str],
        value: pulumi.Input[str],
    ) -> pulumi.Output[str]:
        """Write the record that a certificate authority looks for, as a child of `parent`; its full name."""
        return prove(parent, name, self.zone_id, fqdn, kind, value)

    def _create(self, args: DnsArgs) -> None:
        zone = aws.route53.Zone(
            self.component_name,
            name=args.zone_name,
            comment=f"{args.zone_name}, kept by {self.component_name}",
            tags={**args.tags, "Name": self.component_name},
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        self.zone_id, self.name_servers = zone.zone_id, zone.name_servers
        if args.parent_zone_id is not None:
            self._delegate(args.parent_zone_id)

    def _delegate(self, parent_zone_id: str) -> None:
        aws.route53.Record(
            f"{self.component_name}-delegation",
            zone_id=parent_zone_id,
            name=self.zone_name,
            type="NS",
            ttl=_DELEGATION_TTL_SECONDS,
            records=self.name_servers,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _look_up(self, zone_id: pulumi.Input[str]) -> None:
        found = aws.route53.get_zone_output(zone_id=zone_id, opts=pulumi.InvokeOutputOptions(parent=self))
        self.zone_id, self.name_servers = found.zone_id, found.name_servers


def prove(
    parent: pulumi.Resource,
    name: str,
    zone_id: pulumi.Input[str],
    fqdn: pulumi.Input[str],
    kind: pulumi.Input[str],
    value: pulumi.Input[str],
) -> pulumi.Output[str]:
    """The record that a certificate authority looks for, in a zone that is known by its id only."""
    return aws.route53.Record(
        name,
        zone_id=zone_id,
        name=fqdn,
        type=kind,
        records=[value],
        ttl=_PROOF_TTL_SECONDS,
        # The same name asked for again, by this account, wants the very record that is there.
        allow_overwrite=True,
        opts=pulumi.ResourceOptions(parent=parent),
    ).fqdn


def _check(where: str, args: DnsArgs) -> None:
    if args.existing_zone_id is None or args.parent_zone_id is None:
        return
    raise ComponentError(
        where,
        f"{args.zone_name} is to be an existing zone and to be delegated from a parent zone",
        expected="one of existing_zone_id and parent_zone_id",
        fix="drop parent_zone_id: whoever made the zone has delegated it",
    )
