"""The network: three tiers, three zones, and no way in."""

from typing import Any

import pytest

from components.errors import ComponentError
from components.network import Nat, Network, NetworkArgs
from simcloud.testing import Simulation
from tests.components.recording import Cloud

LEARNING_ASSISTANT = NetworkArgs(
    cidr_block="10.0.0.0/16",
    public_cidrs=["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"],
    private_cidrs=["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"],
    database_cidrs=["10.0.21.0/24", "10.0.22.0/24", "10.0.23.0/24"],
    tags={"plinth:system": "learning-assistant"},
)


def deploy(cloud: Cloud, args: NetworkArgs = LEARNING_ASSISTANT) -> Network:
    return cloud.deploy(lambda: Network("la-prod-network", args))


def test_names_tags_and_parents(cloud: Cloud) -> None:
    deploy(cloud)
    assert {made.parent for made in cloud.made} == {"la-prod-network"}
    subnet = cloud.named("Subnet", "la-prod-network-public-a")
    assert subnet.inputs["tags"] == {
        "Name": "la-prod-network-public-a",
        "plinth:system": "learning-assistant",
        "plinth:tier": "public",
    }


@pytest.mark.parametrize(
    ("nat", "gateways", "routes"),
    [
        (Nat.NONE, [], {}),
        (Nat.SINGLE, ["nat-a"], {"a": "nat-a", "b": "nat-a", "c": "nat-a"}),
        (Nat.PER_AZ, ["nat-a", "nat-b", "nat-c"], {"a": "nat-a", "b": "nat-b", "c": "nat-c"}),
    ],
)
def test_private_subnets_leave_through_nat_by_mode(
    cloud: Cloud, nat: Nat, gateways: list[str], routes: dict[str, str]
) -> None:
    deploy(cloud, NetworkArgs(cidr_block="10.0.0.0/16", nat=nat, private_tasks=nat is not Nat.NONE))
    assert [made.name.removeprefix("la-prod-network-") for made in cloud.of("NatGateway")] == gateways
    assert len(cloud.of("Eip")) == len(gateways)
    ways = {
        made.inputs["routeTableId"].removeprefix("la-prod-network-private-").removesuffix("-id"): made.inputs[
            "natGatewayId"
        ]
        .removeprefix("la-prod-network-")
        .removesuffix("-id")
        for made in cloud.of("Route")
        if "natGatewayId" in made.inputs
    }
    assert ways == routes


def test_only_the_public_tier_routes_to_the_internet_gateway(cloud: Cloud) -> None:
    deploy(cloud)
    doors = [made for made in cloud.of("Route") if "gatewayId" in made.inputs]
    assert [(made.inputs["routeTableId"], made.inputs["destinationCidrBlock"]) for made in doors] == [
        ("la-prod-network-public-id", "0.0.0.0/0")
    ]


def test_the_database_tier_has_no_default_route(cloud: Cloud) -> None:
    deploy(cloud)
    tables = {made.inputs["routeTableId"] for made in cloud.of("Route")}
    assert "la-prod-network-database-id" not in tables
    associated = [
        made.inputs["routeTableId"]
        for made in cloud.of("RouteTableAssociation")
        if made.inputs["subnetId"].startswith("la-prod-network-database-")
    ]
    assert associated == ["la-prod-network-database-id"] * 3


def test_nat_and_its_address_wait_for_the_internet_gateway(cloud: Cloud) -> None:
    deploy(cloud)
    for made in [*cloud.of("Eip"), *cloud.of("NatGateway")]:
        assert "la-prod-network-igw" in made.after


def test_a_subnet_is_offered_only_when_its_way_out_stands(cloud: Cloud) -> None:
    deploy(cloud)
    association = cloud.named("RouteTableAssociation", "la-prod-network-private-b")
    assert "la-prod-network-private-b-internet" in association.after


def test_s3_is_reached_without_nat(cloud: Cloud) -> None:
    deploy(cloud)
    endpoint = cloud.one("VpcEndpoint").inputs
    assert (endpoint["serviceName"], endpoint["vpcEndpointType"]) == ("com.amazonaws.us-east-1.s3", "Gateway")
    assert endpoint["routeTableIds"] == [f"la-prod-network-private-{letter}-id" for letter in "abc"]


def test_the_database_tier_admits_the_private_tier_and_itself_only(cloud: Cloud) -> None:
    deploy(cloud)
    acl = cloud.one("NetworkAcl").inputs
    assert sorted(acl["subnetIds"]) == [f"la-prod-network-database-{letter}-id" for letter in "abc"]
    for direction in ("ingress", "egress"):
        assert [(rule["ruleNo"], rule["action"], rule["cidrBlock"]) for rule in acl[direction]] == [
            (100, "allow", "10.0.11.0/24"),
            (101, "allow", "10.0.12.0/24"),
            (102, "allow", "10.0.13.0/24"),
            (200, "allow", "10.0.21.0/24"),
            (201, "allow", "10.0.22.0/24"),
            (202, "allow", "10.0.23.0/24"),
        ]


def test_all_traffic_is_recorded_by_a_role_that_can_do_nothing_else(cloud: Cloud) -> None:
    deploy(cloud)
    log = cloud.one("FlowLog").inputs
    assert (log["trafficType"], log["logDestinationType"]) == ("ALL", "cloud-watch-logs")
    group = cloud.one("LogGroup").inputs
    assert (group["name"], group["retentionInDays"]) == ("/la-prod-network/flow-log", 30)
    [trust] = cloud.one("Role").document("assumeRolePolicy")["Statement"]
    assert trust["Principal"] == {"Service": "vpc-flow-logs.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    [write] = cloud.one("RolePolicy").document("policy")["Statement"]
    assert write["Resource"] == f"{log['logDestination']}:*"


def test_outputs_are_in_the_order_of_the_zones(cloud: Cloud) -> None:
    network = deploy(cloud)
    assert network.availability_zones == ["us-east-1a", "us-east-1b", "us-east-1c"]
    assert cloud.value(network.database_subnet_ids) == [
        f"la-prod-network-database-{letter}-id" for letter in "abc"
    ]
    assert cloud.value(network.private_route_table_ids) == [
        f"la-prod-network-private-{letter}-id" for letter in "abc"
    ]
    assert len(cloud.value(network.nat_public_ips)) == 3


def test_pinned_zones_are_taken_without_asking(cloud: Cloud) -> None:
    zones = ["us-east-1b", "us-east-1d"]
    network = deploy(cloud, NetworkArgs(cidr_block="10.0.0.0/16", az_count=2, availability_zones=zones))
    assert network.availability_zones == zones
    assert not [token for token, _ in cloud.looked_up if "AvailabilityZones" in token]


def test_too_many_zones_are_refused_before_anything_is_made(cloud: Cloud) -> None:
    cloud.zones = ["us-west-1a", "us-west-1c"]
    with pytest.raises(ComponentError) as refused:
        deploy(cloud)
    assert str(refused.value) == (
        "la-prod-network: 3 availability zones are asked for, and the region has 2: us-west-1a, us-west-1c. "
        "Expected at most 2. Fix: lower the number of zones or choose another region."
    )
    assert cloud.made == []


def test_pinned_zones_must_agree_with_their_number(cloud: Cloud) -> None:
    with pytest.raises(ComponentError) as refused:
        deploy(cloud, NetworkArgs(cidr_block="10.0.0.0/16", availability_zones=["us-east-1a"]))
    assert str(refused.value) == (
        "la-prod-network: availability zones us-east-1a are pinned, and the number of zones is 3. "
        "Expected as many different zones as the number says. Fix: make the two agree."
    )


@pytest.fixture(scope="module")
def deployed() -> Simulation:
    """The Learning Assistant's network, standing in the simulated AWS."""
    simulation = Simulation()
    simulation.run(lambda: Network("la-prod-network", LEARNING_ASSISTANT))
    return simulation


@pytest.fixture(scope="module")
def ours(deployed: Simulation) -> list[dict[str, Any]]:
    """A filter for what is in the network's VPC."""
    [vpc] = deployed.client("ec2").describe_vpcs(
        Filters=[{"Name": "tag:Name", "Values": ["la-prod-network"]}]
    )["Vpcs"]
    return [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]


def tier_of(subnet: dict[str, Any]) -> str:
    [tier] = [tag["Value"] for tag in subnet["Tags"] if tag["Key"] == "plinth:tier"]
    return str(tier)


@pytest.mark.proves("S1-24", "S1-25", "S1-28", "S1-30", "S1-31")
def test_aws_sees_nine_subnets_in_three_zones(deployed: Simulation, ours: Any) -> None:
    subnets = deployed.client("ec2").describe_subnets(Filters=ours)["Subnets"]
    assert {
        (tier_of(subnet), subnet["AvailabilityZone"], subnet["CidrBlock"], subnet["MapPublicIpOnLaunch"])
        for subnet in subnets
    } == {
        (tier, f"us-east-1{letter}", f"10.0.{tens}{number}.0/24", False)
        for tier, tens in (("public", ""), ("private", "1"), ("database", "2"))
        for number, letter in enumerate("abc", start=1)
    }


@pytest.mark.proves("S1-30", "S1-33")
def test_aws_routes_each_tier_as_far_as_it_may_go(deployed: Simulation, ours: Any) -> None:
    ec2 = deployed.client("ec2")
    tiers = {subnet["SubnetId"]: tier_of(subnet) for subnet in ec2.describe_subnets(Filters=ours)["Subnets"]}
    ways: dict[str, list[str]] = {"public": [], "private": [], "database": []}
    for table in ec2.describe_route_tables(Filters=ours)["RouteTables"]:
        out = [route for route in table["Routes"] if route.get("DestinationCidrBlock") == "0.0.0.0/0"]
        for association in table["Associations"]:
            if "SubnetId" in association:
                ways[tiers[association["SubnetId"]]] += [
                    str(route.get("NatGatewayId") or route.get("GatewayId")) for route in out
                ]
    assert (len(ways["public"]), len(set(ways["public"]))) == (3, 1)
    assert ways["public"][0].startswith("igw-")
    assert len(set(ways["private"])) == 3
    assert all(way.startswith("nat-") for way in ways["private"])
    assert ways["database"] == []


def test_aws_keeps_every_nat_in_its_own_zone(deployed: Simulation, ours: Any) -> None:
    ec2 = deployed.client("ec2")
    zones = {s["SubnetId"]: s["AvailabilityZone"] for s in ec2.describe_subnets(Filters=ours)["Subnets"]}
    gateways = ec2.describe_nat_gateways(Filters=ours)["NatGateways"]
    assert sorted(zones[gateway["SubnetId"]] for gateway in gateways) == [
        "us-east-1a",
        "us-east-1b",
        "us-east-1c",
    ]


def test_aws_lets_nothing_in_by_default(deployed: Simulation, ours: Any) -> None:
    [group] = deployed.client("ec2").describe_security_groups(Filters=ours)["SecurityGroups"]
    assert (group["GroupName"], group["IpPermissions"], group["IpPermissionsEgress"]) == ("default", [], [])


@pytest.mark.proves("S1-33")
def test_aws_walls_in_the_database_tier(deployed: Simulation, ours: Any) -> None:
    acls = deployed.client("ec2").describe_network_acls(Filters=ours)["NetworkAcls"]
    [acl] = [acl for acl in acls if not acl["IsDefault"]]
    assert len(acl["Associations"]) == 3
    for egress in (False, True):
        admitted = {
            entry["CidrBlock"]
            for entry in acl["Entries"]
            if entry["Egress"] is egress and entry["RuleAction"] == "allow"
        }
        assert admitted == {f"10.0.{tens}{number}.0/24" for tens in (1, 2) for number in (1, 2, 3)}


@pytest.mark.proves("S1-42")
def test_aws_records_the_traffic(deployed: Simulation) -> None:
    [log] = deployed.client("ec2").describe_flow_logs()["FlowLogs"]
    [group] = deployed.client("logs").describe_log_groups()["logGroups"]
    assert (group["logGroupName"], group["retentionInDays"]) == ("/la-prod-network/flow-log", 30)
    assert (log["TrafficType"], log["LogDestination"]) == ("ALL", group["logGroupArn"])
