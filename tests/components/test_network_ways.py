"""The other ways that a network can be: by NAT, by endpoints, over IPv6, with more tiers, or somebody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pulumi
import pytest

from components.cidr import ExtraTier
from components.cluster import Cluster, ClusterArgs
from components.database import Database
from components.endpoint_names import APPLICATION, SESSIONS, TASKS
from components.errors import ComponentError
from components.key import Key, KeyArgs
from components.network import ExistingNetwork, Nat, NatInstance, Network, NetworkArgs, Walls
from components.relations import closed_security_group
from components.service import Route, Service, ServiceArgs
from simcloud.testing import Simulation
from tests.components.recording import Cloud
from tests.components.standing import DIGEST, ground
from tests.components.test_database import database_args

CIDR = "10.0.0.0/16"


def stand(args: NetworkArgs) -> tuple[Simulation, dict[str, Any]]:
    """The network in the simulated AWS, and its outputs."""
    simulation = Simulation()

    def program() -> pulumi.Output[dict[str, Any]]:
        network = Network("net", args)
        return pulumi.Output.all(
            vpc=network.vpc_id,
            ips=network.nat_public_ips,
            private=network.private_subnet_ids,
            extra=dict(network.extra_subnet_ids),
            subnets={tier: dict(subnets) for tier, subnets in network.subnets.items()},
        )

    return simulation, simulation.run(program)


def tables(simulation: Simulation, vpc: str) -> dict[str, list[dict[str, Any]]]:
    """Routes besides the local ones, by the name of the table."""
    found = simulation.client("ec2").describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])
    return {
        tag["Value"]: [route for route in table["Routes"] if route.get("GatewayId") != "local"]
        for table in found["RouteTables"]
        for tag in table["Tags"]
        if tag["Key"] == "Name"
    }


def out(routes: list[dict[str, Any]], cidr: str = "0.0.0.0/0") -> dict[str, Any]:
    """The route to the internet."""
    [found] = [
        route
        for route in routes
        if cidr in (route.get("DestinationCidrBlock"), route.get("DestinationIpv6CidrBlock"))
    ]
    return found


def test_a_regional_nat_gateway_serves_every_zone_without_addresses_of_ours() -> None:
    simulation, told = stand(NetworkArgs(cidr_block=CIDR, nat=Nat.REGIONAL))
    ec2 = simulation.client("ec2")
    [gateway] = ec2.describe_nat_gateways()["NatGateways"]
    assert (gateway["AvailabilityMode"], gateway["VpcId"], gateway.get("SubnetId")) == (
        "regional",
        told["vpc"],
        None,
    )
    routes = tables(simulation, told["vpc"])
    assert {out(routes[f"net-private-{zone}"])["NatGatewayId"] for zone in "abc"} == {gateway["NatGatewayId"]}
    assert ec2.describe_addresses()["Addresses"] == []
    assert told["ips"] == [address["PublicIp"] for address in gateway["NatGatewayAddresses"]]
    assert len(told["ips"]) == 3


def test_a_nat_instance_is_small_relays_its_ports_and_answers_nobody_else() -> None:
    simulation, told = stand(
        NetworkArgs(cidr_block=CIDR, nat=Nat.INSTANCE, nat_instance=NatInstance(ports=(443, 587)))
    )
    ec2 = simulation.client("ec2")
    [machine] = [m for found in ec2.describe_instances()["Reservations"] for m in found["Instances"]]
    assert (machine["InstanceType"], machine["SourceDestCheck"]) == ("t4g.nano", False)
    assert (machine["MetadataOptions"]["HttpTokens"], machine.get("KeyName")) == ("required", None)
    assert machine["SubnetId"] == told["subnets"]["public"]["a"]
    assert told["ips"] == [machine["PublicIpAddress"]]
    [volume] = ec2.describe_volumes()["Volumes"]
    assert volume["Encrypted"] is True
    [card] = machine["NetworkInterfaces"]
    routes = tables(simulation, told["vpc"])
    assert {out(routes[f"net-private-{zone}"])["NetworkInterfaceId"] for zone in "abc"} == {
        card["NetworkInterfaceId"]
    }
    rules = ec2.describe_security_group_rules(
        Filters=[{"Name": "group-id", "Values": [machine["SecurityGroups"][0]["GroupId"]]}]
    )["SecurityGroupRules"]
    assert {(rule["IsEgress"], rule["CidrIpv4"], rule["FromPort"], rule["ToPort"]) for rule in rules} == {
        (False, "10.0.0.0/17", 443, 443),
        (False, "10.0.0.0/17", 587, 587),
        (True, "0.0.0.0/0", 443, 443),
        (True, "0.0.0.0/0", 587, 587),
    }


def test_over_ipv6_the_private_tier_goes_out_and_nobody_comes_in() -> None:
    simulation, told = stand(NetworkArgs(cidr_block=CIDR, nat=Nat.SINGLE, ipv6=True))
    ec2 = simulation.client("ec2")
    [egress_only] = ec2.describe_egress_only_internet_gateways()["EgressOnlyInternetGateways"]
    routes = tables(simulation, told["vpc"])
    for zone in "abc":
        found = out(routes[f"net-private-{zone}"], "::/0")
        assert found["EgressOnlyInternetGatewayId"] == egress_only["EgressOnlyInternetGatewayId"]
    assert out(routes["net-public"], "::/0")["GatewayId"].startswith("igw-")
    assert routes["net-database"] == []
    subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [told["vpc"]]}])["Subnets"]
    blocks = {block["Ipv6CidrBlock"] for s in subnets for block in s["Ipv6CidrBlockAssociationSet"]}
    assert len(blocks) == len(subnets) == 9
    assert {subnet["AssignIpv6AddressOnCreation"] for subnet in subnets} == {True}


def test_endpoints_stand_in_every_zone_under_the_services_own_names() -> None:
    names = [*TASKS, *SESSIONS, *APPLICATION, "s3", "dynamodb", "logs"]
    simulation, told = stand(NetworkArgs(cidr_block=CIDR, nat=Nat.NONE, endpoints=names))
    found = simulation.client("ec2").describe_vpc_endpoints()["VpcEndpoints"]
    kinds = {endpoint["ServiceName"].removeprefix("com.amazonaws.us-east-1."): endpoint for endpoint in found}
    assert sorted(kinds) == sorted({*names})
    assert {name for name, kind in kinds.items() if kind["VpcEndpointType"] == "Gateway"} == {
        "s3",
        "dynamodb",
    }
    interfaces = [kind for kind in found if kind["VpcEndpointType"] == "Interface"]
    assert all(sorted(kind["SubnetIds"]) == sorted(told["private"]) for kind in interfaces)
    assert all(kind["PrivateDnsEnabled"] for kind in interfaces)
    groups = {group["GroupId"] for kind in interfaces for group in kind["Groups"]}
    assert len(groups) == 1


def test_endpoints_admit_only_who_is_allowed_over_https() -> None:
    simulation = Simulation()

    def program() -> None:
        network = Network("net", NetworkArgs(cidr_block=CIDR, nat=Nat.NONE, endpoints=TASKS))
        network.endpoints.allow_from(Guest("net-web", network))

    simulation.run(program)
    rules = simulation.client("ec2").describe_security_group_rules()["SecurityGroupRules"]
    names = {
        group["GroupId"]: {tag["Key"]: tag["Value"] for tag in group.get("Tags", ())}.get("Name")
        for group in simulation.client("ec2").describe_security_groups()["SecurityGroups"]
    }
    ours = {
        (names[r["GroupId"]], r["IsEgress"], r["FromPort"], r["ToPort"], bool(r.get("PrefixListId")))
        for r in rules
        if names[r["GroupId"]] in ("net-web", "net-endpoints")
    }
    assert ours == {
        ("net-endpoints", False, 443, 443, False),
        ("net-web", True, 443, 443, False),
        ("net-web", True, 443, 443, True),
    }


class Guest(pulumi.ComponentResource):
    """Somebody with a group of its own."""

    def __init__(self, name: str, network: Network) -> None:
        super().__init__("plinth:test:Guest", name)
        self.component_name = name
        self.security_group_id = closed_security_group(
            self, name, vpc_id=network.vpc_id, description=name, tags={}
        ).id


def test_extra_tiers_have_the_way_out_that_they_ask_for() -> None:
    extra = [ExtraTier("search", 2), ExtraTier("jobs", 3, internet=True)]
    simulation, told = stand(NetworkArgs(cidr_block=CIDR, az_count=2, extra_tiers=extra))
    assert {tier: len(ids) for tier, ids in told["extra"].items()} == {"search": 2, "jobs": 2}
    found = simulation.client("ec2").describe_route_tables(
        Filters=[{"Name": "vpc-id", "Values": [told["vpc"]]}]
    )
    ways = {
        association["SubnetId"]: {tag["Value"] for tag in table["Tags"] if tag["Key"] == "Name"}
        for table in found["RouteTables"]
        for association in table["Associations"]
        if "SubnetId" in association
    }
    assert [ways[subnet] for subnet in told["extra"]["search"]] == [{"net-database"}] * 2
    assert [ways[subnet] for subnet in told["extra"]["jobs"]] == [{"net-private-a"}, {"net-private-b"}]


def test_a_tier_or_zone_that_comes_later_changes_no_subnet(cloud: Cloud) -> None:
    grown = Cloud()
    cloud.deploy(lambda: Network("net", NetworkArgs(cidr_block=CIDR, az_count=2)))
    more = NetworkArgs(cidr_block=CIDR, az_count=4, extra_tiers=[ExtraTier("search", 2)])
    grown.deploy(lambda: Network("net", more))
    before = {made.name: made.inputs for made in cloud.of("Subnet")}
    after = {made.name: made.inputs for made in grown.of("Subnet")}
    assert len(after) == 16
    assert {name: after[name] for name in before} == before


def test_somebody_elses_network_is_taken_as_it_is(cloud: Cloud) -> None:
    existing = ExistingNetwork(
        vpc_id="vpc-1", public_subnet_ids=["s-1"], private_subnet_ids=["s-2"], database_subnet_ids=["s-3"]
    )
    args = NetworkArgs(cidr_block=CIDR, existing=existing, availability_zones=["us-east-1c"], az_count=1)
    network = cloud.deploy(lambda: Network("net", args))
    assert cloud.made == []
    assert network.availability_zones == ["us-east-1c"]
    assert [cloud.value(ids) for ids in (network.vpc_id, network.private_subnet_ids)] == ["vpc-1", ["s-2"]]
    assert cloud.value(network.nat_public_ips) == []


def test_a_product_stands_in_somebody_elses_network() -> None:
    """Balancer, tasks and database in a VPC, and tasks in a cluster, that this program does not own."""
    simulation = Simulation()
    place: dict[str, Any] = {}

    def program() -> None:
        theirs = ground()
        owned = ExistingNetwork(
            vpc_id=theirs.network.vpc_id,
            public_subnet_ids=theirs.network.public_subnet_ids,
            private_subnet_ids=theirs.network.private_subnet_ids,
            database_subnet_ids=theirs.network.database_subnet_ids,
        )
        zones = theirs.network.availability_zones
        args = NetworkArgs(cidr_block=CIDR, existing=owned, availability_zones=zones, az_count=len(zones))
        network = Network("net", args)
        service = Service(
            "shop-web",
            ServiceArgs(
                cluster=Cluster("shop", ClusterArgs(existing_arn=theirs.cluster.arn)),
                vpc_id=network.vpc_id,
                subnet_ids=network.private_subnet_ids,
                image=DIGEST,
                port=3000,
                cpu=256,
                memory=512,
                behind=Route(gateway=theirs.gateway, health_path="/"),
            ),
        )
        database = Database(
            "shop-database",
            database_args(
                vpc_id=network.vpc_id,
                subnet_ids=network.database_subnet_ids,
                availability_zones=network.availability_zones,
                replicas=0,
                multi_az=True,
                credentials=None,
                kms_key_arn=Key("shop-key", KeyArgs(alias="shop", description="Data")).arn,
            ),
        )
        database.allow_from(service)
        theirs.network.vpc_id.apply(lambda found: place.update(vpc=found))
        theirs.cluster.arn.apply(lambda found: place.update(cluster=found))

    simulation.run(program)
    vpcs = {vpc["VpcId"] for vpc in simulation.client("ec2").describe_vpcs()["Vpcs"] if not vpc["IsDefault"]}
    assert vpcs == {place["vpc"]}
    ecs = simulation.client("ecs")
    assert ecs.list_clusters()["clusterArns"] == [place["cluster"]]
    assert len(ecs.list_services(cluster=place["cluster"])["serviceArns"]) == 1
    [database] = simulation.client("rds").describe_db_instances()["DBInstances"]
    assert database["DBSubnetGroup"]["VpcId"] == place["vpc"]


def test_walls_from_relations_are_nobodys_until_they_are_told(cloud: Cloud) -> None:
    args = NetworkArgs(cidr_block=CIDR, walls=Walls.RELATIONS)
    cloud.deploy(lambda: Network("net", args).wall_in())
    assert [made.name for made in cloud.of("NetworkAcl")] == ["net-database", "net-private", "net-public"]
    private = cloud.named("NetworkAcl", "net-private").inputs
    assert (private.get("ingress", []), private.get("egress", [])) == ([], [])


def wall_in(args: NetworkArgs, **peers: Any) -> Callable[[], None]:
    return lambda: Network("net", args).wall_in(**peers)


THEIRS = ExistingNetwork(
    vpc_id="vpc-1", public_subnet_ids=["s-1"], private_subnet_ids=["s-2"], database_subnet_ids=["s-3"]
)

REFUSED: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: Network("net", NetworkArgs(cidr_block=CIDR, existing=THEIRS)),
        "net: nobody says in which zones the existing subnets lie. Expected `availability_zones` in the order of the "
        "subnets: databases and caches are placed by them. Fix: add `availability_zones`, and `az_count` to match.",
    ),
    (
        lambda: Network("net", NetworkArgs(cidr_block=CIDR, existing=THEIRS, nat=Nat.SINGLE, ipv6=True)),
        "net: nat, ipv6 of a network that somebody else owns. Expected `existing`, `cidr_block` and its zones: nothing "
        "of it is made or changed. Fix: drop nat and ipv6, or `existing`.",
    ),
    (
        lambda: Network("net", NetworkArgs(cidr_block=CIDR, nat=Nat.NONE)),
        "net: there is neither a NAT nor an endpoint for ecr.api, ecr.dkr, logs, secretsmanager: no private task could "
        "start. Expected a NAT, or endpoints for the image registry, logs and secrets. Fix: add ecr.api, ecr.dkr, "
        "logs, secretsmanager to `endpoints`, choose another `nat`, or set `private_tasks` to False if no container "
        "will run in the private tier.",
    ),
    (
        lambda: Network("net", NetworkArgs(cidr_block=CIDR, nat=Nat.NONE, endpoints=[*TASKS[:3]])),
        "net: there is neither a NAT nor an endpoint for secretsmanager: no private task could start. Expected a NAT, "
        "or endpoints for the image registry, logs and secrets. Fix: add secretsmanager to `endpoints`, choose another "
        "`nat`, or set `private_tasks` to False if no container will run in the private tier.",
    ),
    (
        lambda: Network("net", NetworkArgs(cidr_block=CIDR, endpoints=["com.amazonaws.us-east-1.logs"])),
        "net: 'com.amazonaws.us-east-1.logs' are no names of endpoints. Expected the part of the service's name after "
        "the region, such as ecr.api or logs. Fix: shorten the names.",
    ),
    (
        lambda: Network(
            "net", NetworkArgs(cidr_block=CIDR, nat=Nat.INSTANCE, nat_instance=NatInstance(ports=(80,)))
        ),
        "net: the NAT instance relays 80. Expected ports from 1 to 65535, 443 among them: it prepares itself over "
        "HTTPS. Fix: correct the ports of `nat_instance`.",
    ),
    (
        lambda: Network(
            "net",
            NetworkArgs(cidr_block=CIDR, nat=Nat.INSTANCE, nat_instance=NatInstance(ports=(443, 70000))),
        ),
        "net: the NAT instance relays 443, 70000. Expected ports from 1 to 65535, 443 among them: it prepares itself "
        "over HTTPS. Fix: correct the ports of `nat_instance`.",
    ),
    (
        wall_in(NetworkArgs(cidr_block=CIDR)),
        "net: walls are asked for around tiers that have others, or somebody else's. Expected a network of its own "
        "with walls=relations. Fix: set `walls` to relations and leave `existing` out, or do not call `wall_in`.",
    ),
    (
        wall_in(NetworkArgs(cidr_block=CIDR, walls=Walls.RELATIONS), extra={"search": []}),
        "net: components are named for search. Expected one of public, private, database. Fix: name them under a tier "
        "of this network.",
    ),
    (
        lambda: Network("net", NetworkArgs(cidr_block=CIDR)).endpoints,
        "net: this network has no interface endpoints. Expected names such as ecr.api in `endpoints`. Fix: add the "
        "services that are to be reached without the internet.",
    ),
]


@pytest.mark.parametrize(("program", "sentence"), REFUSED)
def test_contradictions_are_refused(cloud: Cloud, program: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == sentence
