"""What about names and certificates cannot be."""

from collections.abc import Iterator

from stacks.settings.problem import Problem
from stacks.settings.root import Settings

# AWS: CloudFront developer guide, "Requirements for using SSL/TLS certificates with CloudFront";
# per reference notes
VIEWER_REGION = "us-east-1"


def domain(settings: Settings) -> Iterator[Problem]:
    """Certificates in a region where their user cannot see them, and names outside of the zone."""
    yield from _certificate(settings, "existing_viewer_certificate_arn", VIEWER_REGION, "CloudFront")
    yield from _certificate(settings, "existing_origin_certificate_arn", settings.region, "the load balancer")
    yield from _outside_the_zone(settings)


def _certificate(settings: Settings, field: str, region: str, user: str) -> Iterator[Problem]:
    arn = getattr(settings.domain, field)
    if arn is not None and (found := arn.split(":")[3]) != region:
        yield Problem(
            path=f"domain.{field}",
            problem=f"the certificate lies in {found}, where {user} cannot use it",
            expected=f"a certificate in {region}",
            fix=f"request it in {region}, or leave the setting out and the stack makes one",
            involves=(f"domain.{field}", "region"),
        )


def _outside_the_zone(settings: Settings) -> Iterator[Problem]:
    zone = settings.domain.zone_name
    for index, name in enumerate(settings.domain.alternative_names):
        if not name.endswith(f".{zone}"):
            yield Problem(
                path=f"domain.alternative_names[{index}]",
                problem=f'"{name}" is not a name in the zone {zone}',
                expected=f"a name that ends with .{zone}",
                fix=f"use {name.split('.')[0]}.{zone}, or give the other zone a stack of its own",
                involves=("domain.alternative_names", "domain.zone_name"),
            )
