"""Look-ups of CloudFront, WAF and Route 53."""

from __future__ import annotations

import pytest

from simcloud.refusal import Refusal
from tests.simcloud.test_edge_in_use import ACL, IP_SET, SEEN, distribution
from tests.simcloud.test_in_use import World
from tests.simcloud.test_invokes import ask


@pytest.fixture
def world() -> World:
    return World()


def test_distribution(world: World) -> None:
    made = distribution(world, tags={"Team": "web"})
    found = ask(world.ctx, "aws:cloudfront/getDistribution:getDistribution", {"id": made.identity})
    assert (found["domainName"], found["tags"]) == (made.outputs["domainName"], {"Team": "web"})
    assert (found["aliases"], found["webAclId"], found["enabled"]) == ([], "", True)


def test_policies_of_aws_by_name(world: World) -> None:
    found = ask(
        world.ctx, "aws:cloudfront/getCachePolicy:getCachePolicy", {"name": "Managed-CachingDisabled"}
    )
    assert found["id"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    token = "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy"
    assert ask(world.ctx, token, {"name": "Managed-SecurityHeadersPolicy"})["securityHeadersConfigs"] != []


def test_who_writes_the_logs_of_distributions(world: World) -> None:
    token = "aws:cloudfront/getLogDeliveryCanonicalUserId:getLogDeliveryCanonicalUserId"
    assert ask(world.ctx, token, {})["id"].startswith("c4c1ede66af53448")


def test_origin_access_identity(world: World) -> None:
    made = world.make("aws:cloudfront/originAccessIdentity:OriginAccessIdentity", comment="site")
    token = "aws:cloudfront/getOriginAccessIdentity:getOriginAccessIdentity"
    found = ask(world.ctx, token, {"id": made.identity})
    assert (found["comment"], found["iamArn"]) == ("site", made.outputs["iamArn"])


def test_web_acl_by_name(world: World) -> None:
    made = world.make(ACL, name="edge", scope="REGIONAL", defaultAction={"allow": {}}, visibilityConfig=SEEN)
    found = ask(world.ctx, "aws:wafv2/getWebAcl:getWebAcl", {"name": "edge", "scope": "REGIONAL"})
    assert (found["arn"], found["id"]) == (made.outputs["arn"], made.identity)
    with pytest.raises(Refusal, match="WAFv2 WebACL not found for name: edge"):
        ask(world.ctx, "aws:wafv2/getWebAcl:getWebAcl", {"name": "edge", "scope": "CLOUDFRONT"})


def test_sets_and_groups_of_waf(world: World) -> None:
    world.make(IP_SET, name="one", scope="REGIONAL", ipAddressVersion="IPV4", addresses=["192.0.2.0/24"])
    world.make(
        "aws:wafv2/regexPatternSet:RegexPatternSet",
        name="one",
        scope="REGIONAL",
        regularExpressions=[{"regexString": "bot"}],
    )
    world.make(
        "aws:wafv2/ruleGroup:RuleGroup", name="one", scope="REGIONAL", capacity=10, visibilityConfig=SEEN
    )
    args = {"name": "one", "scope": "REGIONAL"}
    assert ask(world.ctx, "aws:wafv2/getIpSet:getIpSet", args)["addresses"] == ["192.0.2.0/24"]
    patterns = ask(world.ctx, "aws:wafv2/getRegexPatternSet:getRegexPatternSet", args)["regularExpressions"]
    assert patterns == [{"regexString": "bot"}]
    assert "/rulegroup/one/" in ask(world.ctx, "aws:wafv2/getRuleGroup:getRuleGroup", args)["arn"]


def test_delegation_set(world: World) -> None:
    made = world.make("aws:route53/delegationSet:DelegationSet", referenceName="company")
    found = ask(world.ctx, "aws:route53/getDelegationSet:getDelegationSet", {"id": made.identity})
    assert (found["nameServers"], found["callerReference"][:8]) == (made.outputs["nameServers"], "company-")
