"""The way in and the network, environment by environment, against what the architecture document names."""

import pulumi
import pytest

from tests.stacks.built import PREFIXES, STACKS, built
from tests.stacks.recording import Registered

WORLD = ("0.0.0.0/0", "::/0")


def subnets(stack: str) -> dict[str, tuple[str, str]]:
    return {
        subnet.name.removeprefix(f"{PREFIXES[stack]}-network-"): (
            subnet.inputs["cidrBlock"],
            subnet.inputs["availabilityZone"],
        )
        for subnet in built(stack).of("aws:ec2/subnet:Subnet")
    }


@pytest.mark.proves("S1-24", "S1-25", "S1-28", "S1-31")
@pytest.mark.parametrize("stack", STACKS)
def test_nine_subnets_with_the_documents_ranges_over_three_zones(stack: str) -> None:
    assert subnets(stack) == {
        "public-a": ("10.0.1.0/24", "us-east-1a"),
        "public-b": ("10.0.2.0/24", "us-east-1b"),
        "public-c": ("10.0.3.0/24", "us-east-1c"),
        "private-a": ("10.0.11.0/24", "us-east-1a"),
        "private-b": ("10.0.12.0/24", "us-east-1b"),
        "private-c": ("10.0.13.0/24", "us-east-1c"),
        "database-a": ("10.0.21.0/24", "us-east-1a"),
        "database-b": ("10.0.22.0/24", "us-east-1b"),
        "database-c": ("10.0.23.0/24", "us-east-1c"),
    }


@pytest.mark.parametrize(("stack", "gateways"), [("dev", 1), ("staging", 1), ("production", 3)])
def test_nat_gateways(stack: str, gateways: int) -> None:
    assert len(built(stack).of("aws:ec2/natGateway:NatGateway")) == gateways
    assert len(built(stack).outputs["nat_addresses"]) == gateways


@pytest.mark.proves("S1-34")
@pytest.mark.parametrize("stack", STACKS)
def test_the_edge_is_the_only_way_in(stack: str) -> None:
    ingress = built(stack).of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert not [rule.name for rule in ingress if rule.inputs.get("cidrIpv4") or rule.inputs.get("cidrIpv6")]
    from_lists = [rule for rule in ingress if "prefixListId" in rule.inputs]
    assert [(rule.inputs["prefixListId"], rule.inputs["fromPort"]) for rule in from_lists] == [
        ("pl-3b927c52", 443)
    ]
    assert not [
        group.name for group in built(stack).of("aws:ec2/securityGroup:SecurityGroup") if _inline(group)
    ]


def _inline(group: Registered) -> bool:
    return bool(group.inputs.get("ingress") or group.inputs.get("egress"))


@pytest.mark.parametrize("stack", STACKS)
def test_who_talks_to_whom(stack: str) -> None:
    rules = built(stack).of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    related = {
        (rule.inputs["referencedSecurityGroupId"], rule.inputs["securityGroupId"], rule.inputs["fromPort"])
        for rule in rules
        if "referencedSecurityGroupId" in rule.inputs
    }
    prefix = PREFIXES[stack]
    database, proxy = f"{prefix}-database-sg-id", f"{prefix}-database-proxy-sg-id"
    pooled = {
        # The pooler stands before the primary alone: replicas are asked directly.
        (f"{prefix}-web-sg-id", proxy, 5432),
        (proxy, database, 5432),
        (f"{prefix}-database-rotation-sg-id", database, 5432),
    }
    # Administrators enter a machine of their own to reach production's data.
    entered = {
        (f"{prefix}-bastion-sg-id", database, 5432),
        (f"{prefix}-bastion-sg-id", f"{prefix}-cache-sg-id", 6379),
    }
    assert related == {
        (f"{prefix}-gateway-id", f"{prefix}-web-sg-id", 3000),
        (f"{prefix}-web-sg-id", database, 5432),
        (f"{prefix}-web-sg-id", f"{prefix}-cache-sg-id", 6379),
        *(pooled if stack != "dev" else ()),
        *(entered if stack == "production" else ()),
    }


@pytest.mark.proves("S1-33")
@pytest.mark.parametrize("stack", STACKS)
def test_the_database_tier_has_no_route_to_the_world(stack: str) -> None:
    tables = {
        route.inputs["routeTableId"]
        for route in built(stack).of("aws:ec2/route:Route")
        if route.inputs.get("destinationCidrBlock") in WORLD
    }
    assert not [table for table in tables if "database" in table]


@pytest.mark.proves("S1-34")
@pytest.mark.parametrize("stack", STACKS)
def test_the_edge_answers_for_the_site_behind_a_firewall(stack: str) -> None:
    [distribution] = built(stack).of("aws:cloudfront/distribution:Distribution")
    [firewall] = built(stack).of("aws:wafv2/webAcl:WebAcl")
    site = built(stack).outputs["url"].removeprefix("https://")
    assert distribution.inputs["aliases"] == [site]
    assert distribution.inputs["webAclId"].endswith(firewall.name)
    [origin] = pulumi.runtime.rpc.unwrap_rpc_secret(distribution.inputs["origins"])
    assert origin["domainName"] == f"origin.{site}"
    assert (firewall.inputs["scope"], firewall.inputs["region"]) == ("CLOUDFRONT", "us-east-1")


@pytest.mark.parametrize("stack", STACKS)
def test_the_balancer_answers_nobody_who_does_not_know_the_edges_secret(stack: str) -> None:
    [distribution] = built(stack).of("aws:cloudfront/distribution:Distribution")
    [rule] = built(stack).of("aws:lb/listenerRule:ListenerRule")
    # Both are secrets as a whole: neither the value nor where it stands is in the clear.
    [origin] = pulumi.runtime.rpc.unwrap_rpc_secret(distribution.inputs["origins"])
    path, header = pulumi.runtime.rpc.unwrap_rpc_secret(rule.inputs["conditions"])
    assert path == {"pathPattern": {"values": ["/*"]}}
    assert origin["customHeaders"] == [{"name": "x-origin-verify", "value": "x"}]
    assert header == {"httpHeader": {"httpHeaderName": "x-origin-verify", "values": ["x", "x"]}}
    locks = [
        item.name
        for item in built(stack).of("aws:secretsmanager/secret:Secret")
        if "-edge-lock-" in item.name
    ]
    assert sorted(locks) == [f"{PREFIXES[stack]}-edge-lock-a", f"{PREFIXES[stack]}-edge-lock-b"]


def test_in_the_viewers_region_one_certificate_serves_both_ends() -> None:
    assert [item.name for item in built("production").of("aws:acm/certificate:Certificate")] == [
        "la-prod-viewer-certificate"
    ]


def test_elsewhere_the_load_balancer_has_a_certificate_of_its_own() -> None:
    certificates = built("production", "eu-central-1").of("aws:acm/certificate:Certificate")
    assert {item.name: item.inputs.get("region") for item in certificates} == {
        "la-prod-viewer-certificate": "us-east-1",
        "la-prod-origin-certificate": None,
    }
