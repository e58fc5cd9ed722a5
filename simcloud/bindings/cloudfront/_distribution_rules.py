"""What CloudFront refuses in a distribution, its cache behaviours apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.bindings.cloudfront import _origin_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.resolvers import RESOLVERS
from simcloud.values import Props, Unknown, Value, is_known

_LONGEST_COMMENT = 128
# AWS: CustomErrorResponse.ErrorCode, CloudFront API reference; per general knowledge, not verified against AWS.
_ERROR_CODES = (400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504)
_BAD_CERTIFICATE = (
    "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid "
    "certificate chain."
)


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything wrong that is known."""
    yield from _origin_rules.problems(ctx, new)
    yield from _certificate_problems(ctx, new)
    yield from _web_acl_problems(ctx, new.get("webAclId"))
    yield from _logging_problems(ctx, new.get("loggingConfig"))
    yield from _restriction_problems(ctx, new["restrictions"])
    yield from _error_problems(new.get("customErrorResponses"))
    comment, root = new.get("comment"), new.get("defaultRootObject")
    if isinstance(comment, str) and len(comment) > _LONGEST_COMMENT:
        yield _invalid(f"The comment has {len(comment)} characters, at most {_LONGEST_COMMENT}.", "comment")
    if isinstance(root, str) and root.startswith("/"):
        yield _invalid("The default root object must not begin with a slash.", "defaultRootObject")


def _certificate_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    certificate, aliases = new["viewerCertificate"], new.get("aliases") or []
    if not isinstance(certificate, Mapping):
        return
    arn = certificate.get("acmCertificateArn")
    ways = ("acmCertificateArn", "iamCertificateId", "cloudfrontDefaultCertificate")
    if is_known(certificate) and not any(certificate.get(way) for way in ways):
        text = "one of acmCertificateArn, iamCertificateId and cloudfrontDefaultCertificate is needed."
        yield Refusal("InvalidViewerCertificate", text, "viewerCertificate")
    if arn is None and certificate.get("iamCertificateId") is None:
        if aliases:
            yield Refusal(
                "InvalidViewerCertificate",
                "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted "
                "certificate that validates your authorization to use the domain name.",
                "viewerCertificate",
            )
        return
    if certificate.get("sslSupportMethod") is None:
        yield Refusal(
            "InvalidViewerCertificate",
            "A certificate of one's own needs an SSL support method.",
            "viewerCertificate.sslSupportMethod",
            "set it to sni-only.",
        )
    if isinstance(arn, str):
        yield from _coverage_problems(ctx, arn, aliases)


def _coverage_problems(ctx: Context, arn: str, aliases: Value) -> Iterator[Refusal]:
    path = "viewerCertificate.acmCertificateArn"
    found = _issued(ctx, arn)
    if found is None:
        yield Refusal("InvalidViewerCertificate", _BAD_CERTIFICATE, path)
        return
    names = [found["DomainName"], *found.get("SubjectAlternativeNames", [])]
    for position, alias in enumerate(aliases if isinstance(aliases, list) else []):
        if isinstance(alias, str) and not any(_covers(name, alias) for name in names):
            yield Refusal(
                "InvalidViewerCertificate",
                "The certificate that is attached to your distribution doesn't cover the alternate domain name "
                f"(CNAME) that you're trying to add: {alias}; it covers {', '.join(sorted(set(names)))}.",
                f"aliases[{position}]",
            )


def _issued(ctx: Context, arn: str) -> Any:
    """The certificate, if it lies where CloudFront looks and is valid."""
    if not re.match(r"arn:aws:acm:us-east-1:", arn):
        return None
    try:
        found = (
            ctx.in_region("us-east-1").client("acm").describe_certificate(CertificateArn=arn)["Certificate"]
        )
    except ClientError:
        return None
    return found if found["Status"] == "ISSUED" else None


def _covers(name: str, alias: str) -> bool:
    if name.startswith("*."):
        return alias.partition(".")[2].lower() == name[2:].lower()
    return name.lower() == alias.lower()


def _web_acl_problems(ctx: Context, arn: Value) -> Iterator[Refusal]:
    if (
        isinstance(arn, str)
        and arn
        and (":global/webacl/" not in arn or not RESOLVERS["web_acl"].look(ctx, arn))
    ):
        yield Refusal(
            "InvalidWebACLId",
            f"The specified web ACL does not exist, or its scope is not CLOUDFRONT: {arn}.",
            "webAclId",
        )


def _logging_problems(ctx: Context, logging: Value) -> Iterator[Refusal]:
    domain = logging.get("bucket") if isinstance(logging, Mapping) else None
    if not isinstance(domain, str):
        return
    name = re.match(r"(.+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com$", domain)
    if name is None or not _bucket_exists(ctx, name.group(1)):
        yield _invalid(
            f"The parameter Logging Bucket does not refer to a valid S3 bucket: {domain}.",
            "loggingConfig.bucket",
        )
    elif not _takes_acls(ctx, name.group(1)):
        yield _invalid(
            f"The S3 bucket that you specified for CloudFront logs does not enable ACL access: {domain}.",
            "loggingConfig.bucket",
            "give the bucket BucketOwnershipControls with BucketOwnerPreferred, before the distribution.",
        )


def _bucket_exists(ctx: Context, name: str) -> bool:
    try:
        ctx.client("s3").head_bucket(Bucket=name)
    except ClientError:
        return False
    return True


def _takes_acls(ctx: Context, name: str) -> bool:
    """Buckets take no ACLs unless their ownership controls say so."""
    try:
        controls = ctx.client("s3").get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]
    except ClientError:
        return False
    return bool(controls["Rules"][0]["ObjectOwnership"] != "BucketOwnerEnforced")


def _restriction_problems(ctx: Context, restrictions: Value) -> Iterator[Refusal]:
    geo = restrictions.get("geoRestriction") if isinstance(restrictions, Mapping) else None
    if not isinstance(geo, Mapping) or not is_known(geo):
        return
    for position, country in enumerate(geo.get("locations") or ()):
        # AWS: the countries that its firewall knows, out of the model of wafv2 (botocore 1.44.5), read 2026-11.
        if country not in ctx.client("wafv2").meta.service_model.shape_for("CountryCode").enum:
            path = f"restrictions.geoRestriction.locations[{position}]"
            yield _invalid(f"{country!r} is no code of a country (ISO 3166-1 alpha-2).", path)
    named = bool(geo.get("locations"))
    if named is (geo.get("restrictionType") == "none"):
        yield _invalid(
            "Locations are given with whitelist or blacklist, and only with these.",
            "restrictions.geoRestriction.locations",
        )


def _error_problems(responses: Value) -> Iterator[Refusal]:
    for position, response in enumerate(responses if isinstance(responses, list) else []):
        path = f"customErrorResponses[{position}]"
        code = response.get("errorCode")
        if not isinstance(code, Unknown) and int(code) not in _ERROR_CODES:
            yield _invalid(f"CloudFront has no custom answer to the status {code}.", f"{path}.errorCode")
        if (response.get("responseCode") is None) is not (response.get("responsePagePath") is None):
            yield _invalid(
                "responseCode and responsePagePath are given together.", f"{path}.responsePagePath"
            )


def _invalid(message: str, path: str, fix: str = "") -> Refusal:
    return Refusal("InvalidArgument", message, path, fix)
