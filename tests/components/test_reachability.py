"""Every pair of the five systems' firewall matrices, and nothing besides, over the network as boto3 sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from components.cache import CacheEngine
from components.database import Engine
from components.destination import Destination
from components.endpoint_names import TASKS
from components.network import Nat, NetworkArgs, Walls
from simcloud.testing import Simulation
from tests.components.ports import NONE, Ports
from tests.components.reachability import Map, survey
from tests.components.systems_in_aws import (
    ANYBODY,
    CLOUDFLARE,
    CLOUDFRONT,
    App,
    System,
    bring_up,
    out,
    walled,
)

Matrix = dict[tuple[str, str], str]

OUTSIDE = {
    "cloudfront": "130.176.0.9",
    "cloudflare": "173.245.48.9",
    "vpn": "203.0.113.9",
    "s3": "52.216.0.9",
}

LEARNING_ASSISTANT = NetworkArgs(
    cidr_block="10.0.0.0/16",
    public_cidrs=["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"],
    private_cidrs=["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"],
    database_cidrs=["10.0.21.0/24", "10.0.22.0/24", "10.0.23.0/24"],
    walls=Walls.RELATIONS,
)

SYSTEMS: dict[str, System] = {
    # S0, the practice app: Next.js and FastAPI; the backend sends e-mail and fetches packages, the front does not.
    "practice": System(
        ingress=ANYBODY,
        apps={"web": App(port=3000, data=False), "api": App(port=8000, egress=out(443, 80, 25, 587))},
        version="15",
    ),
    # S1, the Learning Assistant, with the ranges that it dictates.
    "assistant": System(
        ingress=CLOUDFRONT, apps={"web": App(port=3000)}, replicas=2, network=LEARNING_ASSISTANT
    ),
    # S2: MySQL, an API, and beside it the service that authenticates.
    "api": System(
        ingress=ANYBODY,
        apps={"api": App(port=3000), "auth": App(port=3000, egress=(), data=False)},
        engine=Engine.MYSQL,
        version="8.0",
    ),
    # S3: three Next.js servers behind Cloudflare.
    "next": System(ingress=CLOUDFLARE, apps={"web": App(port=3000)}, replicas=1),
    # S4, MueJam Library: Django behind CloudFront, Valkey.
    "muejam": System(
        ingress=CLOUDFRONT,
        apps={"backend": App(port=8000)},
        cache=CacheEngine.VALKEY,
        cache_version="8.0",
        replicas=2,
    ),
}


def leaving(app: str, ports: str) -> Matrix:
    """To the internet, wherever in it."""
    return {(app, place): ports for place in ("internet", *OUTSIDE)}


MATRICES: dict[str, Matrix] = {
    "practice": {
        **{(place, "gateway"): "80 443" for place in ("internet", *OUTSIDE)},
        ("gateway", "web"): "3000",
        ("gateway", "api"): "8000",
        ("api", "database"): "5432",
        ("api", "cache"): "6379",
        **leaving("api", "25 80 443 587"),
        **leaving("web", "443"),
        # "From anywhere" is also from here: whoever may go out to the internet may ask the gateway.
        ("api", "gateway"): "80 443",
        ("web", "gateway"): "443",
    },
    "assistant": {
        ("cloudfront", "gateway"): "443",
        ("gateway", "web"): "3000",
        ("web", "database"): "5432",
        ("web", "cache"): "6379",
        **leaving("web", "443"),
    },
    "api": {
        **{(place, "gateway"): "80 443" for place in ("internet", *OUTSIDE)},
        ("gateway", "api"): "3000",
        ("gateway", "auth"): "3000",
        ("api", "database"): "3306",
        ("api", "cache"): "6379",
        **leaving("api", "443"),
        ("api", "gateway"): "443",
    },
    "next": {
        ("cloudflare", "gateway"): "80 443",
        ("gateway", "web"): "3000",
        ("web", "database"): "5432",
        ("web", "cache"): "6379",
        **leaving("web", "443"),
    },
    "muejam": {
        ("cloudfront", "gateway"): "443",
        ("gateway", "backend"): "8000",
        ("backend", "database"): "5432",
        ("backend", "cache"): "6379",
        **leaving("backend", "443"),
    },
}


def deployed(system: System, outside: Mapping[str, str] = OUTSIDE) -> Map:
    simulation = Simulation()
    simulation.run(lambda: bring_up("sys", system))
    return survey(simulation, "sys", outside)


@cache
def of(name: str) -> Map:
    return deployed(SYSTEMS[name])


@pytest.mark.proves(
    "S0-01", "S0-36", "S0-38", "S0-39", "S0-40", "S0-42", "S0-43", "S1-13", "S1-33", "S2-17", "S4-41"
)
@pytest.mark.parametrize("name", SYSTEMS)
def test_the_matrix_and_nothing_else(name: str) -> None:
    assert of(name).matrix() == MATRICES[name]


SSH, ENDPOINTS = 22, (*TASKS, "dynamodb")

NO_NAT = System(
    ingress=CLOUDFRONT,
    apps={"web": App(port=3000, egress=())},
    network=walled(nat=Nat.NONE, endpoints=ENDPOINTS),
    endpoints=True,
)


@pytest.mark.proves("S0-41")
@pytest.mark.parametrize("name", SYSTEMS)
def test_nobody_answers_ssh(name: str) -> None:
    ssh = Ports.of("tcp", SSH, SSH)
    found = of(name)
    names = [*found.inhabitants, *found.outside]
    assert [(a, b) for a in names for b in found.inhabitants if found.ports(a, b) & ssh != NONE] == []


def test_without_nat_tasks_reach_registry_logs_secrets_and_s3_and_not_the_internet() -> None:
    assert deployed(NO_NAT).matrix() == {
        ("cloudfront", "gateway"): "443",
        ("gateway", "web"): "3000",
        ("web", "database"): "5432",
        ("web", "cache"): "6379",
        ("web", "network-endpoints"): "443",
        ("web", "s3"): "443",
    }


INWARDS: Matrix = {
    ("internet", "gateway"): "80 443",
    ("gateway", "web"): "3000",
    ("web", "database"): "5432",
    ("web", "cache"): "6379",
    ("web", "gateway"): "443",
}


@pytest.mark.parametrize("nat", [Nat.SINGLE, Nat.PER_AZ, Nat.REGIONAL, Nat.INSTANCE])
def test_every_nat_lets_out_what_is_declared(nat: Nat) -> None:
    system = System(ingress=ANYBODY, apps={"web": App(port=3000)}, network=walled(nat=nat))
    found = deployed(system, outside={}).matrix()
    relay: Matrix = {
        ("network-nat-instance", "gateway"): "80 443",
        ("network-nat-instance", "internet"): "80 443",
        ("web", "network-nat-instance"): "443",
    }
    assert found == {**INWARDS, ("web", "internet"): "443", **(relay if nat is Nat.INSTANCE else {})}


def test_over_ipv6_the_same_holds() -> None:
    both = [*out(443), Destination(443, "::/0", "HTTPS over IPv6")]
    system = System(
        ingress=ANYBODY, apps={"web": App(port=3000, egress=both)}, network=walled(ipv6=True, nat=Nat.SINGLE)
    )
    leaving = {("web", "internet"): "443", ("web", "internet6"): "443"}
    assert deployed(system, outside={}).matrix() == {**INWARDS, **leaving}


def test_the_plain_wall_around_the_database_changes_nothing_for_those_who_may() -> None:
    plain = NetworkArgs(cidr_block="10.0.0.0/16", walls=Walls.DATABASE)
    system = replace(SYSTEMS["assistant"], network=plain)
    assert deployed(system).matrix() == MATRICES["assistant"]


@pytest.fixture
def standing() -> Simulation:
    """The Learning Assistant, in a cloud that a test may tamper with."""
    simulation = Simulation()
    simulation.run(lambda: bring_up("sys", SYSTEMS["assistant"]))
    return simulation


def group_of(ec2: Any, name: str) -> str:
    named = [{"Name": "tag:Name", "Values": [name]}]
    return str(ec2.describe_security_groups(Filters=named)["SecurityGroups"][0]["GroupId"])


def test_a_rule_by_hand_shows(standing: Simulation) -> None:
    ec2 = standing.client("ec2")
    ec2.authorize_security_group_ingress(
        GroupId=group_of(ec2, "sys-gateway"), IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp="0.0.0.0/0"
    )
    found = survey(standing, "sys", OUTSIDE).matrix()
    # The group is open, the wall around the public tier is not: it has no rule for 22.
    assert found == MATRICES["assistant"]
    [acl] = [a for a in ec2.describe_network_acls()["NetworkAcls"] if _named(a, "sys-network-public")]
    ec2.create_network_acl_entry(
        NetworkAclId=acl["NetworkAclId"], RuleNumber=1, Protocol="6", RuleAction="allow", Egress=False,
        CidrBlock="0.0.0.0/0", PortRange={"From": 22, "To": 22},
    )  # fmt: skip
    found = survey(standing, "sys", OUTSIDE).matrix()
    assert (found["internet", "gateway"], found["cloudfront", "gateway"]) == ("22", "22 443")


def test_a_wall_that_lets_no_answers_out_shows(standing: Simulation) -> None:
    ec2 = standing.client("ec2")
    [acl] = [a for a in ec2.describe_network_acls()["NetworkAcls"] if _named(a, "sys-network-database")]
    for entry in acl["Entries"]:
        if entry["Egress"] and entry["RuleAction"] == "allow":
            ec2.delete_network_acl_entry(
                NetworkAclId=acl["NetworkAclId"], RuleNumber=entry["RuleNumber"], Egress=True
            )
    with pytest.raises(
        AssertionError, match=r"web to cache: 6379 goes,  is answered|web to database: 5432 goes"
    ):
        survey(standing, "sys", OUTSIDE).matrix()


def test_a_zone_without_a_way_out_shows(standing: Simulation) -> None:
    ec2 = standing.client("ec2")
    named = [{"Name": "tag:Name", "Values": ["sys-network-private-b"]}]
    [table] = ec2.describe_route_tables(Filters=named)["RouteTables"]
    ec2.delete_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="0.0.0.0/0")
    with pytest.raises(AssertionError, match="web reaches internet differently from place to place"):
        survey(standing, "sys", OUTSIDE).matrix()


@pytest.mark.proves("S1-13")
def test_every_tier_has_a_wall_of_its_own(standing: Simulation) -> None:
    acls = [a for a in standing.client("ec2").describe_network_acls()["NetworkAcls"] if not a["IsDefault"]]
    assert sorted((_name(acl), len(acl["Associations"])) for acl in acls) == [
        ("sys-network-database", 3),
        ("sys-network-private", 3),
        ("sys-network-public", 3),
    ]


def _named(acl: Mapping[str, Any], name: str) -> bool:
    return not acl["IsDefault"] and _name(acl) == name


def _name(acl: Mapping[str, Any]) -> str:
    return str({tag["Key"]: tag["Value"] for tag in acl["Tags"]}["Name"])
