"""The cluster: Fargate and Spot, under a name of its own or one that scripts know."""

from typing import Any

import pytest

from components.cluster import Cluster, ClusterArgs
from components.errors import ComponentError
from simcloud.testing import Simulation
from tests.components.recording import Cloud

THEIRS = "arn:aws:ecs:us-east-1:123456789012:cluster/theirs"


def test_a_cluster_has_fargate_and_spot_and_a_name_made_up(cloud: Cloud) -> None:
    cloud.deploy(lambda: Cluster("la-prod", ClusterArgs()))
    assert "name" not in cloud.one("Cluster").inputs
    assert cloud.one("ClusterCapacityProviders").inputs["capacityProviders"] == ["FARGATE", "FARGATE_SPOT"]


def test_aws_knows_the_name_that_scripts_know() -> None:
    simulation = Simulation()
    simulation.run(lambda: Cluster("mj-prod", ClusterArgs(cluster_name="muejam-production")))
    [found] = simulation.client("ecs").describe_clusters(clusters=["muejam-production"])["clusters"]
    assert (found["clusterName"], found["status"]) == ("muejam-production", "ACTIVE")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (
            {"existing_arn": "theirs"},
            "`theirs` is not the ARN of a cluster. Expected arn:<partition>:ecs:<region>:<account>:cluster/<name>. "
            "Fix: give the ARN that ECS shows.",
        ),
        (
            {"existing_arn": THEIRS, "cluster_name": "ours"},
            "the name `ours` for a cluster that has one. Expected `existing_arn` or `cluster_name`. "
            "Fix: drop one of them.",
        ),
        (
            {"cluster_name": "our cluster"},
            "`our cluster` is no name of a cluster. Expected at most 255 letters, digits, hyphens and underscores, "
            "a letter first. Fix: correct `cluster_name`.",
        ),
    ],
)
def test_what_is_no_cluster_is_refused(cloud: Cloud, args: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: Cluster("la-prod", ClusterArgs(**args)))
    assert str(refused.value) == f"la-prod: {sentence}"
    assert cloud.made == []
