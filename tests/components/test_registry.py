"""The cluster and the image registry."""

import json

import pytest

from components.cluster import Cluster, ClusterArgs
from components.registry import Registry, RegistryArgs
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
