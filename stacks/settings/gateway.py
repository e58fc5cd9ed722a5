from typing import Literal

from stacks.settings.field import setting
from stacks.settings.section import Section


class Gateway(Section):
    """The load balancer between the edge and the tasks."""

    idle_timeout_seconds: int = setting(
        "How long an idle connection stays open", example=60, unit="seconds", ge=1, le=4000, default=60
    )
    # CloudFront speaks TLS 1.2 to origins (AWS: CloudFront developer guide, "Supported protocols and ciphers
    # between CloudFront and the origin", read 2026-11): a policy with TLS 1.3 alone would cut the edge off.
    tls_policy: Literal[
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        "ELBSecurityPolicy-TLS13-1-3-2021-06",
    ] = setting(
        "TLS policy of the HTTPS listener: TLS 1.3, and 1.2 for CloudFront; the last one takes TLS 1.3 alone",
        example="ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        default="ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    )
    algorithm: Literal["round_robin", "least_outstanding_requests"] = setting(
        "Which task gets the next request", example="round_robin", default="round_robin"
    )
    deregistration_seconds: int = setting(
        "How long a leaving task may finish its requests", example=30, unit="seconds", ge=0, le=3600
    )
