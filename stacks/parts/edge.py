"""The edge before the load balancer, whoever runs it."""

from collections.abc import Mapping

import pulumi

from components.cloudflare_args import CloudflareOptions
from components.cloudflare_plans import Plan
from components.dns_zone import NameZone
from components.edge_args import CloudFrontOptions, FrontArgs
from components.edge_front import front_door
from components.edge_headers import SecurityHeaders
from components.edge_kind import EdgeKind, FrontDoor
from components.edge_lock import OriginLockArgs
from components.edge_paths import KeptPaths
from stacks.parts.certificates import Certificates
from stacks.parts.firewall import waf_args
from stacks.parts.ground import Ground
from stacks.parts.names import service_names
from stacks.settings.root import Settings


def open_edge(
    settings: Settings, ground: Ground, zone: NameZone, certificates: Certificates
) -> FrontDoor | None:
    """The edge of the settings' kind; None where the load balancer is public itself."""
    if settings.standby or settings.edge.kind == "none":
        return None
    kind = EdgeKind(settings.edge.kind)
    return front_door(
        f"{settings.prefix}-edge",
        kind,
        _front(settings, ground),
        cloudfront=_cloudfront(settings, ground, certificates.viewer) if certificates.viewer else None,
        cloudflare=_cloudflare(settings, zone) if kind is EdgeKind.CLOUDFLARE else None,
    )


def security_headers(settings: Settings) -> SecurityHeaders:
    """What every answer tells browsers."""
    return SecurityHeaders(**settings.edge.headers.model_dump())


def _front(settings: Settings, ground: Ground) -> FrontArgs:
    edge = settings.edge
    return FrontArgs(
        origin_domain=settings.domain.origin_name,
        aliases=service_names(settings),
        waf=waf_args(settings),
        static_paths=edge.static_paths,
        static_ttl_seconds=edge.static_ttl_seconds,
        static_browser_seconds=edge.static_browser_ttl_seconds,
        api_paths=edge.api_paths,
        kept=_kept(settings),
        headers=security_headers(settings),
        lock=_lock(settings, ground),
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )


def _kept(settings: Settings) -> tuple[KeptPaths, ...]:
    return tuple(KeptPaths(label=label, **kept.model_dump()) for label, kept in settings.edge.kept.items())


def _lock(settings: Settings, ground: Ground) -> OriginLockArgs:
    return OriginLockArgs(
        kms_key_arn=ground.key.arn,
        recovery_window_days=settings.secrets.recovery_window_days,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )


def _cloudfront(settings: Settings, ground: Ground, certificate_arn: pulumi.Input[str]) -> CloudFrontOptions:
    return CloudFrontOptions(
        certificate_arn=certificate_arn,
        log_bucket_domain=ground.logs.domain_name,
        price_class=settings.edge.price_class,
    )


def _cloudflare(settings: Settings, zone: NameZone) -> CloudflareOptions:
    wanted = settings.edge.cloudflare
    return CloudflareOptions(
        zone_id=zone.zone_id,
        zone_name=zone.zone_name,
        plan=Plan(wanted.plan),
        minimum_tls=wanted.minimum_tls,
        settings={**wanted.settings, **_images(settings)},
    )


def _images(settings: Settings) -> Mapping[str, str]:
    """Polish, which a free zone has not and cannot be told."""
    wanted = settings.edge.cloudflare
    return {} if wanted.plan == "free" else {"polish": wanted.image_optimisation}
