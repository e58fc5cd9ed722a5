"""Relations: one rule on either side, and nothing else."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pytest

from components.relations import allow, closed_security_group
from simcloud.testing import Simulation
from tests.components.recording import Cloud


@dataclass(frozen=True)
class Party:
    component_name: str
    security_group_id: pulumi.Output[str]


class Place(pulumi.ComponentResource):
    def __init__(self) -> None:
        super().__init__("plinth:test:Place", "place")


def relate(cloud: Cloud, source: str, target: str) -> None:
    def program() -> None:
        parties = [Party(name, pulumi.Output.from_input(f"sg-{name}")) for name in (source, target)]
        allow(Place(), source=parties[0], target=parties[1], port=5432, description="PostgreSQL")

    cloud.deploy(program)


def test_both_sides_are_written(cloud: Cloud) -> None:
    relate(cloud, "la-prod-web", "la-prod-database")
    rule = {
        "ipProtocol": "tcp",
        "fromPort": 5432.0,
        "toPort": 5432.0,
        "description": "PostgreSQL",
    }
    out, into = cloud.one("SecurityGroupEgressRule"), cloud.one("SecurityGroupIngressRule")
    assert out.inputs == {
        "securityGroupId": "sg-la-prod-web",
        "referencedSecurityGroupId": "sg-la-prod-database",
        **rule,
    }
    assert into.inputs == {
        "securityGroupId": "sg-la-prod-database",
        "referencedSecurityGroupId": "sg-la-prod-web",
        **rule,
    }
    assert (out.parent, into.parent) == ("place", "place")


@pytest.mark.parametrize(
    ("source", "target", "name"),
    [
        ("la-prod-web", "la-prod-database", "la-prod-database-from-web-5432"),
        ("la-prod-web-worker", "la-prod-web", "la-prod-web-from-worker-5432"),
        ("la-prod-web", "la-prod-web-worker", "la-prod-web-worker-from-web-5432"),
        ("la-prod-web", "la-prod-web", "la-prod-web-from-web-5432"),
        ("bastion", "la-prod-database", "la-prod-database-from-bastion-5432"),
    ],
)
def test_rules_are_named_after_both(cloud: Cloud, source: str, target: str, name: str) -> None:
    relate(cloud, source, target)
    assert sorted(made.name for made in cloud.made) == [f"{name}-egress", f"{name}-ingress"]


def test_a_new_security_group_has_no_rules(cloud: Cloud) -> None:
    cloud.deploy(
        lambda: closed_security_group(
            Place(), "la-prod-web", vpc_id="vpc-1", description="Service la-prod-web", tags={"a": "b"}
        )
    )
    assert cloud.one("SecurityGroup").inputs == {
        "vpcId": "vpc-1",
        "description": "Service la-prod-web",
        "tags": {"a": "b", "Name": "la-prod-web"},
    }


def test_aws_lets_the_source_reach_the_target_and_nobody_else() -> None:
    def party(place: Place, vpc: aws.ec2.Vpc, name: str) -> Party:
        group = closed_security_group(place, name, vpc_id=vpc.id, description=name, tags={})
        return Party(name, group.id)

    def program() -> pulumi.Output[list[str]]:
        place, vpc = Place(), aws.ec2.Vpc("net", cidr_block="10.0.0.0/16")
        web, database = (party(place, vpc, name) for name in ("la-prod-web", "la-prod-database"))
        allow(place, source=web, target=database, port=5432, description="PostgreSQL")
        return pulumi.Output.all(web.security_group_id, database.security_group_id)

    simulation = Simulation()
    web, database = simulation.run(program)
    rules = simulation.client("ec2").describe_security_group_rules(
        Filters=[{"Name": "group-id", "Values": [web, database]}]
    )["SecurityGroupRules"]
    assert {
        (
            rule["GroupId"],
            rule["IsEgress"],
            rule["IpProtocol"],
            rule["FromPort"],
            rule["ToPort"],
            rule["ReferencedGroupInfo"]["GroupId"],
            rule["Description"],
        )
        for rule in rules
    } == {
        (web, True, "tcp", 5432, 5432, database, "PostgreSQL"),
        (database, False, "tcp", 5432, 5432, web, "PostgreSQL"),
    }
    assert len(rules) == 2
