"""A DNS zone and the names in it that point at AWS resources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pulumi
import pulumi_aws as aws

from components.dns_zone import DnsKind, check_within
from components.errors import ComponentError

# ACM polls for minutes; a short life lets a corrected record be seen soon.
_PROOF_TTL_SECONDS = 60
_DELEGATION_TTL_SECONDS = 3600
_HTTPS = 443
# AWS: Route 53 developer guide, "Values that you specify when you create or update health checks": 10 or 30 seconds,
# of which the former costs more; per general knowledge of that page.
_LOOKS_EVERY_SECONDS = 30
_FAILURES = 3


@dataclass(frozen=True, kw_only=True)
class DnsArgs:
    """`existing_zone_id` uses a zone that is already there; `parent_zone_id` delegates a new one from its parent."""

    zone_name: str
    existing_zone_id: pulumi.Input[str] | None = None
    parent_zone_id: str | None = None
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class FailoverRole(StrEnum):
    """Who answers while it is healthy, and who answers when that one is not."""

    PRIMARY = "PRIMARY"
    SECONDARY = "SECONDARY"


@dataclass(frozen=True, kw_only=True)
class FailoverTarget:
    """One of the two that answer for a name, and the health check that says whether it can."""

    role: FailoverRole
    domain: pulumi.Input[str]
    zone_id: pulumi.Input[str]
    health_check_id: pulumi.Input[str]


class Dns(pulumi.ComponentResource):
    """A public Route 53 zone."""

    kind = DnsKind.ROUTE53
    component_name: str
    zone_id: pulumi.Output[str]
    zone_name: str
    name_servers: pulumi.Output[Sequence[str]]

    def __init__(self, name: str, args: DnsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("plinth:dns:Dns", name, {}, opts)
        self.component_name, self.zone_name, self._tags = name, args.zone_name, args.tags
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
                opts=_in_place(self),
            )

    def health_check(self, name: str, host: pulumi.Input[str], path: str) -> pulumi.Output[str]:
        """Let AWS ask `host` for `path` over HTTPS from many places; the check's id.

        It turns after 3 failures, 30 seconds apart. `name` is a label within the component.
        """
        full = f"{self.component_name}-{name}-health"
        return aws.route53.HealthCheck(
            full,
            type="HTTPS",
            fqdn=host,
            port=_HTTPS,
            resource_path=path,
            request_interval=_LOOKS_EVERY_SECONDS,
            failure_threshold=_FAILURES,
            enable_sni=True,
            tags={**self._tags, "Name": full},
            opts=pulumi.ResourceOptions(parent=self),
        ).id

    def failover(self, name: str, fqdn: str, target: FailoverTarget, *, ipv6: bool = False) -> None:
        """Point `fqdn` at one of two targets: the other one's record may be another stack's, in the same zone.

        `name` is a label within the component, as for `alias`.
        """
        check_within(f"{self.component_name}-{name}", fqdn, self.zone_name)
        for kind in ("A", "AAAA") if ipv6 else ("A",):
            aws.route53.Record(
                f"{self.component_name}-{name}-{kind.lower()}",
                zone_id=self.zone_id,
                name=fqdn,
                type=kind,
                set_identifier=target.role.lower(),
                failover_routing_policies=[{"type": target.role.value}],
                health_check_id=target.health_check_id,
                # A target group without targets makes a load balancer unhealthy to Route 53, and the spare one of a
                # blue/green pair never has any: the health check alone decides.
                aliases=[{"name": target.domain, "zone_id": target.zone_id, "evaluate_target_health": False}],
                opts=_in_place(self),
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


def _in_place(parent: pulumi.Resource) -> pulumi.ResourceOptions:
    """A name has either one record or one with a failover twin: the old one goes before the new one can come."""
    return pulumi.ResourceOptions(parent=parent, delete_before_replace=True)


def _check(where: str, args: DnsArgs) -> None:
    if args.existing_zone_id is None or args.parent_zone_id is None:
        return
    raise ComponentError(
        where,
        f"{args.zone_name} is to be an existing zone and to be delegated from a parent zone",
        expected="one of existing_zone_id and parent_zone_id",
        fix="drop parent_zone_id: whoever made the zone has delegated it",
    )
