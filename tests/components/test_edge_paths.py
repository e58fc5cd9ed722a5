"""Paths, origins, redirects and error pages of the CloudFront edge."""

import json
import shutil
import subprocess
from typing import Any

import pulumi
import pytest

from components.bucket import Bucket, BucketArgs, Purpose
from components.certificate import Certificate, CertificateArgs
from components.dns import Dns, DnsArgs
from components.edge import (
    ONE_DAY_SECONDS,
    ONE_YEAR_SECONDS,
    BucketOrigin,
    Edge,
    EdgeArgs,
    ErrorPage,
    KeptPaths,
    Redirect,
)
from components.edge_redirects import redirect_code
from components.errors import ComponentError
from components.gateway import CLOUDFRONT_PREFIX_LIST, Gateway, GatewayArgs, Ingress
from components.network import Nat, Network, NetworkArgs
from simcloud.testing import Simulation
from tests.components.edges import NAME, edge, waf
from tests.components.recording import Cloud

IMAGES = KeptPaths(label="images", paths=["/images/*"], browser_seconds=ONE_YEAR_SECONDS)
PRICES = KeptPaths(label="prices", paths=["/api/prices", "/api/rates"], edge_seconds=60, by_query=True)
FILES = BucketOrigin(
    label="files", domain="files.s3.us-east-1.amazonaws.com", paths=["/files/*", "/errors/*"]
)
NO_CACHE = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
HOST_ONLY = "bf0718e1-ba1e-49d1-88b1-f726733018ae"


def behaviours(cloud: Cloud) -> dict[str, Any]:
    ordered = cloud.one("Distribution").inputs["orderedCacheBehaviors"]
    return {entry["pathPattern"]: entry for entry in ordered}


def test_a_year_a_day_a_minute_never(cloud: Cloud) -> None:
    cloud.deploy(lambda: edge(kept=[IMAGES, PRICES]))
    assert [(path, entry["cachePolicyId"]) for path, entry in behaviours(cloud).items()] == [
        ("/_next/static/*", f"{NAME}-static-id"),
        ("/images/*", f"{NAME}-images-id"),
        ("/api/prices", f"{NAME}-prices-id"),
        ("/api/rates", f"{NAME}-prices-id"),
        # First that fits wins: what is never kept stands after what is.
        ("/api/*", NO_CACHE),
    ]
    assert {made.name: made.inputs["maxTtl"] for made in cloud.of("CachePolicy")} == {
        f"{NAME}-static": ONE_YEAR_SECONDS,
        f"{NAME}-images": ONE_DAY_SECONDS,
        f"{NAME}-prices": 60,
    }


def test_what_is_kept_for_all_is_not_made_for_one(cloud: Cloud) -> None:
    cloud.deploy(lambda: edge(kept=[IMAGES, PRICES]))
    for path in ("/images/*", "/api/prices"):
        assert behaviours(cloud)[path]["originRequestPolicyId"] == HOST_ONLY
        assert behaviours(cloud)[path]["allowedMethods"] == ["GET", "HEAD", "OPTIONS"]
    keys = {
        made.name: made.inputs["parametersInCacheKeyAndForwardedToOrigin"] for made in cloud.of("CachePolicy")
    }
    assert {key["cookiesConfig"]["cookieBehavior"] for key in keys.values()} == {"none"}
    assert {name: key["queryStringsConfig"]["queryStringBehavior"] for name, key in keys.items()} == {
        f"{NAME}-static": "none",
        f"{NAME}-images": "none",
        f"{NAME}-prices": "all",
    }


@pytest.mark.proves("S3-18")
@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (None, None),
        (3600, "public, max-age=3600"),
        (ONE_YEAR_SECONDS, "public, max-age=31536000, immutable"),
    ],
)
def test_browsers_are_told_how_long(cloud: Cloud, seconds: int | None, told: str | None) -> None:
    cloud.deploy(lambda: edge(kept=[KeptPaths(label="images", paths=["/i/*"], browser_seconds=seconds)]))
    own = [made for made in cloud.of("ResponseHeadersPolicy") if made.name == f"{NAME}-images-headers"]
    said = [made.inputs["customHeadersConfig"]["items"] for made in own]
    assert said == ([] if told is None else [[{"header": "Cache-Control", "value": told, "override": True}]])
    policy = behaviours(cloud)["/i/*"]["responseHeadersPolicyId"]
    assert policy == (f"{NAME}-headers-id" if told is None else f"{NAME}-images-headers-id")


def test_a_bucket_answers_its_paths_and_knows_who_asks(cloud: Cloud) -> None:
    cloud.deploy(lambda: edge(buckets=[FILES], lock=None))
    control = cloud.one("OriginAccessControl")
    assert (control.name, control.inputs) == (
        f"{NAME}-files",
        {
            "description": f"{NAME} reads files",
            "originAccessControlOriginType": "s3",
            "signingBehavior": "always",
            "signingProtocol": "sigv4",
        },
    )
    _, origin = cloud.one("Distribution").inputs["origins"]
    assert origin == {
        "originId": "files",
        "domainName": FILES.domain,
        "originAccessControlId": f"{NAME}-files-id",
    }
    for path in FILES.paths:
        entry = behaviours(cloud)[path]
        assert (entry["targetOriginId"], entry["cachePolicyId"]) == ("files", f"{NAME}-files-id")
        # With the viewer's Host header S3 would look for a bucket of that name.
        assert "originRequestPolicyId" not in entry


def test_errors_have_pages_from_the_bucket(cloud: Cloud) -> None:
    pages = [
        ErrorPage(status=503, path="/errors/503.html"),
        ErrorPage(status=403, path="/errors/404.html", answer=404, seconds=60),
    ]
    cloud.deploy(lambda: edge(buckets=[FILES], error_pages=pages))
    assert cloud.one("Distribution").inputs["customErrorResponses"] == [
        {
            "errorCode": 503,
            "responseCode": 503,
            "responsePagePath": "/errors/503.html",
            "errorCachingMinTtl": 10,
        },
        {
            "errorCode": 403,
            "responseCode": 404,
            "responsePagePath": "/errors/404.html",
            "errorCachingMinTtl": 60,
        },
    ]


def test_a_balancer_without_public_addresses_is_reached_through_the_vpc(cloud: Cloud) -> None:
    arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/x/1"
    made = cloud.deploy(lambda: edge(internal_balancer_arn=arn, lock=None))
    assert cloud.one("VpcOrigin").inputs["vpcOriginEndpointConfig"] == {
        "name": f"{NAME}-origin",
        "arn": arn,
        "httpPort": 80,
        "httpsPort": 443,
        "originProtocolPolicy": "https-only",
        "originSslProtocols": {"items": ["TLSv1.2"], "quantity": 1},
    }
    [origin] = cloud.one("Distribution").inputs["origins"]
    assert origin["vpcOriginConfig"] == {"vpcOriginId": f"{NAME}-origin-id"}
    assert "customOriginConfig" not in origin
    assert made.origin_ingress == Ingress(prefix_list_name=CLOUDFRONT_PREFIX_LIST)


def test_a_shield_and_detailed_metrics_where_asked(cloud: Cloud) -> None:
    cloud.deploy(lambda: edge(origin_shield_region="eu-central-1", detailed_metrics=True, lock=None))
    [origin] = cloud.one("Distribution").inputs["origins"]
    assert origin["originShield"] == {"enabled": True, "originShieldRegion": "eu-central-1"}
    assert cloud.one("MonitoringSubscription").inputs == {
        "distributionId": f"{NAME}-id",
        "monitoringSubscription": {
            "realtimeMetricsSubscriptionConfig": {"realtimeMetricsSubscriptionStatus": "Enabled"}
        },
    }


def test_redirects_are_answered_at_the_edge(cloud: Cloud) -> None:
    cloud.deploy(lambda: edge(redirects=[Redirect(host="www.example.org", to_host="example.org")]))
    function = cloud.one("Function")
    assert (function.inputs["runtime"], function.inputs["publish"]) == ("cloudfront-js-2.0", True)
    inputs = cloud.one("Distribution").inputs
    for entry in [inputs["defaultCacheBehavior"], *inputs["orderedCacheBehaviors"]]:
        [association] = entry["functionAssociations"]
        assert association["eventType"] == "viewer-request"


def test_without_redirects_no_code_runs(cloud: Cloud) -> None:
    cloud.deploy(edge)
    assert cloud.of("Function") == []
    assert "functionAssociations" not in cloud.one("Distribution").inputs["defaultCacheBehavior"]


@pytest.mark.skipif(shutil.which("node") is None, reason="the function is JavaScript, and there is no node")
@pytest.mark.parametrize(
    ("host", "query", "location"),
    [
        ("www.example.org", {}, "https://example.org/a/b"),
        ("www.example.org", {"q": {"value": "x%20y"}}, "https://example.org/a/b?q=x%20y"),
        (
            "www.example.org",
            {"t": {"value": "1", "multiValue": [{"value": "1"}, {"value": "2"}]}, "flag": {"value": ""}},
            "https://example.org/a/b?t=1&t=2&flag",
        ),
        ("example.org", {"q": {"value": "1"}}, None),
    ],
)
def test_the_function_keeps_path_and_query(host: str, query: dict[str, Any], location: str | None) -> None:
    request = {"uri": "/a/b", "querystring": query, "headers": {"host": {"value": host}}}
    code = redirect_code([Redirect(host="www.example.org", to_host="example.org")])
    script = f"{code}\nconsole.log(JSON.stringify(handler({json.dumps({'request': request})})));"
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True, timeout=30)
    answer = json.loads(done.stdout)
    if location is None:
        assert answer == request
    else:
        assert (answer["statusCode"], answer["headers"]["location"]["value"]) == (301, location)


def test_the_public_names_are_published_in_either_zone(cloud: Cloud) -> None:
    cloud.deploy(lambda: edge().publish(Dns("la-prod-dns", DnsArgs(zone_name="example.org"))))
    assert [made.name for made in cloud.of("Record")] == [
        "la-prod-dns-site-a",
        "la-prod-dns-site-aaaa",
        "la-prod-dns-www-a",
        "la-prod-dns-www-aaaa",
    ]


REFUSED = [
    (
        {"kept": [IMAGES, IMAGES]},
        ("2 entries of kept are called images. Expected each label once. Fix: give them different labels."),
    ),
    (
        {"kept": [KeptPaths(label="x", paths=["/api/*"])]},
        (
            "/api/* is named 2 times. Expected each path in one of static_paths, api_paths, kept and "
            "buckets. Fix: name it where it belongs."
        ),
    ),
    (
        {"kept": [KeptPaths(label="x", paths=["images/*"])]},
        (
            "'images/*' is not a path pattern. Expected a path that begins with /, at most 255 "
            "characters, * standing for anything. Fix: correct the path."
        ),
    ),
    (
        {"kept": [KeptPaths(label="x", paths=["/x"], edge_seconds=-1)]},
        (
            "x is kept for -1 seconds. Expected 0 to 31536000 (one year). Fix: correct edge_seconds "
            "or browser_seconds."
        ),
    ),
    (
        {"kept": [KeptPaths(label="x", paths=["/x"], browser_seconds=31_536_001)]},
        (
            "x is kept for 31536001 seconds. Expected 0 to 31536000 (one year). Fix: correct "
            "edge_seconds or browser_seconds."
        ),
    ),
    (
        {"kept": [KeptPaths(label="static", paths=["/x"])]},
        (
            "the label static is used twice or taken by the edge itself. Expected labels of buckets "
            "and kept that differ, and none of app, api, headers, static, redirects, origin, lock. Fix: "
            "give it another label."
        ),
    ),
    (
        {"kept": [KeptPaths(label="x", paths=[f"/{n}" for n in range(73)])]},
        (
            "75 paths are treated each in its own way. Expected at most 74, and everything else. "
            "Fix: join paths by a pattern."
        ),
    ),
    (
        {"redirects": [Redirect(host="old.example.org", to_host="example.org")]},
        (
            "old.example.org is to be redirected, but nobody asks this edge for it. Expected one of "
            "example.org, www.example.org. Fix: add the name to aliases, and to the certificate."
        ),
    ),
    (
        {
            "redirects": [
                Redirect(host="example.org", to_host="www.example.org"),
                Redirect(host="www.example.org", to_host="example.org"),
            ]
        },
        (
            "example.org is redirected to www.example.org, which is redirected itself. Expected one "
            "step to a name that answers. Fix: redirect both to the last name."
        ),
    ),
    (
        {"error_pages": [ErrorPage(status=503, path="/503.html")]},
        (
            "the page /503.html for 503 would be fetched from the origin that failed. Expected a "
            "path that a bucket answers. Fix: put the page into a bucket, and its path into the "
            "paths of that bucket."
        ),
    ),
    (
        {"buckets": [FILES], "error_pages": [ErrorPage(status=418, path="/errors/x")]},
        (
            "a page for the status 418. Expected each of 400, 403, 404, 405, 414, 416, 500, 501, "
            "502, 503, 504 at most once. Fix: correct status."
        ),
    ),
    (
        {"internal_balancer_arn": "arn"},
        (
            "a lock for a load balancer that nobody but this account's CloudFront can reach. "
            "Expected lock=None with internal_balancer_arn. Fix: drop the one or the other."
        ),
    ),
]


@pytest.mark.parametrize(("said", "sentence"), REFUSED)
def test_contradictions_are_refused(cloud: Cloud, said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: edge(**said))
    assert str(refused.value) == f"la-prod-edge: {sentence}"
    assert cloud.made == []


def internal_program() -> pulumi.Output[str]:
    """An edge that reaches an internal balancer through the VPC, with a bucket beside it."""
    dns = Dns("la-prod-dns", DnsArgs(zone_name="learning-assistant.app"))
    proof = CertificateArgs(domain_name="learning-assistant.app", dns=dns)
    certificate = Certificate("la-prod-certificate", proof).arn
    network = Network(
        "la-prod-network", NetworkArgs(cidr_block="10.0.0.0/16", nat=Nat.SINGLE, flow_log_retention_days=7)
    )
    gateway = Gateway(
        "la-prod-gateway",
        GatewayArgs(
            vpc_id=network.vpc_id,
            subnet_ids=network.private_subnet_ids,
            certificate_arn=certificate,
            ingress=Ingress(prefix_list_name=CLOUDFRONT_PREFIX_LIST),
            internal=True,
        ),
    )
    site = Bucket("la-prod-files", BucketArgs(purpose=Purpose.SITE))
    args = EdgeArgs(
        origin_domain=gateway.dns_name,
        aliases=["learning-assistant.app"],
        certificate_arn=certificate,
        waf=waf(),
        internal_balancer_arn=gateway.arn,
        lock=None,
        buckets=[BucketOrigin(label="files", domain=site.regional_domain_name, paths=["/files/*"])],
    )
    door = Edge(NAME, args)
    door.publish(dns)
    return door.distribution_id


def test_aws_takes_an_internal_balancer_and_a_bucket() -> None:
    simulation = Simulation()
    identity = simulation.run(internal_program)
    config = simulation.client("cloudfront").get_distribution_config(Id=identity)["DistributionConfig"]
    app, files = config["Origins"]["Items"]
    assert app["VpcOriginConfig"]["VpcOriginId"]
    assert files["OriginAccessControlId"]
    [balancer] = simulation.client("elbv2").describe_load_balancers()["LoadBalancers"]
    assert balancer["Scheme"] == "internal"
