"""What ECS, Lambda, Cloud Map and their neighbours refuse to remove, and the ids by which they are imported."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simcloud.assets import ARCHIVE, ASSET, SIGNATURE
from simcloud.provider import Resource
from simcloud.refusal import Refusal
from tests.simcloud.test_import_ids import imported
from tests.simcloud.test_in_use import SUBNET, VPC, World

NAMESPACE = "aws:servicediscovery/httpNamespace:HttpNamespace"
PRIVATE = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace"
REGISTRY = "aws:servicediscovery/service:Service"
CLUSTER, SERVICE, TASK = (
    "aws:ecs/cluster:Cluster",
    "aws:ecs/service:Service",
    "aws:ecs/taskDefinition:TaskDefinition",
)
SYSTEM, TARGET = "aws:efs/fileSystem:FileSystem", "aws:efs/mountTarget:MountTarget"
API, STAGE = "aws:apigatewayv2/api:Api", "aws:apigatewayv2/stage:Stage"
INTEGRATION, ROUTE = "aws:apigatewayv2/integration:Integration", "aws:apigatewayv2/route:Route"
ROLE, FUNCTION = "aws:iam/role:Role", "aws:lambda/function:Function"
PERMISSION, ALIAS = "aws:lambda/permission:Permission", "aws:lambda/alias:Alias"
APPLICATION, CONFIG, GROUP = (
    "aws:codedeploy/application:Application",
    "aws:codedeploy/deploymentConfig:DeploymentConfig",
    "aws:codedeploy/deploymentGroup:DeploymentGroup",
)
SETTING, TABLE = "aws:ecs/accountSettingDefault:AccountSettingDefault", "aws:dynamodb/table:Table"


@pytest.fixture
def world() -> World:
    return World()


def _role(world: World, service: str) -> Any:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return world.make(ROLE, name=service.split(".", maxsplit=1)[0], assumeRolePolicy=document).outputs["arn"]


def _service(world: World, **props: Any) -> Resource:
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16")
    subnet = world.make(SUBNET, vpcId=vpc.identity, cidrBlock="10.0.1.0/24", availabilityZone="us-east-1a")
    world.make(CLUSTER, name="shop")
    containers = '[{"name":"app","image":"nginx"}]'
    world.make(
        TASK, family="web", networkMode="awsvpc", cpu="256", memory="512", containerDefinitions=containers
    )
    network = {"subnets": [subnet.identity]}
    return world.make(
        SERVICE, name="web", cluster="shop", taskDefinition="web:1", networkConfiguration=network, **props
    )


def test_namespace_with_a_service_stays(world: World) -> None:
    namespace = world.make(NAMESPACE, name="shop")
    service = world.make(REGISTRY, name="api", namespaceId=namespace.identity)
    with pytest.raises(Refusal, match=r"ResourceInUse: The namespace .* contains services"):
        world.remove(NAMESPACE, namespace)
    world.remove(REGISTRY, service)
    world.remove(NAMESPACE, namespace)


def test_service_with_instances_stays(world: World) -> None:
    namespace = world.make(NAMESPACE, name="shop")
    registry = world.make(REGISTRY, name="api", namespaceId=namespace.identity)
    service = _service(world, desiredCount=1, serviceRegistries={"registryArn": registry.outputs["arn"]})
    with pytest.raises(Refusal, match="contains registered instances"):
        world.remove(REGISTRY, registry)
    world.remove(SERVICE, service)
    world.remove(REGISTRY, registry)


def test_file_system_with_a_mount_target_stays(world: World) -> None:
    _, _, subnets = world.network()
    system = world.make(SYSTEM)
    target = world.make(TARGET, fileSystemId=system.identity, subnetId=subnets[0].identity)
    with pytest.raises(Refusal, match="FileSystemInUse"):
        world.remove(SYSTEM, system)
    with pytest.raises(Refusal, match="DependencyViolation: The subnet"):
        world.remove(SUBNET, subnets[0])
    for token, resource in ((TARGET, target), (SYSTEM, system), (SUBNET, subnets[0])):
        world.remove(token, resource)


def test_integration_of_a_route_stays_and_parts_are_imported(world: World) -> None:
    api = world.make(API, protocolType="HTTP")
    integration = world.make(
        INTEGRATION,
        apiId=api.identity,
        integrationType="HTTP_PROXY",
        integrationMethod="ANY",
        integrationUri="https://example.com",
    )
    target = f"integrations/{integration.identity}"
    route = world.make(ROUTE, apiId=api.identity, routeKey="$default", target=target)
    stage = world.make(STAGE, apiId=api.identity, name="$default", autoDeploy=True)
    with pytest.raises(Refusal, match="Routes referencing it exist"):
        world.remove(INTEGRATION, integration)
    for token, part in ((INTEGRATION, integration), (ROUTE, route), (STAGE, stage)):
        assert imported(world, token, f"{api.identity}/{part.identity}") == part.identity


def test_api_made_from_a_target_is_whole(world: World) -> None:
    api = world.make(API, protocolType="HTTP", target="https://example.com")
    client = world.ctx.client("apigatewayv2")
    assert [item["RouteKey"] for item in client.get_routes(ApiId=api.identity)["Items"]] == ["$default"]
    assert [item["StageName"] for item in client.get_stages(ApiId=api.identity)["Items"]] == ["$default"]


def test_configuration_of_a_group_stays_and_groups_are_imported(world: World) -> None:
    application = world.make(APPLICATION, name="shop")
    config = world.make(
        CONFIG, deploymentConfigName="half", minimumHealthyHosts={"type": "FLEET_PERCENT", "value": 50}
    )
    group = world.make(
        GROUP,
        appName="shop",
        deploymentGroupName="live",
        deploymentConfigName="half",
        serviceRoleArn=_role(world, "codedeploy.amazonaws.com"),
    )
    with pytest.raises(Refusal, match="DeploymentConfigInUseException"):
        world.remove(CONFIG, config)
    assert imported(world, APPLICATION, "shop") == application.identity
    assert imported(world, GROUP, "shop:live") == group.identity


def test_service_controlled_by_codedeploy_is_not_changed_by_an_update(world: World) -> None:
    _service(world, deploymentController={"type": "CODE_DEPLOY"})
    with pytest.raises(Exception, match="Use AWS CodeDeploy to trigger a new deployment"):
        world.ctx.client("ecs").update_service(cluster="shop", service="web", taskDefinition="web:1")


def test_functions_neighbours_are_imported(world: World) -> None:
    code = {SIGNATURE: ARCHIVE, "assets": {"index.py": {SIGNATURE: ASSET, "text": "pass"}}}
    role = _role(world, "lambda.amazonaws.com")
    world.make(FUNCTION, name="shop", role=role, runtime="python3.13", handler="a.b", code=code, publish=True)
    action = "lambda:InvokeFunction"
    permission = world.make(PERMISSION, function="shop", action=action, principal="sns.amazonaws.com")
    alias = world.make(ALIAS, name="live", functionName="shop", functionVersion="1")
    assert permission.identity.startswith("terraform-")
    assert imported(world, PERMISSION, f"shop/{permission.identity}") == permission.identity
    assert imported(world, ALIAS, "shop/live") == alias.identity


def test_a_function_that_is_called_answers_nothing_and_leaves_nothing(world: World) -> None:
    code = {SIGNATURE: ARCHIVE, "assets": {"index.py": {SIGNATURE: ASSET, "text": "pass"}}}
    role = _role(world, "lambda.amazonaws.com")
    world.make(FUNCTION, name="shop", role=role, runtime="python3.13", handler="a.b", code=code)
    answer = world.ctx.client("lambda").invoke(FunctionName="shop", Payload=b"{}")
    assert (answer["StatusCode"], answer["Payload"].read()) == (200, b"null")
    assert "FunctionError" not in answer
    assert world.ctx.client("logs").describe_log_groups()["logGroups"] == []


def test_service_setting_and_namespace_are_imported(world: World) -> None:
    service = _service(world)
    assert imported(world, SERVICE, "shop/web") == service.identity
    setting = world.make(SETTING, name="containerInsights", value="enabled")
    assert imported(world, SETTING, "containerInsights") == setting.identity
    vpc = world.make(VPC, cidrBlock="10.1.0.0/16")
    private = world.make(PRIVATE, name="shop.local", vpc=vpc.identity)
    assert imported(world, PRIVATE, f"{private.identity}:{vpc.identity}") == private.identity


def test_protected_table_stays(world: World) -> None:
    keys = {"hashKey": "id", "attributes": [{"name": "id", "type": "S"}], "billingMode": "PAY_PER_REQUEST"}
    table = world.make(TABLE, name="orders", deletionProtectionEnabled=True, **keys)
    with pytest.raises(Refusal, match="cannot be deleted while deletionProtectionEnabled is on"):
        world.remove(TABLE, table)
