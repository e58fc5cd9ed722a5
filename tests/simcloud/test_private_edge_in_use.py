"""What CloudFront, WAF, Route 53 and log deliveries refuse to remove because something uses it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simcloud.provider import Resource
from simcloud.refusal import Refusal
from tests.simcloud.lifecycle_runner import Runner, load
from tests.simcloud.test_edge_in_use import ACL, IP_SET, SEEN
from tests.simcloud.test_in_use import VPC, World

LIFE = Path(__file__).parent / "lifecycle"
GROUP_RULES = "aws:wafv2/ruleGroup:RuleGroup"
ZONE, SET = "aws:route53/zone:Zone", "aws:route53/delegationSet:DelegationSet"
LIST = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"
RULES = "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup"
RULE = "aws:route53/resolverFirewallRule:ResolverFirewallRule"
ASSOCIATION = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"


@pytest.fixture
def world() -> World:
    return World()


def lived(world: World, case: str) -> tuple[Runner, Resource]:
    """What a life-cycle case begins with, and what it needs."""
    runner = Runner(load(LIFE / f"{case}.yaml"), world.provider, world.ctx)
    runner.make_given()
    return runner, runner.creates()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("origin", "CannotDeleteEntityWhileInUse"),
        ("identity", "CloudFrontOriginAccessIdentityInUse"),
        ("key", "PublicKeyInUse"),
        ("signers", "ResourceInUse"),
        ("log", "RealtimeLogConfigInUse"),
    ],
)
def test_what_a_distribution_names_stays(world: World, name: str, code: str) -> None:
    runner, _ = lived(world, "cloudfront/distribution_private")
    with pytest.raises(Refusal, match=f"^{code}: "):
        runner.remove(runner.made[name], name, runner.tokens[name])


def test_distribution_tells_the_keys_that_it_trusts(world: World) -> None:
    runner, made = lived(world, "cloudfront/distribution_private")
    group, key = runner.made["signers"].identity, runner.made["key"].identity
    trusted = [{"enabled": True, "items": [{"keyGroupId": group, "keyPairIds": [key]}]}]
    assert made.outputs["trustedKeyGroups"] == trusted


def test_store_that_a_function_reads_stays(world: World) -> None:
    token = "aws:cloudfront/keyValueStore:KeyValueStore"
    store = world.make(token, name="redirects")
    world.make(
        "aws:cloudfront/function:Function",
        runtime="cloudfront-js-2.0",
        code="function handler(event) { return event.request; }",
        keyValueStoreAssociations=[store.outputs["arn"]],
    )
    with pytest.raises(Refusal, match=r"^CannotDeleteEntityWhileInUse: "):
        world.remove(token, store)


def test_source_and_destination_of_a_delivery_stay(world: World) -> None:
    runner, delivery = lived(world, "cloudwatch/log_delivery")
    for name in ("source", "destination"):
        with pytest.raises(Refusal, match=r"^ConflictException: "):
            runner.remove(runner.made[name], name, runner.tokens[name])
    runner.remove(delivery, "it", runner.case.type)
    runner.remove(runner.made["source"], "source", runner.tokens["source"])


def rule(statement: dict[str, Any], **action: Any) -> dict[str, Any]:
    return {"name": "only", "priority": 0, "statement": statement, "visibilityConfig": SEEN, **action}


def acl(world: World, *rules: dict[str, Any]) -> Resource:
    return world.make(
        ACL,
        scope="REGIONAL",
        defaultAction={"allow": {}},
        visibilityConfig=SEEN,
        rules=list(rules),
    )


def test_set_that_a_web_acl_names_stays(world: World) -> None:
    listed = world.make(IP_SET, scope="REGIONAL", ipAddressVersion="IPV4", addresses=["192.0.2.0/24"])
    statement = {"ipSetReferenceStatement": {"arn": listed.outputs["arn"]}}
    made = acl(world, rule(statement, action={"block": {}}))
    with pytest.raises(Refusal, match=r"^WAFAssociatedItemException: "):
        world.remove(IP_SET, listed)
    world.remove(ACL, made)
    world.remove(IP_SET, listed)


def test_rule_group_costs_a_web_acl_its_capacity_and_stays(world: World) -> None:
    group = world.make(GROUP_RULES, scope="REGIONAL", capacity=120, visibilityConfig=SEEN)
    statement = {"ruleGroupReferenceStatement": {"arn": group.outputs["arn"]}}
    made = acl(world, rule(statement, overrideAction={"none": {}}))
    assert made.outputs["capacity"] == 120
    with pytest.raises(Refusal, match=r"^WAFAssociatedItemException: "):
        world.remove(GROUP_RULES, group)


def test_signed_zone_stays(world: World) -> None:
    runner, _ = lived(world, "route53/hosted_zone_dns_sec")
    with pytest.raises(Refusal, match=r"^HostedZoneNotEmpty: "):
        runner.remove(runner.made["zone"], "zone", runner.tokens["zone"])
    with pytest.raises(Refusal, match=r"^KeySigningKeyInUse: "):
        runner.remove(runner.made["signing"], "signing", runner.tokens["signing"])


def test_delegation_set_of_a_zone_stays(world: World) -> None:
    servers = world.make(SET)
    zone = world.make(ZONE, name="example.com", delegationSetId=servers.identity)
    assert zone.outputs["nameServers"] == servers.outputs["nameServers"]
    with pytest.raises(Refusal, match=r"^DelegationSetInUse: "):
        world.remove(SET, servers)


def test_firewall_goes_from_the_outside_in(world: World) -> None:
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16")
    bad, group = world.make(LIST, domains=["bad.example.com"]), world.make(RULES)
    ids = {"firewallRuleGroupId": group.identity, "priority": 101}
    blocks = world.make(
        RULE, action="BLOCK", blockResponse="NODATA", firewallDomainListId=bad.identity, **ids
    )
    works = world.make(ASSOCIATION, vpcId=vpc.identity, **ids)
    for token, part in ((LIST, bad), (RULES, group)):
        with pytest.raises(Refusal, match=r"^ConflictException: "):
            world.remove(token, part)
    for token, part in ((ASSOCIATION, works), (RULE, blocks), (RULES, group), (LIST, bad)):
        world.remove(token, part)


def test_protected_association_stays(world: World) -> None:
    vpc, group = world.make(VPC, cidrBlock="10.0.0.0/16"), world.make(RULES)
    made = world.make(
        ASSOCIATION,
        vpcId=vpc.identity,
        firewallRuleGroupId=group.identity,
        priority=101,
        mutationProtection="ENABLED",
    )
    with pytest.raises(Refusal, match="mutation protection is on"):
        world.remove(ASSOCIATION, made)


def test_trust_store_of_a_listener_stays(world: World) -> None:
    runner, _ = lived(world, "lb/listener_mutual")
    with pytest.raises(Refusal, match=r"^TrustStoreInUse: "):
        runner.remove(runner.made["store"], "store", runner.tokens["store"])


def test_private_zone_of_a_program_at_home_elsewhere() -> None:
    """Route 53 is asked in us-east-1; the VPC is where the program is."""
    from dataclasses import replace

    from simcloud.provider import Provider

    world = World()
    world.provider = Provider(replace(world.ctx, region="eu-west-1"))
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16")
    zone = world.make(ZONE, name="internal.example.com", vpcs=[{"vpcId": vpc.identity}])
    assert zone.outputs["vpcs"] == [{"vpcId": vpc.identity}]
    found = world.ctx.client("route53").get_hosted_zone(Id=zone.identity)["VPCs"]
    assert found == [{"VPCRegion": "eu-west-1", "VPCId": vpc.identity}]
