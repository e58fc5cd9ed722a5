"""The way in: names, certificates, the load balancer, and what stands before it."""

from dataclasses import dataclass

import pulumi

from components.dns_zone import NameZone, label_of
from components.edge_kind import FrontDoor
from components.gateway import Gateway, GatewayArgs, Ingress
from components.site import Site
from stacks.parts.certificates import Certificates, certify
from stacks.parts.edge import open_edge, security_headers
from stacks.parts.firewall import waf_args
from stacks.parts.ground import Ground
from stacks.parts.names import service_names
from stacks.parts.site import open_site
from stacks.parts.zone import open_zone
from stacks.settings.root import Settings

_ANYWHERE, _ANYWHERE_IPV6 = "0.0.0.0/0", "::/0"


@dataclass(frozen=True)
class Entrance:
    """Services hang themselves behind `gateway`; without an edge it is the public way in itself."""

    dns: NameZone
    gateway: Gateway
    edge: FrontDoor | None
    site: Site | None


def open_entrance(settings: Settings, ground: Ground, zone_id: pulumi.Input[str] | None = None) -> Entrance:
    """From the zone to the edge; `zone_id` is the zone that another stack made."""
    zone = open_zone(settings, zone_id)
    certificates = certify(settings, zone)
    edge = open_edge(settings, ground, zone, certificates)
    gateway = _gateway(settings, ground, certificates, edge)
    site = open_site(settings, ground, certificates.viewer)
    _publish(settings, zone, gateway, edge)
    if site is not None:
        site.publish(zone)
    return Entrance(dns=zone, gateway=gateway, edge=edge, site=site)


def turned_by_failover(settings: Settings) -> bool:
    """Whether the names of services lead now to the one region and now to the other."""
    return settings.edge.kind == "none" and (settings.standby or settings.regions.standby)


def _gateway(
    settings: Settings, ground: Ground, certificates: Certificates, edge: FrontDoor | None
) -> Gateway:
    public = edge is None
    ipv6 = public and settings.network.ipv6
    args = GatewayArgs(
        vpc_id=ground.network.vpc_id,
        subnet_ids=ground.network.public_subnet_ids,
        certificate_arn=certificates.origin,
        ingress=_everybody(ipv6) if edge is None else edge.origin_ingress,
        ipv6=ipv6,
        # Behind an edge these are the edge's.
        waf=waf_args(settings) if public else None,
        headers=security_headers(settings) if public else None,
        algorithm=settings.gateway.algorithm,
        access_log_bucket=ground.logs.name,
        deletion_protection=settings.protection.enabled,
        idle_timeout_seconds=settings.gateway.idle_timeout_seconds,
        tls_policy=settings.gateway.tls_policy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Gateway(f"{settings.prefix}-gateway", args)


def _everybody(ipv6: bool) -> Ingress:
    return Ingress(cidrs=(_ANYWHERE, _ANYWHERE_IPV6) if ipv6 else (_ANYWHERE,))


def _publish(settings: Settings, zone: NameZone, gateway: Gateway, edge: FrontDoor | None) -> None:
    if edge is not None:
        zone.alias("origin", settings.domain.origin_name, gateway.dns_name, gateway.zone_id)
        edge.publish(zone)
        return
    if turned_by_failover(settings):
        return
    for host in service_names(settings):
        label = label_of(host, zone.zone_name)
        zone.alias(label, host, gateway.dns_name, gateway.zone_id, ipv6=settings.network.ipv6)
