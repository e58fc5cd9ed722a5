"""The site: files that only CloudFront reads, kept by the class of their path, with careful headers."""

import json
from typing import Any

import pytest

from components.bucket import Bucket, BucketArgs, Purpose
from components.certificate import Certificate, CertificateArgs
from components.dns import Dns, DnsArgs
from components.errors import ComponentError
from components.site import (
    ASSETS,
    STRICT_HEADERS,
    ExistingWebAcl,
    KeptPaths,
    SecurityHeaders,
    Site,
    SiteArgs,
    WafArgs,
)
from simcloud.testing import Simulation
from tests.components.recording import ACCOUNT, Cloud

NAME = "la-prod-site"
WAF = WafArgs(rate_limit_per_5_minutes=2000, block=True)
CERTIFICATE = f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/1"


def site(**changes: Any) -> Site:
    given: dict[str, Any] = {
        "aliases": ["app.example.org"],
        "certificate_arn": CERTIFICATE,
        "waf": WAF,
        **changes,
    }
    return Site(NAME, SiteArgs(**given))


def distribution(cloud: Cloud) -> Any:
    return cloud.one("Distribution").inputs


@pytest.mark.proves("S1-09", "S4-22")
def test_only_cloudfront_reads_the_files(cloud: Cloud) -> None:
    cloud.deploy(site)
    [origin] = distribution(cloud)["origins"]
    assert origin["originId"] == "files"
    assert origin["domainName"] == f"{NAME}-files-1234567.s3.us-east-1.amazonaws.com"
    assert origin["originAccessControlId"] == f"{NAME}-files-id"
    assert "customOriginConfig" not in origin
    control = cloud.one("OriginAccessControl").inputs
    assert (control["signingBehavior"], control["signingProtocol"]) == ("always", "sigv4")
    block = cloud.one("BucketPublicAccessBlock").inputs
    assert all(value is True for key, value in block.items() if key != "bucket")
    statements = {s["Sid"]: s for s in cloud.one("BucketPolicy").document("policy")["Statement"]}
    assert statements["SiteFiles"]["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert statements["SiteFiles"]["Action"] == "s3:GetObject"


def test_a_program_in_the_browser_knows_its_own_paths(cloud: Cloud) -> None:
    cloud.deploy(site)
    assert distribution(cloud)["defaultRootObject"] == "index.html"
    assert distribution(cloud)["customErrorResponses"] == [
        {"errorCode": 404, "responseCode": 200, "responsePagePath": "/index.html", "errorCachingMinTtl": 10}
    ]


def test_pages_that_are_not_there_say_so(cloud: Cloud) -> None:
    cloud.deploy(lambda: site(single_page=False))
    assert distribution(cloud)["customErrorResponses"] == [
        {"errorCode": 404, "responseCode": 404, "responsePagePath": "/404.html", "errorCachingMinTtl": 10}
    ]


def test_its_own_distribution_learns_which_files_are_missing(cloud: Cloud) -> None:
    # Without s3:ListBucket S3 answers 403 for a missing file, and a page for 403 would hide what the firewall refuses.
    cloud.deploy(site)
    statements = {s["Sid"]: s for s in cloud.one("BucketPolicy").document("policy")["Statement"]}
    bucket = statements["MissingFiles"]["Resource"]
    assert statements["MissingFiles"]["Action"] == "s3:ListBucket"
    assert statements["SiteFiles"]["Resource"] == f"{bucket}/*"
    arns = {
        statements[sid]["Condition"]["StringEquals"]["aws:SourceArn"] for sid in ("MissingFiles", "SiteFiles")
    }
    assert arns == {f"arn:aws:test:us-east-1:{ACCOUNT}:Distribution/{NAME}"}


def told(cloud: Cloud, name: str) -> Any:
    """What a headers policy tells browsers of keeping."""
    items = cloud.named("ResponseHeadersPolicy", name).inputs["customHeadersConfig"]["items"]
    return {item["header"]: item["value"] for item in items}


@pytest.mark.proves("S3-18")
def test_what_is_kept_how_long(cloud: Cloud) -> None:
    images = KeptPaths(label="images", paths=["/img/*"], edge_seconds=86_400)
    cloud.deploy(lambda: site(kept=[ASSETS, images], page_seconds=600))
    ttl = {made.name: made.inputs["defaultTtl"] for made in cloud.of("CachePolicy")}
    assert ttl == {f"{NAME}-pages": 600, f"{NAME}-assets": 31_536_000, f"{NAME}-images": 86_400}
    ordered = distribution(cloud)["orderedCacheBehaviors"]
    assert [(entry["pathPattern"], entry["cachePolicyId"]) for entry in ordered] == [
        ("/assets/*", f"{NAME}-assets-id"),
        ("/static/*", f"{NAME}-assets-id"),
        ("/img/*", f"{NAME}-images-id"),
    ]
    assert told(cloud, f"{NAME}-headers")["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert told(cloud, f"{NAME}-assets-headers")["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "customHeadersConfig" not in cloud.named("ResponseHeadersPolicy", f"{NAME}-images-headers").inputs


def test_every_answer_is_careful_and_nothing_is_written(cloud: Cloud) -> None:
    cloud.deploy(lambda: site(headers=STRICT_HEADERS))
    behaviours = [distribution(cloud)["defaultCacheBehavior"], *distribution(cloud)["orderedCacheBehaviors"]]
    for behaviour in behaviours:
        assert behaviour["viewerProtocolPolicy"] == "redirect-to-https"
        assert behaviour["allowedMethods"] == ["GET", "HEAD", "OPTIONS"]
        assert behaviour["responseHeadersPolicyId"]
        # A bucket answers for its own name only.
        assert "originRequestPolicyId" not in behaviour
    for policy in cloud.of("ResponseHeadersPolicy"):
        config = policy.inputs["securityHeadersConfig"]
        assert config["frameOptions"]["frameOption"] == "DENY"
        assert config["contentSecurityPolicy"]["contentSecurityPolicy"].startswith("default-src 'self'")


def test_a_firewall_stands_before_it(cloud: Cloud) -> None:
    cloud.deploy(site)
    assert distribution(cloud)["webAclId"].endswith(f"WebAcl/{NAME}")
    assert distribution(cloud)["viewerCertificate"]["minimumProtocolVersion"] == "TLSv1.2_2021"


def test_a_firewall_that_exists_stands_before_it(cloud: Cloud) -> None:
    arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/theirs/a1b2c3d4-5678-90ab-cdef-000000000001"
    cloud.deploy(lambda: site(waf=ExistingWebAcl(arn=arn)))
    assert cloud.of("WebAcl") == []
    assert distribution(cloud)["webAclId"] == arn


def test_logs_where_there_is_a_bucket_for_them(cloud: Cloud) -> None:
    cloud.deploy(lambda: site(log_bucket_domain="logs.s3.amazonaws.com", access_log_bucket="access"))
    assert distribution(cloud)["loggingConfig"] == {
        "bucket": "logs.s3.amazonaws.com",
        "prefix": f"{NAME}/",
        "includeCookies": False,
    }
    assert cloud.one("BucketLogging").inputs["targetBucket"] == "access"


def test_files_that_lie_elsewhere(cloud: Cloud) -> None:
    cloud.deploy(lambda: site(bucket=Bucket("la-files", BucketArgs(purpose=Purpose.SITE))))
    assert [made.name for made in cloud.of("Bucket")] == ["la-files"]
    assert distribution(cloud)["origins"][0]["domainName"].startswith("la-files-")
    # It is read by whatever distribution of the account and listed by none: a missing file is a forbidden one.
    assert [page["errorCode"] for page in distribution(cloud)["customErrorResponses"]] == [403, 404]


def test_who_deploys_replaces_files_and_makes_the_edge_forget(cloud: Cloud) -> None:
    cloud.deploy(lambda: site().grant_deploy("deployer"))
    policies = {made.name: made for made in cloud.of("RolePolicy")}
    assert sorted(policies) == [f"{NAME}-files-deploy-read-write", f"{NAME}-invalidation-by-deploy"]
    [forget] = policies[f"{NAME}-invalidation-by-deploy"].document("policy")["Statement"]
    assert forget["Action"] == ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"]
    assert [arn.rsplit("/", 1)[-1] for arn in forget["Resource"]] == [NAME]


def test_production_is_protected(cloud: Cloud) -> None:
    cloud.deploy(lambda: site(protect=True))
    assert cloud.one("Distribution").protect is True
    assert cloud.one("Bucket").protect is True


@pytest.mark.proves("S1-09", "S4-22")
def test_aws_serves_the_names() -> None:
    def program() -> None:
        dns = Dns("la-prod-dns", DnsArgs(zone_name="example.org"))
        proof = CertificateArgs(domain_name="app.example.org", zone_id=dns.zone_id)
        site(certificate_arn=Certificate("la-prod-viewer", proof).arn).publish(dns)

    simulation = Simulation()
    simulation.run(program)
    [found] = simulation.client("cloudfront").list_distributions()["DistributionList"]["Items"]
    assert found["Aliases"]["Items"] == ["app.example.org"]
    [origin] = found["Origins"]["Items"]
    assert origin["OriginAccessControlId"]
    route53 = simulation.client("route53")
    [zone] = route53.list_hosted_zones()["HostedZones"]
    records = route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
    aliases = [
        record for record in records if record["Name"] == "app.example.org." and "AliasTarget" in record
    ]
    assert sorted(record["Type"] for record in aliases) == ["A", "AAAA"]
    [bucket] = simulation.client("s3").list_buckets()["Buckets"]
    policy = json.loads(simulation.client("s3").get_bucket_policy(Bucket=bucket["Name"])["Policy"])
    assert [statement["Sid"] for statement in policy["Statement"]] == [
        "RefusePlainHttp",
        "SiteFiles",
        "MissingFiles",
    ]
    assert policy["Statement"][2]["Condition"] == {"StringEquals": {"aws:SourceArn": found["ARN"]}}


def _in_a_bucket_of_data() -> Site:
    return site(bucket=Bucket("la-files", BucketArgs(purpose=Purpose.DATA)))


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (
            lambda: site(aliases=[]),
            "the public names are missing. Expected at least one name, each once. Fix: correct aliases.",
        ),
        (
            lambda: site(aliases=["a.example", "a.example"]),
            "the public names are a.example, a.example. Expected at least one name, each once. "
            "Fix: correct aliases.",
        ),
        (
            lambda: site(price_class="PriceClass_300"),
            "unknown price class PriceClass_300. Expected one of PriceClass_100, PriceClass_200, PriceClass_All. "
            "Fix: correct price_class.",
        ),
        (
            lambda: site(page_seconds=-1),
            "pages are kept for -1 seconds. Expected 0 to 31536000 (one year). Fix: correct page_seconds.",
        ),
        (
            lambda: site(index="/index.html"),
            "index is '/index.html'. Expected the name of a file, without a slash before it. Fix: correct index.",
        ),
        (
            lambda: site(kept=[KeptPaths(label="pages", paths=["/p/*"])]),
            "the label pages is the site's own. Expected none of pages, files, headers. "
            "Fix: give it another label.",
        ),
        (
            _in_a_bucket_of_data,
            "the files lie in a bucket of purpose data. Expected a bucket of purpose site, which CloudFront may "
            "read. Fix: give the files a bucket of their own.",
        ),
        (
            lambda: site(
                bucket=Bucket("la-files", BucketArgs(purpose=Purpose.SITE)),
                access_log_bucket="logs",
                force_destroy=True,
            ),
            "access_log_bucket and force_destroy of a bucket that is there already. Expected `bucket` alone: it was "
            "told when it was made. Fix: drop access_log_bucket and force_destroy, or `bucket`.",
        ),
        (
            lambda: site(headers=SecurityHeaders(hsts_seconds=-1)),
            "browsers are to keep to HTTPS for -1 seconds. Expected 0 (not at all) or more. "
            "Fix: correct hsts_seconds.",
        ),
        (
            lambda: site(headers=SecurityHeaders(hsts_preload=True, hsts_seconds=60)),
            "browsers are to know the name beforehand, but for 60 seconds only. Expected at least 31536000 seconds "
            "(a year) with hsts_preload. Fix: raise hsts_seconds or drop hsts_preload.",
        ),
        (
            lambda: site(certificate_arn="arn:aws:acm:eu-central-1:123456789012:certificate/1"),
            "the viewers' certificate lies in eu-central-1. Expected a certificate in us-east-1, the only region "
            "where CloudFront looks. Fix: make the certificate with region=us-east-1.",
        ),
    ],
)
def test_contradictions_are_refused(cloud: Cloud, program: Any, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == f"{NAME}: {sentence}"
    assert cloud.of("Distribution") == []
