"""How a CloudFront distribution meets its viewers: under which certificate, and where their requests are noted."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.edge_checks import in_viewers_region

# AWS: API reference of CloudFront ViewerCertificate.MinimumProtocolVersion (botocore 1.44.5), read 2026-11
_MINIMUM_TLS = "TLSv1.2_2021"


def viewer_certificate(
    where: str, certificate_arn: pulumi.Input[str]
) -> aws.cloudfront.DistributionViewerCertificateArgsDict:
    """The certificate of the component `where`, which must lie where CloudFront looks for it."""
    arn = pulumi.Output.from_input(certificate_arn)
    return {
        "acm_certificate_arn": arn.apply(lambda known: in_viewers_region(where, known)),
        "ssl_support_method": "sni-only",
        "minimum_protocol_version": _MINIMUM_TLS,
    }


def access_log(
    where: str, bucket_domain: pulumi.Input[str] | None
) -> aws.cloudfront.DistributionLoggingConfigArgsDict | None:
    """The log of the component `where`, in a folder of its own; None without a bucket."""
    if bucket_domain is None:
        return None
    return {"bucket": bucket_domain, "prefix": f"{where}/", "include_cookies": False}
