"""The way in: names, certificates, the load balancer, and the edge that alone may reach it."""

from dataclasses import dataclass

import pulumi

from components.certificate import Certificate, CertificateArgs
from components.dns import Dns, DnsArgs
from components.edge import Edge, EdgeArgs, OriginLockArgs, WafArgs
from components.gateway import Gateway, GatewayArgs
from stacks.parts.ground import Ground
from stacks.settings.contradictions.domain import VIEWER_REGION
from stacks.settings.root import Settings


@dataclass(frozen=True)
class Entrance:
    """Services hang themselves behind `gateway`."""

    dns: Dns
    gateway: Gateway
    edge: Edge


@dataclass(frozen=True)
class Certificates:
    """ARNs: what CloudFront shows to viewers, and what the load balancer shows to CloudFront."""

    viewer: pulumi.Input[str]
    origin: pulumi.Input[str]


def open_entrance(settings: Settings, ground: Ground) -> Entrance:
    """From the zone to the edge; the site's name leads to the edge, the origin's name to the gateway."""
    dns = _dns(settings)
    certificates = _certificates(settings, dns)
    edge = _edge(settings, ground, certificates)
    gateway = _gateway(settings, ground, certificates, edge)
    _name(settings, dns, gateway, edge)
    return Entrance(dns=dns, gateway=gateway, edge=edge)


def site_names(settings: Settings) -> tuple[str, ...]:
    """The host names of the site, the zone's apex first."""
    return tuple(settings.domain.host(label) for label in ("@", *settings.domain.alternative_names))


def _dns(settings: Settings) -> Dns:
    args = DnsArgs(
        zone_name=settings.domain.zone_name,
        existing_zone_id=settings.domain.existing_zone_id,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Dns(f"{settings.prefix}-dns", args)


def _certificates(settings: Settings, dns: Dns) -> Certificates:
    viewer, origin = (
        settings.domain.existing_viewer_certificate_arn,
        settings.domain.existing_origin_certificate_arn,
    )
    made = None if viewer else _certificate(settings, dns, "viewer", VIEWER_REGION)
    if origin is None and made is not None and settings.region == VIEWER_REGION:
        origin_arn: pulumi.Input[str] = made.arn
    else:
        origin_arn = origin or _certificate(settings, dns, "origin", settings.region, made).arn
    return Certificates(viewer=made.arn if made else str(viewer), origin=origin_arn)


def _certificate(
    settings: Settings, dns: Dns, use: str, region: str, proved_by: Certificate | None = None
) -> Certificate:
    """One certificate for the names of the site and of the origin, so that either can stand for both."""
    args = CertificateArgs(
        domain_name=settings.domain.zone_name,
        subject_alternative_names=(*site_names(settings)[1:], settings.domain.origin_name),
        zone_id=dns.zone_id,
        region=None if region == settings.region else region,
        proved_by=proved_by,
        tags=settings.all_tags,
    )
    return Certificate(f"{settings.prefix}-{use}-certificate", args)


def _gateway(settings: Settings, ground: Ground, certificates: Certificates, edge: Edge) -> Gateway:
    args = GatewayArgs(
        vpc_id=ground.network.vpc_id,
        subnet_ids=ground.network.public_subnet_ids,
        certificate_arn=certificates.origin,
        ingress=edge.origin_ingress,
        access_log_bucket=ground.logs.name,
        deletion_protection=settings.protection.enabled,
        idle_timeout_seconds=settings.gateway.idle_timeout_seconds,
        tls_policy=settings.gateway.tls_policy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Gateway(f"{settings.prefix}-gateway", args)


def _edge(settings: Settings, ground: Ground, certificates: Certificates) -> Edge:
    waf = WafArgs(
        rate_limit_per_5_minutes=settings.edge.rate_limit_per_5_minutes,
        block=settings.edge.block,
        log_retention_days=settings.logs.firewall_days,
    )
    args = EdgeArgs(
        origin_domain=settings.domain.origin_name,
        aliases=site_names(settings),
        certificate_arn=certificates.viewer,
        waf=waf,
        log_bucket_domain=ground.logs.domain_name,
        price_class=settings.edge.price_class,
        static_ttl_seconds=settings.edge.static_ttl_seconds,
        api_paths=settings.edge.api_paths,
        lock=OriginLockArgs(
            kms_key_arn=ground.key.arn,
            recovery_window_days=settings.secrets.recovery_window_days,
            protect=settings.protection.enabled,
            tags=settings.all_tags,
        ),
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Edge(f"{settings.prefix}-edge", args)


def _name(settings: Settings, dns: Dns, gateway: Gateway, edge: Edge) -> None:
    dns.alias("origin", settings.domain.origin_name, gateway.dns_name, gateway.zone_id)
    for host in site_names(settings):
        label = "site" if host == settings.domain.zone_name else host.split(".")[0]
        dns.alias(label, host, edge.domain_name, edge.hosted_zone_id, ipv6=True)
