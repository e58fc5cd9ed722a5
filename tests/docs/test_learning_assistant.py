"""docs/learning-assistant.md against the stacks that it describes."""

from __future__ import annotations

import re

import pytest

from tests.components.reachability import survey
from tests.docs.blocks import ROOT
from tests.stacks.systems.standing import System, standing

PAGE = (ROOT / "docs" / "learning-assistant.md").read_text()
SECTIONS = dict(re.findall(r"^## (.+?)\n(.+?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
DOCUMENTS = (
    "Network design",
    "Security design",
    "Data flow",
    "Components",
    "Deployment patterns",
    "Security patterns",
)


@pytest.fixture
def production() -> System:
    return standing("learning-assistant-production")


def rows(section: str) -> list[list[str]]:
    """The cells of a section's table, without its head."""
    lines = [line for line in SECTIONS[section].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.proves("S1-68")
def test_what_was_decided_stands_and_what_was_not_does_not(production: System) -> None:
    kinds = {item.type for item in production.simulation.standing.values()}
    decisions = {choice: rest for choice, *rest in rows("Decisions")}
    assert list(decisions) == ["ECS on Fargate", "PostgreSQL", "Redis"]
    for because, instead, price, here in decisions.values():
        assert all((because, instead, price))
        assert here.strip("`") in kinds
    assert not [
        kind for kind in kinds if kind.startswith(("aws:eks/", "aws:dynamodb/", "aws:dax/", "aws:docdb/"))
    ]
    servers = production.client("rds").describe_db_instances()["DBInstances"]
    [cache] = production.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    assert ({server["Engine"] for server in servers}, cache["Engine"]) == ({"postgres"}, "redis")


@pytest.mark.proves("S1-71")
def test_all_six_documents_are_there_and_lead_somewhere() -> None:
    assert set(DOCUMENTS) <= set(SECTIONS)
    for link in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (ROOT / "docs" / link).exists(), link


@pytest.mark.proves("S1-71")
def test_the_network_is_as_it_is_drawn(production: System) -> None:
    drawn = {
        (tier, f"us-east-1{zone}", cidr)
        for tier, *cidrs in (row[:4] for row in rows("Network design"))
        for zone, cidr in zip("abc", cidrs, strict=True)
    }
    found = set()
    for subnet in production.client("ec2").describe_subnets()["Subnets"]:
        for tag in subnet.get("Tags", []):
            if tag["Key"] == "Name":
                tier = tag["Value"].removeprefix("la-prod-network-").rsplit("-", 1)[0]
                found.add((tier, subnet["AvailabilityZone"], subnet["CidrBlock"]))
    assert drawn == found


@pytest.mark.proves("S1-71")
def test_data_flows_as_it_is_drawn_and_no_other_way(production: System) -> None:
    drawn = {(source, target): port for source, target, port in rows("Data flow")}
    found = survey(production.simulation, "la-prod", {"edge": "130.176.0.9"}).matrix()
    # The edge's addresses are in the internet, too.
    assert {pair: ports for pair, ports in found.items() if pair[1] != "edge"} == drawn


@pytest.mark.proves("S1-71")
def test_each_environment_is_deployed_as_it_is_said() -> None:
    for environment, strategy, _ in rows("Deployment patterns"):
        system = standing(f"learning-assistant-{environment}")
        [service] = system.inputs("aws:ecs/service:Service").values()
        assert service["deploymentConfiguration"]["strategy"] == strategy
        assert bool(service.get("alarms")) is (strategy == "BLUE_GREEN")


@pytest.mark.proves("S1-71")
def test_what_is_said_of_security_holds(production: System) -> None:
    assert "bastion_policy_arn" in production.outputs
    [rotation] = production.inputs("aws:secretsmanager/secretRotation:SecretRotation").values()
    days = re.search(r"every (\d+) days", SECTIONS["Security patterns"])
    assert days is not None
    assert rotation["rotationRules"]["automaticallyAfterDays"] == int(days[1])
    assert {name.rsplit("/", 1)[0] for name in production.outputs["secret_names"].values()} == {
        "learning-assistant/production"
    }
