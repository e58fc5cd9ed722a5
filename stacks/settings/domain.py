from typing import Literal

from stacks.settings.field import setting
from stacks.settings.kinds import CertificateArn, HostLabel, HostName
from stacks.settings.section import Section


class Domain(Section):
    """The name under which people reach the product; what answers under which name is said by services and site."""

    # AWS: ACM API reference, RequestCertificate: the first name has at most 64 characters;
    # per general knowledge
    zone_name: HostName = setting(
        "DNS zone of this environment, a domain that its owner controls",
        example="staging.learning-assistant.app",
        max_length=64,
    )
    provider: Literal["route53", "cloudflare"] = setting(
        "Who keeps the zone; Cloudflare's edge needs its own", example="route53", default="route53"
    )
    existing_zone_id: str | None = setting(
        "Zone that exists already; left out: the stack makes the zone, and its name servers must be "
        "entered at the parent before certificates can be validated",
        example="Z0123456789ABCDEFGHIJ",
        pattern=r"^(Z[A-Z0-9]{4,31}|[0-9a-f]{32})$",
        default=None,
    )
    parent_zone_id: str | None = setting(
        "Route 53 zone of this account in which the stack enters its own zone's name servers",
        example="Z0123456789ABCDEFGHIJ",
        pattern=r"^Z[A-Z0-9]{4,31}$",
        default=None,
    )
    alternative_names: tuple[HostLabel, ...] = setting(
        "Further names of the default service, as labels within the zone",
        example=["www"],
        default=(),
    )
    existing_viewer_certificate_arn: CertificateArn | None = setting(
        "ACM certificate that CloudFront shows to viewers, in us-east-1; left out: the stack makes one",
        example="arn:aws:acm:us-east-1:123456789012:certificate/3b1c1c1e-0000-4000-8000-000000000000",
        default=None,
    )
    existing_origin_certificate_arn: CertificateArn | None = setting(
        "ACM certificate of the load balancer, in the stack's region; left out: the stack makes one",
        example="arn:aws:acm:eu-west-1:123456789012:certificate/3b1c1c1e-0000-4000-8000-000000000000",
        default=None,
    )

    @property
    def origin_name(self) -> str:
        """The name by which the edge finds the load balancer; its certificate covers it."""
        return f"origin.{self.zone_name}"

    def host(self, label: str) -> str:
        """The full name of a label within the zone; `@` is the zone itself."""
        return self.zone_name if label == "@" else f"{label}.{self.zone_name}"
