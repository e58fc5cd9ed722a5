"""The edge: one distribution, one firewall, nothing cached that must not be."""

from typing import Any

import pulumi
import pytest

from components.bucket import Bucket, BucketArgs, LogWriter, Purpose
from components.certificate import Certificate, CertificateArgs
from components.dns import Dns, DnsArgs
from components.edge import Edge, EdgeArgs, ExistingWebAcl, WafArgs
from components.errors import ComponentError
from simcloud.testing import Simulation
from tests.components.recording import Cloud

unwrapped = pulumi.runtime.rpc.unwrap_rpc_secret

NAME = "la-prod-edge"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1"
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
AS_ORIGIN_SAYS = "4cc15a8a-d715-48a4-82b8-cc0b614638fe"
ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3"


def edge(block: bool = True, rate: int = 2000, waf: dict[str, Any] | None = None, **more: Any) -> Edge:
    args = {
        "origin_domain": "origin.example.org",
        "aliases": ["example.org", "www.example.org"],
        "certificate_arn": CERTIFICATE,
        "waf": WafArgs(rate_limit_per_5_minutes=rate, block=block, **(waf or {})),
        **more,
    }
    return Edge(NAME, EdgeArgs(**args))


def test_viewers_get_https_in_their_own_names(cloud: Cloud) -> None:
    cloud.deploy(edge)
    made = cloud.one("Distribution")
    assert (made.inputs["aliases"], made.parent) == (["example.org", "www.example.org"], NAME)
    assert made.inputs["viewerCertificate"] == {
        "acmCertificateArn": CERTIFICATE,
        "sslSupportMethod": "sni-only",
        "minimumProtocolVersion": "TLSv1.2_2021",
    }
    behaviours = [made.inputs["defaultCacheBehavior"], *made.inputs["orderedCacheBehaviors"]]
    assert {behaviour["viewerProtocolPolicy"] for behaviour in behaviours} == {"redirect-to-https"}


def test_the_origin_is_spoken_to_over_tls_only(cloud: Cloud) -> None:
    cloud.deploy(edge)
    [origin] = unwrapped(cloud.one("Distribution").inputs["origins"])
    assert origin["domainName"] == "origin.example.org"
    assert origin["customOriginConfig"] == {
        "originProtocolPolicy": "https-only",
        "originSslProtocols": ["TLSv1.2"],
        "httpPort": 80,
        "httpsPort": 443,
    }


@pytest.mark.proves("S1-08")
def test_pages_follow_the_origin_files_are_kept_calls_never(cloud: Cloud) -> None:
    cloud.deploy(lambda: edge(api_paths=["/api/*", "/trpc/*"]))
    inputs = cloud.one("Distribution").inputs
    behaviours = [inputs["defaultCacheBehavior"], *inputs["orderedCacheBehaviors"]]
    assert [(entry.get("pathPattern"), entry["cachePolicyId"]) for entry in behaviours] == [
        (None, AS_ORIGIN_SAYS),
        ("/_next/static/*", f"{NAME}-static-id"),
        ("/api/*", CACHING_DISABLED),
        ("/trpc/*", CACHING_DISABLED),
    ]
    assert {entry["originRequestPolicyId"] for entry in behaviours} == {ALL_VIEWER}
    assert {entry["responseHeadersPolicyId"] for entry in behaviours} == {f"{NAME}-headers-id"}
    assert {tuple(entry["cachedMethods"]) for entry in behaviours} == {("GET", "HEAD")}
    assert "POST" not in behaviours[1]["allowedMethods"]
    assert "POST" in behaviours[2]["allowedMethods"]


@pytest.mark.parametrize(("seconds", "compressed"), [(3600, True), (0, False)])
def test_files_are_kept_as_long_as_asked(cloud: Cloud, seconds: int, compressed: bool) -> None:
    cloud.deploy(lambda: edge(static_ttl_seconds=seconds))
    policy = cloud.one("CachePolicy").inputs
    assert (policy["minTtl"], policy["defaultTtl"], policy["maxTtl"]) == (0, seconds, seconds)
    key = policy["parametersInCacheKeyAndForwardedToOrigin"]
    assert (key["enableAcceptEncodingGzip"], key["enableAcceptEncodingBrotli"]) == (compressed, compressed)


def test_browsers_are_told_to_stay_on_https(cloud: Cloud) -> None:
    cloud.deploy(edge)
    headers = cloud.one("ResponseHeadersPolicy").inputs["securityHeadersConfig"]
    assert headers["strictTransportSecurity"] == {
        "accessControlMaxAgeSec": 63072000,
        "includeSubdomains": True,
        "override": True,
    }


def test_the_firewall_stands_before_the_distribution(cloud: Cloud) -> None:
    made = cloud.deploy(edge)
    acl = cloud.one("WebAcl").inputs
    assert (acl["scope"], acl["region"], acl["defaultAction"]) == ("CLOUDFRONT", "us-east-1", {"allow": {}})
    assert cloud.one("Distribution").inputs["webAclId"] == cloud.value(made.web_acl_arn)


@pytest.mark.parametrize(
    ("block", "rate", "managed"),
    [
        (True, {"block": {"customResponse": {"responseCode": 429}}}, {"none": {}}),
        (False, {"count": {}}, {"count": {}}),
    ],
)
def test_the_firewall_counts_first_and_blocks_when_told(
    cloud: Cloud, block: bool, rate: dict[str, Any], managed: dict[str, Any]
) -> None:
    cloud.deploy(lambda: edge(block=block, rate=500))
    limit, *groups = cloud.one("WebAcl").inputs["rules"]
    assert (limit["priority"], limit["action"]) == (0, rate)
    assert limit["statement"]["rateBasedStatement"] == {
        "limit": 500,
        "aggregateKeyType": "IP",
        "evaluationWindowSec": 300,
    }
    names = [group["statement"]["managedRuleGroupStatement"]["name"] for group in groups]
    assert names == [
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
    ]
    assert [group["overrideAction"] for group in groups] == [managed] * 3
    assert [group["priority"] for group in groups] == [1, 2, 3]


def test_single_rules_can_be_left_counting(cloud: Cloud) -> None:
    cloud.deploy(lambda: edge(waf={"counted_rules": {"common": ["SizeRestrictions_BODY"]}}))
    common = cloud.one("WebAcl").inputs["rules"][2]["statement"]["managedRuleGroupStatement"]
    assert common["ruleActionOverrides"] == [{"name": "SizeRestrictions_BODY", "actionToUse": {"count": {}}}]


def test_the_firewalls_log_hides_credentials(cloud: Cloud) -> None:
    cloud.deploy(lambda: edge(waf={"log_retention_days": 90}))
    group = cloud.one("LogGroup").inputs
    assert (group["name"], group["region"], group["retentionInDays"]) == (
        "aws-waf-logs-la-prod-edge",
        "us-east-1",
        90,
    )
    log = cloud.one("WebAclLoggingConfiguration").inputs
    assert log["region"] == "us-east-1"
    assert log["redactedFields"] == [
        {"singleHeader": {"name": "authorization"}},
        {"singleHeader": {"name": "cookie"}},
    ]


@pytest.mark.parametrize(
    ("bucket", "logging"),
    [
        (None, None),
        (
            "logs.s3.amazonaws.com",
            {"bucket": "logs.s3.amazonaws.com", "prefix": "la-prod-edge/", "includeCookies": False},
        ),
    ],
)
def test_access_is_logged_where_a_bucket_is_given(cloud: Cloud, bucket: str | None, logging: Any) -> None:
    cloud.deploy(lambda: edge(log_bucket_domain=bucket))
    assert cloud.one("Distribution").inputs.get("loggingConfig") == logging


REFUSED = [
    (
        lambda: edge(certificate_arn=CERTIFICATE.replace("us-east-1", "eu-central-1")),
        (
            "la-prod-edge: the viewers' certificate lies in eu-central-1. Expected a certificate in "
            "us-east-1, the only region where CloudFront looks. Fix: make the certificate with "
            "region=us-east-1."
        ),
    ),
    (
        lambda: edge(certificate_arn="the one of last year"),
        (
            "la-prod-edge: the viewers' certificate lies in no region: it is not an ARN. Expected a certificate in "
            "us-east-1, the only region where CloudFront looks. Fix: make the certificate with "
            "region=us-east-1."
        ),
    ),
    (
        lambda: edge(waf={"log_retention_days": 4000}),
        (
            "la-prod-edge: `log_retention_days` of the firewall keeps its lines for 4000 days. Expected one of 1, 3, "
            "5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653. "
            "Fix: take 3653."
        ),
    ),
    (
        lambda: edge(rate=9),
        (
            "la-prod-edge: a rate limit of 9 requests in 5 minutes. Expected 10 to 2000000000, "
            "which is what AWS takes. Fix: choose another rate_limit_per_5_minutes."
        ),
    ),
    (
        lambda: edge(waf={"counted_rules": {"sql": ["X"]}}),
        (
            "la-prod-edge: counted_rules name the unknown group sql. Expected one of reputation, "
            "common, known-bad-inputs. Fix: correct the group's name."
        ),
    ),
    (
        lambda: edge(price_class="PriceClass_300"),
        (
            "la-prod-edge: unknown price class PriceClass_300. Expected one of PriceClass_100, "
            "PriceClass_200, PriceClass_All. Fix: correct price_class."
        ),
    ),
    (
        lambda: edge(aliases=[]),
        (
            "la-prod-edge: the public names are missing. Expected at least one name, each once. "
            "Fix: correct aliases."
        ),
    ),
    (
        lambda: edge(aliases=["a.example.org", "a.example.org"]),
        (
            "la-prod-edge: the public names are a.example.org, a.example.org. Expected at least one "
            "name, each once. Fix: correct aliases."
        ),
    ),
    (
        lambda: edge(static_ttl_seconds=31_536_001),
        (
            "la-prod-edge: built files are kept for 31536001 seconds. Expected 0 to 31536000 (one "
            "year). Fix: correct static_ttl_seconds."
        ),
    ),
]


THEIR_ACL = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/theirs/a1b2c3d4-5678-90ab-cdef-000000000001"


def test_a_firewall_that_exists_stands_before_the_distribution(cloud: Cloud) -> None:
    made = cloud.deploy(lambda: edge_behind(ExistingWebAcl(arn=THEIR_ACL)))
    assert [cloud.of(kind) for kind in ("WebAcl", "WebAclLoggingConfiguration", "LogGroup")] == [[], [], []]
    assert cloud.one("Distribution").inputs["webAclId"] == THEIR_ACL
    assert (cloud.value(made.web_acl_arn), cloud.value(made.web_acl_name)) == (THEIR_ACL, "theirs")


@pytest.mark.parametrize(
    "arn",
    [
        THEIR_ACL.replace("us-east-1", "eu-central-1"),
        THEIR_ACL.replace("global", "regional"),
        "theirs",
    ],
)
def test_a_firewall_that_cannot_stand_before_cloudfront_is_refused(cloud: Cloud, arn: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: edge_behind(ExistingWebAcl(arn=arn)))
    assert str(refused.value) == (
        f"la-prod-edge: `{arn}` is not a web ACL that can stand before CloudFront. Expected "
        "arn:<partition>:wafv2:us-east-1:<account>:global/webacl/<name>/<id>. Fix: make the ACL in us-east-1 with the "
        "scope CLOUDFRONT, and give its ARN."
    )
    assert cloud.made == []


def test_a_firewall_that_becomes_known_late_is_checked_then(cloud: Cloud) -> None:
    with pytest.raises(ComponentError, match="`theirs` is not a web ACL"):
        cloud.deploy(lambda: edge_behind(ExistingWebAcl(arn=pulumi.Output.from_input("theirs"))))


def edge_behind(acl: ExistingWebAcl) -> Edge:
    args = EdgeArgs(
        origin_domain="origin.example.org", aliases=["example.org"], certificate_arn=CERTIFICATE, waf=acl
    )
    return Edge(NAME, args)


@pytest.mark.parametrize(("program", "sentence"), REFUSED)
def test_contradictions_are_refused(cloud: Cloud, program: Any, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == sentence
    assert cloud.of("Distribution") == []


@pytest.fixture(scope="module")
def deployed() -> Simulation:
    """An edge of a stack in another region, standing in the simulated AWS."""
    simulation = Simulation(region="eu-central-1")

    def program() -> None:
        dns = Dns("la-prod-dns", DnsArgs(zone_name="learning-assistant.app"))
        proof = CertificateArgs(domain_name="learning-assistant.app", zone_id=dns.zone_id, region="us-east-1")
        logs = BucketArgs(purpose=Purpose.LOGS, log_writers=[LogWriter.CLOUDFRONT])
        edge(
            origin_domain="origin.learning-assistant.app",
            aliases=["learning-assistant.app"],
            certificate_arn=Certificate("la-prod-viewer", proof).arn,
            log_bucket_domain=Bucket("la-prod-logs", logs).domain_name,
        )

    simulation.run(program)
    return simulation


@pytest.mark.proves("S1-11", "S4-42")
def test_aws_puts_the_firewall_before_the_distribution(deployed: Simulation) -> None:
    [found] = deployed.client("cloudfront").list_distributions()["DistributionList"]["Items"]
    waf = deployed.client("wafv2", "us-east-1")
    [acl] = waf.list_web_acls(Scope="CLOUDFRONT")["WebACLs"]
    assert (found["WebACLId"], found["Aliases"]["Items"]) == (acl["ARN"], ["learning-assistant.app"])
    assert found["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert found["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    assert found["Origins"]["Items"][0]["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"


def test_aws_logs_the_firewall_without_credentials(deployed: Simulation) -> None:
    waf = deployed.client("wafv2", "us-east-1")
    [acl] = waf.list_web_acls(Scope="CLOUDFRONT")["WebACLs"]
    log = waf.get_logging_configuration(ResourceArn=acl["ARN"])["LoggingConfiguration"]
    assert log["LogDestinationConfigs"][0].endswith(":log-group:aws-waf-logs-la-prod-edge")
    assert [field["SingleHeader"]["Name"] for field in log["RedactedFields"]] == ["authorization", "cookie"]


def test_aws_logs_access_into_the_bucket(deployed: Simulation) -> None:
    [summary] = deployed.client("cloudfront").list_distributions()["DistributionList"]["Items"]
    config = deployed.client("cloudfront").get_distribution_config(Id=summary["Id"])["DistributionConfig"]
    [bucket] = deployed.client("s3").list_buckets()["Buckets"]
    assert config["Logging"]["Bucket"] == f"{bucket['Name']}.s3.amazonaws.com"
    assert (config["Logging"]["Enabled"], config["Logging"]["Prefix"]) == (True, "la-prod-edge/")
