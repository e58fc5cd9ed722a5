"""The cluster and the image registry."""

import json
from typing import Any

import pytest

from components.cluster import Cluster, ClusterArgs
from components.errors import ComponentError
from components.registry import Registry, RegistryArgs, url_of
from tests.components.recording import Cloud


def test_tags_never_move_and_images_are_scanned(cloud: Cloud) -> None:
    registry = cloud.deploy(lambda: Registry("la-prod-images", RegistryArgs(kms_key_arn="arn:key")))
    inputs = cloud.one("Repository").inputs
    assert inputs["imageTagMutability"] == "IMMUTABLE"
    assert inputs["imageScanningConfiguration"] == {"scanOnPush": True}
    assert inputs["encryptionConfigurations"] == [{"encryptionType": "KMS", "kmsKey": "arn:key"}]
    assert inputs["forceDelete"] is False
    assert str(cloud.value(registry.url)).endswith("/la-prod-images")


def test_without_a_key_the_registry_is_encrypted_all_the_same(cloud: Cloud) -> None:
    cloud.deploy(lambda: Registry("images", RegistryArgs()))
    assert cloud.one("Repository").inputs["encryptionConfigurations"] == [{"encryptionType": "AES256"}]


def test_old_images_expire(cloud: Cloud) -> None:
    cloud.deploy(lambda: Registry("images", RegistryArgs(keep_images=10)))
    [rule] = json.loads(cloud.one("LifecyclePolicy").inputs["policy"])["rules"]
    assert rule["selection"] == {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 10}
    assert rule["action"] == {"type": "expire"}


@pytest.mark.parametrize(("insights", "value"), [(True, "enabled"), (False, "disabled")])
def test_a_cluster_for_fargate_and_spot(cloud: Cloud, insights: bool, value: str) -> None:
    cluster = cloud.deploy(lambda: Cluster("la-prod", ClusterArgs(container_insights=insights)))
    assert cloud.one("Cluster").inputs["settings"] == [{"name": "containerInsights", "value": value}]
    assert cloud.one("ClusterCapacityProviders").inputs["capacityProviders"] == ["FARGATE", "FARGATE_SPOT"]
    assert cloud.value(cluster.name) == "la-prod-1234567"


REPOSITORY = "arn:aws:ecr:eu-central-1:210987654321:repository/team/app"
CLUSTER = "arn:aws:ecs:us-east-1:123456789012:cluster/shared"


def test_somebody_elses_repository_is_used_as_it_is(cloud: Cloud) -> None:
    registry = cloud.deploy(lambda: Registry("la-prod-images", RegistryArgs(existing_arn=REPOSITORY)))
    assert cloud.made == []
    assert cloud.value(registry.url) == "210987654321.dkr.ecr.eu-central-1.amazonaws.com/team/app"
    assert (cloud.value(registry.arn), cloud.value(registry.name)) == (REPOSITORY, "team/app")


def test_a_repository_of_another_partition_has_that_partitions_name() -> None:
    china = "arn:aws-cn:ecr:cn-north-1:210987654321:repository/app"
    assert url_of(china, "amazonaws.com.cn") == "210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn/app"


def test_somebody_elses_cluster_is_used_as_it_is(cloud: Cloud) -> None:
    args = ClusterArgs(existing_arn=CLUSTER, container_insights=False)
    cluster = cloud.deploy(lambda: Cluster("la-prod", args))
    assert cloud.made == []
    assert (cloud.value(cluster.arn), cloud.value(cluster.name)) == (CLUSTER, "shared")
    assert cluster.container_insights is False


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (
            lambda: Cluster("la", ClusterArgs(existing_arn="shared")),
            "la: `shared` is not the ARN of a cluster. Expected arn:<partition>:ecs:<region>:<account>:cluster/<name>. "
            "Fix: give the ARN that ECS shows.",
        ),
        (
            lambda: Registry("la", RegistryArgs(existing_arn="team/app")),
            "la: `team/app` is not the ARN of a repository. Expected "
            "arn:<partition>:ecr:<region>:<account>:repository/<name>. Fix: give the ARN that ECR shows.",
        ),
        (
            lambda: Registry("la", RegistryArgs(existing_arn=REPOSITORY, protect=True)),
            "la: a key, deletion or protection for a repository that somebody else owns. Expected `existing_arn` "
            "alone: the repository stays as it is. Fix: drop `kms_key_arn`, `force_delete` and `protect`, or "
            "`existing_arn`.",
        ),
    ],
)
def test_contradictions_are_refused(cloud: Cloud, program: Any, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == sentence
    assert cloud.made == []
