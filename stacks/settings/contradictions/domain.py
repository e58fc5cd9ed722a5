"""What about names and certificates cannot be."""

from collections.abc import Iterator

from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings

# AWS: CloudFront developer guide, "Requirements for using SSL/TLS certificates with CloudFront";
# per reference notes
VIEWER_REGION = "us-east-1"


def domain(settings: Settings) -> Iterator[Problem]:
    """Certificates in a region where their user cannot see them, zones that the edge cannot use, names for labels."""
    yield from _certificate(settings, "existing_viewer_certificate_arn", VIEWER_REGION, "CloudFront")
    yield from _certificate(settings, "existing_origin_certificate_arn", settings.region, "the load balancer")
    yield from _zone_of_the_edge(settings)
    yield from _zone_twice(settings)
    yield from _full_names(settings)


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


def _zone_of_the_edge(settings: Settings) -> Iterator[Problem]:
    if settings.edge.kind == "cloudflare" and settings.domain.provider != "cloudflare":
        yield Problem(
            path="domain.provider",
            problem="Cloudflare's edge answers for names of a zone that Cloudflare keeps",
            expected="cloudflare with edge.kind: cloudflare",
            fix=SetTo(path="domain.provider", value="cloudflare"),
            involves=("domain.provider", "edge.kind"),
        )


def _zone_twice(settings: Settings) -> Iterator[Problem]:
    domain, account = settings.domain, settings.edge.cloudflare.account_id
    involves = ("domain.provider", "domain.existing_zone_id", "edge.cloudflare")
    if domain.provider == "cloudflare" and (domain.existing_zone_id is None) == (account is None):
        yield Problem(
            path="edge.cloudflare.account_id",
            problem="the zone is to be made and to exist already, or neither",
            expected="either the account in which the zone is made, or domain.existing_zone_id",
            fix="give one of edge.cloudflare.account_id and domain.existing_zone_id",
            involves=involves,
        )
    if (
        domain.provider == "route53"
        and domain.existing_zone_id
        and not domain.existing_zone_id.startswith("Z")
    ):
        yield Problem(
            path="domain.existing_zone_id",
            problem=f"{domain.existing_zone_id} is not the id of a Route 53 zone",
            expected="an id that begins with Z",
            fix="correct it, or set domain.provider to cloudflare",
            involves=involves,
        )


def _full_names(settings: Settings) -> Iterator[Problem]:
    """A full name where a label is meant: it would become www.zone.zone."""
    zone = settings.domain.zone_name
    for path, label in _labels(settings):
        if label == zone or label.endswith(f".{zone}"):
            yield Problem(
                path=path,
                problem=f'"{label}" would be {settings.domain.host(label)}',
                expected=f"a label within {zone}",
                fix=f"write {label.removesuffix(zone).rstrip('.') or '@'}",
                involves=(path.partition("[")[0], "domain.zone_name"),
            )


def _labels(settings: Settings) -> Iterator[tuple[str, str]]:
    listed = {"domain.alternative_names": settings.domain.alternative_names}
    listed |= {f"services.{name}.hosts": one.hosts for name, one in settings.services.items()}
    listed |= {"site.hosts": settings.site.hosts} if settings.site else {}
    for path, labels in listed.items():
        yield from ((f"{path}[{index}]", label) for index, label in enumerate(labels))
