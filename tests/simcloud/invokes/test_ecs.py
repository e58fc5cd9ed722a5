"""Look-ups of clusters, services and task definitions."""

from __future__ import annotations

import pytest

from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import SUBNET, VPC, World
from tests.simcloud.test_invokes import ask

CLUSTER, SERVICE, TASK = (
    "aws:ecs/cluster:Cluster",
    "aws:ecs/service:Service",
    "aws:ecs/taskDefinition:TaskDefinition",
)


def test_cluster_service_and_task() -> None:
    world = World()
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16")
    subnet = world.make(SUBNET, vpcId=vpc.identity, cidrBlock="10.0.1.0/24", availabilityZone="us-east-1a")
    cluster = world.make(CLUSTER, name="shop", tags={"Name": "shop"})
    task = world.make(
        TASK,
        family="web",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        volumes=[{"name": "data"}],
        containerDefinitions='[{"name":"app","image":"nginx"}]',
    )
    service = world.make(
        SERVICE,
        name="web",
        cluster=cluster.identity,
        taskDefinition=task.outputs["arn"],
        launchType="FARGATE",
        desiredCount=1,
        networkConfiguration={"subnets": [subnet.identity]},
    )
    found = ask(world.ctx, "aws:ecs/getCluster:getCluster", {"clusterName": "shop"})
    assert (found["arn"], found["status"], found["tags"]) == (cluster.identity, "ACTIVE", {"Name": "shop"})
    args = {"clusterArn": cluster.identity, "serviceName": "web"}
    one = ask(world.ctx, "aws:ecs/getService:getService", args)
    assert (one["arn"], one["runningCount"], one["launchType"]) == (service.identity, 1, "FARGATE")
    assert one["networkConfigurations"][0]["subnets"] == [subnet.identity]
    definition = ask(world.ctx, "aws:ecs/getTaskDefinition:getTaskDefinition", {"taskDefinition": "web"})
    assert (definition["revision"], definition["volumes"]) == (1, [{"name": "data"}])


def test_nothing_is_found() -> None:
    world = World()
    with pytest.raises(Refusal, match="ClusterNotFoundException"):
        ask(world.ctx, "aws:ecs/getCluster:getCluster", {"clusterName": "none"})
    with pytest.raises(Refusal, match="Unable to describe task definition"):
        ask(world.ctx, "aws:ecs/getTaskDefinition:getTaskDefinition", {"taskDefinition": "none"})
