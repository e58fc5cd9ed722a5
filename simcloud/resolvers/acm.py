"""What other resources name of ACM."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "certificate": Resolver(
        "CertificateNotFound",
        "Certificate '{value}' not found",
        lambda ctx, value: ctx.client("acm").describe_certificate(CertificateArn=value),
        given_out=True,
    ),
}
