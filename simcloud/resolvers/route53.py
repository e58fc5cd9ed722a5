"""What other resources name of Route 53."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "hosted_zone": Resolver(
        "NoSuchHostedZone",
        "No hosted zone found with ID: {value}",
        lambda ctx, value: ctx.client("route53").get_hosted_zone(Id=value),
        given_out=True,
    ),
    "health_check": Resolver(
        "NoSuchHealthCheck",
        "No health check exists with the specified ID: {value}",
        lambda ctx, value: ctx.client("route53").get_health_check(HealthCheckId=value),
    ),
}
