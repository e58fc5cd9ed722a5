"""The Learning Assistant's environments and its network, held against its document."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.components.ports import NONE, Ports
from tests.components.reachability import Map, survey
from tests.stacks.systems.life import live
from tests.stacks.systems.standing import System, standing

# An address of CloudFront's list for origins, and one of nobody.
EDGE = "130.176.0.9"
# The document's table of subnets; it calls the zones AZ-1a, AZ-1b and AZ-1c.
SUBNETS = {
    "public": {"10.0.1.0/24": "1a", "10.0.2.0/24": "1b", "10.0.3.0/24": "1c"},
    "private": {"10.0.11.0/24": "1a", "10.0.12.0/24": "1b", "10.0.13.0/24": "1c"},
    "database": {"10.0.21.0/24": "1a", "10.0.22.0/24": "1b", "10.0.23.0/24": "1c"},
}
ANYWHERE = "0.0.0.0/0"
DATA_PORTS = {"database": "5432", "cache": "6379"}


@pytest.fixture(scope="module")
def production() -> System:
    return standing("learning-assistant-production")


@pytest.fixture(scope="module")
def network(production: System) -> Map:
    return survey(production.simulation, "la-prod", {"edge": EDGE})


@pytest.mark.parametrize("environment", ["dev", "staging", "production"])
def test_comes_up_stays_as_it_is_and_goes(environment: str, tmp_path: Path) -> None:
    live(f"learning-assistant-{environment}", tmp_path)


@pytest.mark.proves("S1-24", "S1-25", "S1-28", "S1-31")
def test_one_network_with_the_nine_subnets_of_the_document(production: System) -> None:
    ec2 = production.client("ec2")
    [vpc] = [vpc for vpc in ec2.describe_vpcs()["Vpcs"] if not vpc["IsDefault"]]
    subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["Subnets"]
    found: dict[str, dict[str, str]] = {}
    for subnet in subnets:
        zone = subnet["AvailabilityZone"].removeprefix("us-east-")
        found.setdefault(_tier(subnet), {})[subnet["CidrBlock"]] = zone
    assert found == SUBNETS


@pytest.mark.proves("S1-26")
def test_each_zone_has_a_load_balancer_and_a_nat_gateway_in_its_public_subnet(production: System) -> None:
    [balancer] = production.client("elbv2").describe_load_balancers()["LoadBalancers"]
    assert (balancer["Type"], balancer["Scheme"]) == ("application", "internet-facing")
    ranges = _ranges(production, [zone["SubnetId"] for zone in balancer["AvailabilityZones"]])
    assert ranges == set(SUBNETS["public"])
    gateways = production.client("ec2").describe_nat_gateways()["NatGateways"]
    assert [gateway["State"] for gateway in gateways] == ["available"] * 3
    assert _ranges(production, [gateway["SubnetId"] for gateway in gateways]) == set(SUBNETS["public"])


@pytest.mark.proves("S1-26")
def test_administrators_have_a_bastion_that_nobody_else_can_even_knock_at(
    production: System, network: Map
) -> None:
    """The document puts it among the public ones: through Session Manager it needs no address there."""
    [reservation] = production.client("ec2").describe_instances()["Reservations"]
    [bastion] = reservation["Instances"]
    assert bastion["InstanceId"] == production.outputs["bastion_instance_id"]
    assert "PublicIpAddress" not in bastion
    everybody = [*network.inhabitants, *network.outside]
    assert [name for name in everybody if network.ports(name, "bastion") != NONE] == []
    reached = {name: str(network.ports("bastion", name)) for name in DATA_PORTS}
    assert reached == DATA_PORTS


@pytest.mark.proves("S1-41")
def test_administrators_show_a_second_factor(production: System) -> None:
    """The way in is theirs who carry this policy; what they do without a second factor is not in it."""
    iam = production.client("iam")
    policy = iam.get_policy(PolicyArn=production.outputs["bastion_policy_arn"])["Policy"]
    version = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"])
    opening, _ending = version["PolicyVersion"]["Document"]["Statement"]
    assert opening["Action"] == ["ssm:StartSession"]
    assert opening["Condition"] == {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    # Nobody else's policy in this stack opens sessions.
    assert [one["Arn"] for one in iam.list_policies(Scope="Local")["Policies"]] == [policy["Arn"]]
    # Whoever signs in without one is told of, and the root user is looked after.
    [told] = production.client("cloudwatch").describe_alarms(AlarmNames=["la-prod-audit-no-mfa"])[
        "MetricAlarms"
    ]
    assert told["AlarmActions"] == [production.outputs["warning_topic_arn"]]
    rules = production.client("config").describe_config_rules()["ConfigRules"]
    assert "ROOT_ACCOUNT_MFA_ENABLED" in {rule["Source"]["SourceIdentifier"] for rule in rules}


@pytest.mark.proves("S1-27", "S1-13")
def test_the_public_tier_lets_little_in_and_everything_out(production: System, network: Map) -> None:
    wall = _wall(production, "public")
    # Calls to the load balancer, and answers to what the NAT gateways asked for.
    assert _admitted(wall, egress=False, protocol="6") == {(443, 443), (1024, 65535)}
    [out] = [entry for entry in wall["Entries"] if entry["Egress"] and entry["RuleAction"] == "allow"]
    assert (out["Protocol"], out["CidrBlock"]) == ("-1", ANYWHERE)
    assert str(network.ports("edge", "gateway")) == "443"
    assert network.ports("internet", "gateway") == NONE


@pytest.mark.proves("S1-29")
def test_tasks_stand_in_the_private_subnets_of_every_zone(production: System) -> None:
    [arn] = production.client("ecs").list_services(cluster=production.outputs["cluster_name"])["serviceArns"]
    [service] = production.client("ecs").describe_services(
        cluster=production.outputs["cluster_name"], services=[arn]
    )["services"]
    placed = service["networkConfiguration"]["awsvpcConfiguration"]
    assert _ranges(production, placed["subnets"]) == set(SUBNETS["private"])
    assert placed["assignPublicIp"] == "DISABLED"
    assert service["runningCount"] >= 3


@pytest.mark.proves("S1-30")
def test_the_private_tier_goes_out_through_the_nat_gateway_of_its_zone_only(
    production: System, network: Map
) -> None:
    gateways = {
        gateway["NatGatewayId"]: gateway["SubnetId"]
        for gateway in production.client("ec2").describe_nat_gateways()["NatGateways"]
    }
    zones = _zones(production)
    for cidr in SUBNETS["private"]:
        [away] = [
            route for route in _routes(production, cidr) if route.get("DestinationCidrBlock") == ANYWHERE
        ]
        assert away.get("GatewayId") is None
        assert zones[gateways[away["NatGatewayId"]]] == f"us-east-{SUBNETS['private'][cidr]}"
    subnets = production.client("ec2").describe_subnets()["Subnets"]
    assert not [one for one in subnets if _tier(one) == "private" and one["MapPublicIpOnLaunch"]]
    assert network.ports("internet", "web") == NONE
    assert str(network.ports("web", "internet")) == "443"


@pytest.mark.proves("S1-33", "S1-13")
def test_the_database_tier_knows_nobody_but_the_application(production: System, network: Map) -> None:
    for cidr in SUBNETS["database"]:
        targets = [route["DestinationCidrBlock"] for route in _routes(production, cidr)]
        assert targets == ["10.0.0.0/16"]
    for name, port in DATA_PORTS.items():
        reached = {peer: str(found) for peer, found in _reaching(network, name)}
        # Administrators are people of the application, too; nobody else is there.
        assert reached == {"web": port, "bastion": port}
        assert [peer for peer in network.outside if network.ports(name, peer) != NONE] == []
    entries = [entry for entry in _wall(production, "database")["Entries"] if entry["RuleAction"] == "allow"]
    within = {*SUBNETS["private"], *SUBNETS["database"]}
    assert {entry["CidrBlock"] for entry in entries} == within


@pytest.mark.proves("S1-13")
def test_each_tier_has_a_wall_of_its_own(production: System) -> None:
    walls = {
        tier: _ranges(production, [one["SubnetId"] for one in _wall(production, tier)["Associations"]])
        for tier in SUBNETS
    }
    assert walls == {tier: set(ranges) for tier, ranges in SUBNETS.items()}


@pytest.mark.proves("S1-34")
def test_requests_pass_the_cdn_the_firewall_the_balancer_the_tasks_and_the_cache(
    production: System, network: Map
) -> None:
    site = "learning-assistant.app"
    [distribution] = production.client("cloudfront").list_distributions()["DistributionList"]["Items"]
    assert distribution["Aliases"]["Items"] == [site]
    firewalls = production.client("wafv2").list_web_acls(Scope="CLOUDFRONT")["WebACLs"]
    assert [firewall["ARN"] for firewall in firewalls] == [distribution["WebACLId"]]
    [origin] = distribution["Origins"]["Items"]
    assert _leads_to(production, origin["DomainName"]) == production.outputs["load_balancer_dns"]
    assert _leads_to(production, site) == distribution["DomainName"]
    way = ["edge", "gateway", "web", "cache"]
    assert [str(network.ports(a, b)) for a, b in itertools.pairwise(way)] == ["443", "3000", "6379"]
    assert str(network.ports("web", "database")) == "5432"
    short_cuts = [("edge", "web"), ("gateway", "cache"), ("gateway", "database"), ("internet", "gateway")]
    assert [str(network.ports(a, b)) for a, b in short_cuts] == [str(NONE)] * 4


def _reaching(network: Map, target: str) -> Iterable[tuple[str, Ports]]:
    """Who gets to it from elsewhere."""
    for name in (*network.inhabitants, *network.outside):
        if name != target and (found := network.ports(name, target)) != NONE:
            yield name, found


def _tier(resource: dict[str, Any]) -> str:
    [name] = [tag["Value"] for tag in resource.get("Tags", []) if tag["Key"] == "Name"] or [""]
    return str(name).removeprefix("la-prod-network-").rsplit("-", 1)[0]


def _ranges(system: System, subnets: list[str]) -> set[str]:
    return {one["CidrBlock"] for one in system.client("ec2").describe_subnets(SubnetIds=subnets)["Subnets"]}


def _zones(system: System) -> dict[str, str]:
    subnets = system.client("ec2").describe_subnets()["Subnets"]
    return {subnet["SubnetId"]: subnet["AvailabilityZone"] for subnet in subnets}


def _routes(system: System, cidr: str) -> list[dict[str, Any]]:
    """The routes of a subnet, those to endpoints of AWS aside."""
    ec2 = system.client("ec2")
    [subnet] = ec2.describe_subnets(Filters=[{"Name": "cidr-block", "Values": [cidr]}])["Subnets"]
    asked = [{"Name": "association.subnet-id", "Values": [subnet["SubnetId"]]}]
    [table] = ec2.describe_route_tables(Filters=asked)["RouteTables"]
    return [route for route in table["Routes"] if "DestinationCidrBlock" in route]


def _wall(system: System, tier: str) -> dict[str, Any]:
    asked = [{"Name": "tag:Name", "Values": [f"la-prod-network-{tier}"]}]
    [found] = system.client("ec2").describe_network_acls(Filters=asked)["NetworkAcls"]
    assert isinstance(found, dict)
    return found


def _admitted(wall: dict[str, Any], *, egress: bool, protocol: str) -> set[tuple[int, int]]:
    return {
        (entry["PortRange"]["From"], entry["PortRange"]["To"])
        for entry in wall["Entries"]
        if (entry["Egress"], entry["Protocol"], entry["RuleAction"]) == (egress, protocol, "allow")
    }


def _leads_to(system: System, name: str) -> str:
    """What the zone answers for a name, as its alias says."""
    records = system.client("route53").list_resource_record_sets(HostedZoneId=system.outputs["zone_id"])
    [record] = [
        one for one in records["ResourceRecordSets"] if (one["Name"].rstrip("."), one["Type"]) == (name, "A")
    ]
    return str(record["AliasTarget"]["DNSName"]).rstrip(".").removeprefix("dualstack.")
