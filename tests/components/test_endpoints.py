"""Private ways to AWS services."""

from __future__ import annotations

import pytest

from components.declared import Departure, Relation, declared_by
from components.endpoint_names import TASKS, interfaces, missing_for_tasks
from components.endpoints import Endpoints, EndpointsArgs
from tests.components.peer import Peer
from tests.components.recording import Cloud


def endpoints(names: list[str], prefix_lists: dict[str, str]) -> Endpoints:
    args = EndpointsArgs(
        vpc_id="vpc-1",
        subnet_ids=["subnet-a", "subnet-b"],
        region="eu-west-1",
        names=names,
        prefix_lists=prefix_lists,
        tags={"Team": "web"},
    )
    return Endpoints("net-endpoints", args)


def test_one_endpoint_per_service_in_every_zone(cloud: Cloud) -> None:
    cloud.deploy(lambda: endpoints(["ecr.api", "logs"], {}))
    assert [(made.name, made.parent) for made in cloud.of("VpcEndpoint")] == [
        ("net-endpoints-ecr-api", "net-endpoints"),
        ("net-endpoints-logs", "net-endpoints"),
    ]
    assert cloud.named("VpcEndpoint", "net-endpoints-ecr-api").inputs == {
        "vpcId": "vpc-1",
        "vpcEndpointType": "Interface",
        "serviceName": "com.amazonaws.eu-west-1.ecr.api",
        "subnetIds": ["subnet-a", "subnet-b"],
        "securityGroupIds": ["net-endpoints-id"],
        "privateDnsEnabled": True,
        "tags": {"Team": "web", "Name": "net-endpoints-ecr-api"},
    }
    assert cloud.of("SecurityGroupIngressRule") == []


def test_a_guest_reaches_interfaces_by_group_and_gateways_by_prefix_list(cloud: Cloud) -> None:
    def program() -> Endpoints:
        made = endpoints(["logs"], {"s3": "pl-1"})
        made.allow_from(Peer("net-web"))
        return made

    made = cloud.deploy(program)
    assert {rule.name: rule.inputs.get("prefixListId") for rule in cloud.of("SecurityGroupEgressRule")} == {
        "net-endpoints-from-web-443-egress": None,
        "net-web-to-s3-443": "pl-1",
    }
    assert declared_by([made]) == [
        Relation("net-web", "net-endpoints", 443),
        Departure("net-web", 443, "0.0.0.0/0"),
    ]


def test_where_there_are_gateways_only_no_group_is_opened(cloud: Cloud) -> None:
    cloud.deploy(lambda: endpoints([], {"s3": "pl-1"}).allow_from(Peer("net-web")))
    assert cloud.of("SecurityGroupIngressRule") == []
    assert [rule.name for rule in cloud.of("SecurityGroupEgressRule")] == ["net-web-to-s3-443"]


@pytest.mark.parametrize(
    ("names", "missing"),
    [([], list(TASKS)), ([*TASKS], []), (["logs", "ecr.api", "ecr.dkr"], ["secretsmanager"])],
)
def test_what_a_task_would_lack(names: list[str], missing: list[str]) -> None:
    assert missing_for_tasks(names) == missing


def test_names_are_told_apart_by_kind() -> None:
    assert interfaces(["logs", "s3", "dynamodb", "logs", "sts"]) == ["logs", "sts"]
