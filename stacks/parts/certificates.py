"""By which certificates viewers and the edge know whom they talk to."""

from dataclasses import dataclass

import pulumi

from components.certificate import Certificate, CertificateArgs
from components.dns_zone import NameZone
from stacks.parts.names import service_names, site_names
from stacks.settings.contradictions.domain import VIEWER_REGION
from stacks.settings.root import Settings


@dataclass(frozen=True)
class Certificates:
    """ARNs: what CloudFront shows to viewers (None where there is no CloudFront), and what the load balancer shows."""

    viewer: pulumi.Input[str] | None
    origin: pulumi.Input[str]


def viewer_names(settings: Settings) -> tuple[str, ...]:
    """The names for which CloudFront answers: those of services behind its edge, and the site's."""
    if settings.standby:
        return ()
    services = service_names(settings) if settings.edge.kind == "cloudfront" else ()
    return (*services, *(name for name in site_names(settings) if name not in services))


def origin_names(settings: Settings) -> tuple[str, ...]:
    """The names for which the load balancer answers: its own behind an edge, and the public ones that reach it."""
    own = () if settings.edge.kind == "none" else (settings.domain.origin_name,)
    # CloudFront asks for the origin by its own name; Cloudflare and people ask by the public ones.
    public = () if settings.edge.kind == "cloudfront" else service_names(settings)
    return (*public, *own)


def certify(settings: Settings, zone: NameZone) -> Certificates:
    """One certificate for both where both lie in one region, else one for each; those that exist are used."""
    viewer, origin = viewer_names(settings), origin_names(settings)
    given_viewer, given_origin = (
        settings.domain.existing_viewer_certificate_arn,
        settings.domain.existing_origin_certificate_arn,
    )
    if viewer and not given_viewer and not given_origin and settings.region == VIEWER_REGION:
        both = _certificate(settings, zone, "viewer", (*viewer, *origin)).arn
        return Certificates(viewer=both, origin=both)
    made_viewer = given_viewer or (
        _certificate(settings, zone, "viewer", viewer, VIEWER_REGION).arn if viewer else None
    )
    return Certificates(
        viewer=made_viewer if viewer else None,
        origin=given_origin or _certificate(settings, zone, "origin", origin).arn,
    )


def _certificate(
    settings: Settings, zone: NameZone, use: str, names: tuple[str, ...], region: str | None = None
) -> Certificate:
    # In the second region ACM asks for the records that the first region's stack keeps.
    stand = settings.standby
    first, *others = dict.fromkeys(names)
    args = CertificateArgs(
        domain_name=first,
        subject_alternative_names=others,
        dns=None if stand else zone,
        proved_elsewhere=stand,
        region=None if region == settings.region else region,
        tags=settings.all_tags,
    )
    return Certificate(f"{settings.prefix}-{use}-certificate", args)
