"""The way in over CloudFront, and a static site beside the services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
import pytest

from simcloud.testing import Simulation
from stacks.parts.certificates import certify
from stacks.parts.zone import open_zone
from tests.stacks.entered import Entered, entered
from tests.stacks.settings.loading import loaded

SITE = "learning-assistant.app"
DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
MORE: dict[str, Any] = {
    "domain": {"alternative_names": ["www"]},
    "gateway": {"algorithm": "least_outstanding_requests"},
    "edge": {
        "static_browser_ttl_seconds": 31_536_000,
        "kept": {
            "pages": {"paths": ["/about"], "edge_seconds": 3600, "browser_seconds": 300, "by_query": True}
        },
        "headers": {"frame": "DENY", "override": True},
        "rate_limits": {"all": {"limit": 60, "window_seconds": 60}},
        "restricted_paths": ["/admin/*", "/ops"],
        "restricted_to": ["203.0.113.0/24"],
        "block": False,
    },
}


def rules(made: Entered) -> dict[str, Any]:
    waf = made.client("wafv2", "us-east-1")
    [found] = waf.list_web_acls(Scope="CLOUDFRONT")["WebACLs"]
    acl = waf.get_web_acl(Name=found["Name"], Id=found["Id"], Scope="CLOUDFRONT")["WebACL"]
    return {rule["Name"]: rule for rule in acl["Rules"]}


def behaviours(made: Entered) -> dict[str, Mapping[str, Any]]:
    distribution = made.one("cloudfront/distribution:Distribution")
    return {one["pathPattern"]: one for one in distribution["orderedCacheBehaviors"]}


def test_every_name_of_a_service_is_the_edges() -> None:
    made = entered("production", MORE)
    assert made.one("cloudfront/distribution:Distribution")["aliases"] == [SITE, f"www.{SITE}"]
    certificate = made.one("acm/certificate:Certificate")
    names = [certificate["domainName"], *certificate["subjectAlternativeNames"]]
    assert names == [SITE, f"www.{SITE}", f"origin.{SITE}"]
    records = {name for name, one in made.of("route53/record:Record").items() if "aliases" in one}
    assert records == {
        f"la-prod-dns-{name}" for name in ("site-a", "site-aaaa", "www-a", "www-aaaa", "origin-a")
    }


def test_the_zone_is_entered_at_its_parent() -> None:
    simulation = Simulation()
    parent = simulation.run(_parent_zone)
    settings = loaded("dev")
    domain = settings.domain.model_copy(update={"parent_zone_id": parent})
    settings = settings.model_copy(update={"domain": domain})
    simulation.run(lambda: open_zone(settings).zone_id)
    route53 = simulation.client("route53")
    zones = {zone["Name"]: zone["Id"] for zone in route53.list_hosted_zones()["HostedZones"]}
    own, entered_there = (
        _name_servers(route53, zones[f"{zone}."], f"dev.{SITE}.") for zone in (f"dev.{SITE}", SITE)
    )
    assert own == entered_there
    assert len(own) == 4


def _parent_zone() -> pulumi.Output[str]:
    import pulumi_aws as aws

    return aws.route53.Zone("parent", name=SITE).zone_id


def _name_servers(route53: Any, zone_id: str, name: str) -> set[str]:
    records = route53.list_resource_record_sets(HostedZoneId=zone_id)["ResourceRecordSets"]
    [found] = [one for one in records if (one["Name"], one["Type"]) == (name, "NS")]
    return {record["Value"].rstrip(".") for record in found["ResourceRecords"]}


def test_kept_paths_and_what_browsers_are_told() -> None:
    made = entered("production", MORE)
    assert list(behaviours(made)) == ["/_next/static/*", "/about", "/api/*"]
    policies = made.of("cloudfront/cachePolicy:CachePolicy")
    assert {name: one["defaultTtl"] for name, one in policies.items()} == {
        "la-prod-edge-static": 86400,
        "la-prod-edge-pages": 3600,
    }
    query = policies["la-prod-edge-pages"]["parametersInCacheKeyAndForwardedToOrigin"]["queryStringsConfig"]
    assert query == {"queryStringBehavior": "all"}
    told = made.of("cloudfront/responseHeadersPolicy:ResponseHeadersPolicy")
    assert {name: control(one) for name, one in told.items()} == {
        "la-prod-edge-headers": None,
        "la-prod-edge-static-headers": "public, max-age=31536000, immutable",
        "la-prod-edge-pages-headers": "public, max-age=300",
    }
    frames = [one["securityHeadersConfig"]["frameOptions"] for one in told.values()]
    assert frames == [{"frameOption": "DENY", "override": True}] * 3
    assert behaviours(made)["/api/*"]["cachePolicyId"] == DISABLED


def control(policy: Mapping[str, Any]) -> str | None:
    items = (policy.get("customHeadersConfig") or {}).get("items", [])
    return next((item["value"] for item in items if item["header"] == "Cache-Control"), None)


def test_a_firewall_that_only_counts_still_keeps_what_is_restricted() -> None:
    made = entered("production", MORE)
    found = rules(made)
    assert found["rate-limit"]["Action"] == found["rate-all"]["Action"] == {"Count": {}}
    assert found["restricted"]["Action"] == {"Block": {}}
    assert "ScopeDownStatement" not in found["rate-all"]["Statement"]["RateBasedStatement"]
    paths, elsewhere = found["restricted"]["Statement"]["AndStatement"]["Statements"]
    searched = [one["ByteMatchStatement"]["SearchString"] for one in paths["OrStatement"]["Statements"]]
    assert searched == [b"/admin/", b"/ops"]
    arn = elsewhere["NotStatement"]["Statement"]["IPSetReferenceStatement"]["ARN"]
    *_, name, identity = arn.split("/")
    waf = made.client("wafv2", "us-east-1")
    found_set = waf.get_ip_set(Name=name, Scope="CLOUDFRONT", Id=identity)["IPSet"]
    assert (found_set["Addresses"], found_set["IPAddressVersion"]) == (["203.0.113.0/24"], "IPV4")


def test_the_next_request_goes_where_the_fewest_wait() -> None:
    made = entered("production", MORE)
    [group] = made.client("elbv2").describe_target_groups()["TargetGroups"]
    attributes = made.client("elbv2").describe_target_group_attributes(TargetGroupArn=group["TargetGroupArn"])
    found = {one["Key"]: one["Value"] for one in attributes["Attributes"]}
    assert found["load_balancing.algorithm.type"] == "least_outstanding_requests"


def site_and_edge(made: Entered) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    found = made.of("cloudfront/distribution:Distribution")
    return found["muejam-prod-site"], found["muejam-prod-edge"]


def test_a_site_has_its_own_names_bucket_and_firewall() -> None:
    made = entered("muejam-library-production")
    site, edge = site_and_edge(made)
    assert (site["aliases"], edge["aliases"]) == (["muejam.app", "www.muejam.app"], ["api.muejam.app"])
    assert site["viewerCertificate"]["acmCertificateArn"] == edge["viewerCertificate"]["acmCertificateArn"]
    assert site["webAclId"] != edge["webAclId"]
    [origin] = site["origins"]
    assert origin["domainName"].startswith("muejam-prod-site-files-")
    [logs] = [name for name in made.of("s3/bucket:Bucket") if name.endswith("-logs")]
    assert site["loggingConfig"]["prefix"] == "muejam-prod-site/"
    assert site["loggingConfig"]["bucket"].startswith(f"{logs}-")


def test_a_site_is_published_beside_the_services() -> None:
    made = entered("muejam-library-production")
    records = {
        one["name"]: one["aliases"][0]["name"]
        for one in made.of("route53/record:Record").values()
        if one["type"] == "A" and "aliases" in one
    }
    domains = [
        one.outputs["domainName"]
        for one in made.simulation.of_type("aws:cloudfront/distribution:Distribution")
    ]
    assert set(records) == {"muejam.app", "www.muejam.app", "api.muejam.app", "origin.muejam.app"}
    assert records["muejam.app"] == records["www.muejam.app"] != records["api.muejam.app"]
    assert {records["muejam.app"], records["api.muejam.app"]} == set(domains)


GIVEN = "arn:aws:acm:us-east-1:123456789012:certificate/3b1c1c1e-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("given", "region", "made"),
    [
        ({}, "us-east-1", {"la-prod-viewer-certificate": [SITE, f"origin.{SITE}"]}),
        (
            {},
            "eu-central-1",
            {"la-prod-viewer-certificate": [SITE], "la-prod-origin-certificate": [f"origin.{SITE}"]},
        ),
        (
            {"existing_viewer_certificate_arn": GIVEN},
            "us-east-1",
            {"la-prod-origin-certificate": [f"origin.{SITE}"]},
        ),
        ({"existing_origin_certificate_arn": GIVEN}, "us-east-1", {"la-prod-viewer-certificate": [SITE]}),
        (
            {"existing_viewer_certificate_arn": GIVEN, "existing_origin_certificate_arn": GIVEN},
            "us-east-1",
            {},
        ),
    ],
    ids=["one", "two", "viewers", "balancers", "both"],
)
def test_certificates_that_are_missing_are_made(
    given: dict[str, Any], region: str, made: dict[str, list[str]]
) -> None:
    settings = loaded("production", {"domain": given}).model_copy(update={"region": region})
    simulation = Simulation(region=region)
    simulation.run(lambda: certify(settings, open_zone(settings)).origin)
    certificates = simulation.of_type("aws:acm/certificate:Certificate")
    found = {
        one.name: [one.inputs["domainName"], *one.inputs["subjectAlternativeNames"]] for one in certificates
    }
    assert found == made
    assert {one.inputs.get("region") for one in certificates if "viewer" in one.name} <= {None, "us-east-1"}
