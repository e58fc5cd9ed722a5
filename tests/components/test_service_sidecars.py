"""Containers beside the application's, Service Connect, shells, digests and disks."""

import json
from dataclasses import replace
from typing import Any

import pulumi
import pytest

from components.cluster import Cluster, ClusterArgs
from components.errors import ComponentError
from components.registry import Registry, RegistryArgs
from components.secret_ref import SecretRef
from components.service import Connect, Rolling, Service, ServiceArgs, Sidecar
from components.service_grant import Grant
from components.service_image import by_digest
from components.service_sidecar_presets import (
    datadog,
    logs_to_cloudwatch,
    logs_to_firehose,
    tracing,
)
from simcloud.testing import Simulation
from tests.components.recording import ACCOUNT, REGION, Cloud
from tests.components.standing import DIGEST, behind
from tests.components.standing import SERVICE as NAME
from tests.components.test_service import TARGET, deploy

STREAM = f"arn:aws:firehose:{REGION}:{ACCOUNT}:deliverystream/logs"


def containers(cloud: Cloud) -> dict[str, Any]:
    found = json.loads(cloud.one("TaskDefinition").inputs["containerDefinitions"])
    return {container["name"]: container for container in found}


def task_statements(cloud: Cloud) -> dict[str, Any]:
    policies = [made for made in cloud.of("RolePolicy") if made.name == f"{NAME}-task-policy"]
    return {
        statement["Sid"]: statement for made in policies for statement in made.document("policy")["Statement"]
    }


def test_a_sidecar_of_ones_own(cloud: Cloud) -> None:
    proxy = Sidecar(
        name="proxy",
        image="envoy@sha256:1",
        essential=True,
        before_app=True,
        command=["run"],
        environment={"LEVEL": "info"},
        secrets={"KEY": SecretRef(arn="arn:secret")},
        writable_paths=["/tmp"],
        cpu=64,
        memory=128,
        grants=[Grant(sid="ReadTable", actions=["dynamodb:GetItem"], resources=["arn:table"])],
    )
    deploy(cloud, sidecars=[proxy])
    found = containers(cloud)
    assert list(found) == ["app", "proxy"]
    assert found["app"]["dependsOn"] == [{"containerName": "proxy", "condition": "START"}]
    beside = found["proxy"]
    assert (beside["essential"], beside["readonlyRootFilesystem"]) == (True, True)
    assert (beside["cpu"], beside["memory"], beside["portMappings"]) == (64, 128, [])
    assert beside["secrets"] == [{"name": "KEY", "valueFrom": "arn:secret"}]
    assert beside["mountPoints"] == [
        {"sourceVolume": "proxy-tmp", "containerPath": "/tmp", "readOnly": False}
    ]
    assert cloud.one("TaskDefinition").inputs["volumes"] == [{"name": "tmp"}, {"name": "proxy-tmp"}]
    assert task_statements(cloud)["ReadTable"]["Resource"] == ["arn:table"]
    executed = cloud.named("RolePolicy", f"{NAME}-execution-policy").document("policy")["Statement"]
    [read] = [statement for statement in executed if statement["Sid"] == "ReadSecrets"]
    assert read["Resource"] == ["arn:secret"]
    assert f"{NAME}-task-policy" in cloud.one("Service").after


def test_the_registries_of_sidecars_are_pulled_from_too(cloud: Cloud) -> None:
    def program() -> None:
        tools = Registry("la-prod-tools", RegistryArgs())
        args = ServiceArgs(
            cluster=Cluster("la-prod", ClusterArgs()),
            registry=Registry("la-prod-images", RegistryArgs()),
            sidecars=[Sidecar(name="tool", image="tool:1", registry=tools)],
            vpc_id="vpc-1",
            subnet_ids=["a"],
            image="app:1",
            port=3000,
            cpu=256,
            memory=512,
        )
        Service(NAME, args)

    cloud.deploy(program)
    statements = cloud.named("RolePolicy", f"{NAME}-execution-policy").document("policy")["Statement"]
    [pull] = [statement for statement in statements if statement["Sid"] == "PullImage"]
    assert [arn.rsplit("/", 1)[-1] for arn in pull["Resource"]] == ["la-prod-images", "la-prod-tools"]


@pytest.mark.proves("S1-23")
def test_tracing_may_send_traces_and_nothing_else(cloud: Cloud) -> None:
    deploy(cloud, sidecars=[tracing(DIGEST)])
    found = containers(cloud)
    assert found["tracing"]["essential"] is False
    assert found["tracing"]["readonlyRootFilesystem"] is True
    assert found["app"]["environment"] == [
        {"name": "OTEL_EXPORTER_OTLP_ENDPOINT", "value": "http://localhost:4317"}
    ]
    assert "dependsOn" not in found["app"]
    assert set(task_statements(cloud)) == {"SendTraces"}
    assert all(action.startswith("xray:") for action in task_statements(cloud)["SendTraces"]["Action"])


@pytest.mark.proves("S1-22")
def test_a_log_router_takes_the_applications_log_to_its_own_group(cloud: Cloud) -> None:
    deploy(cloud, sidecars=[logs_to_cloudwatch(DIGEST)])
    found = containers(cloud)
    assert found["app"]["logConfiguration"] == {
        "logDriver": "awsfirelens",
        "options": {
            "Name": "cloudwatch_logs",
            "auto_create_group": "false",
            "log_group_name": f"/ecs/{NAME}",
            "log_stream_prefix": "app/",
            "region": REGION,
        },
    }
    assert found["app"]["dependsOn"] == [{"containerName": "log-router", "condition": "START"}]
    router = found["log-router"]
    assert router["logConfiguration"]["logDriver"] == "awslogs"
    assert router["firelensConfiguration"]["type"] == "fluentbit"
    assert (router["essential"], router["readonlyRootFilesystem"]) == (True, False)
    log_group = f"arn:aws:test:{REGION}:{ACCOUNT}:LogGroup/{NAME}-logs"
    assert task_statements(cloud)["WriteOwnLog"]["Resource"] == [f"{log_group}:*"]


def test_a_log_router_to_firehose(cloud: Cloud) -> None:
    deploy(cloud, sidecars=[logs_to_firehose(DIGEST, "logs", STREAM)])
    options = containers(cloud)["app"]["logConfiguration"]["options"]
    assert options == {"Name": "kinesis_firehose", "delivery_stream": "logs", "region": REGION}
    assert task_statements(cloud) == {
        "ShipLogs": {
            "Sid": "ShipLogs",
            "Effect": "Allow",
            "Action": ["firehose:PutRecordBatch"],
            "Resource": [STREAM],
        }
    }


def test_others_find_the_service_by_its_name(cloud: Cloud) -> None:
    deploy(cloud, connect=Connect(namespace_arn="arn:namespace", name="web", port=80))
    connect = cloud.one("Service").inputs["serviceConnectConfiguration"]
    assert (connect["enabled"], connect["namespace"]) == (True, "arn:namespace")
    assert connect["services"] == [
        {"portName": "app", "discoveryName": "web", "clientAlias": [{"port": 80, "dnsName": "web"}]}
    ]
    assert connect["logConfiguration"]["options"]["awslogs-stream-prefix"] == "connect"
    assert containers(cloud)["app"]["portMappings"] == [
        {"containerPort": 3000, "hostPort": 3000, "protocol": "tcp", "name": "app", "appProtocol": "http"}
    ]


def test_a_proxy_with_a_port_of_its_own_leaves_the_containers_to_the_load_balancer(cloud: Cloud) -> None:
    deploy(cloud, connect=Connect(namespace_arn="arn:namespace", name="web", proxy_port=3001))
    assert cloud.one("Service").inputs["serviceConnectConfiguration"]["services"] == [
        {
            "portName": "app",
            "discoveryName": "web",
            "clientAlias": [{"port": 3000, "dnsName": "web"}],
            "ingressPortOverride": 3001,
        }
    ]


def test_a_service_that_only_calls_offers_nothing(cloud: Cloud) -> None:
    deploy(cloud, connect=Connect(namespace_arn="arn:namespace"))
    assert "services" not in cloud.one("Service").inputs["serviceConnectConfiguration"]


def test_shells_are_closed_until_they_are_opened(cloud: Cloud) -> None:
    deploy(cloud, allow_exec=True)
    assert cloud.one("Service").inputs["enableExecuteCommand"] is True
    paths = [mount["containerPath"] for mount in containers(cloud)["app"]["mountPoints"]]
    assert paths == ["/tmp", "/managed-agents", "/var/lib/amazon", "/var/log/amazon"]
    assert containers(cloud)["app"]["readonlyRootFilesystem"] is True
    assert set(task_statements(cloud)["OpenShells"]["Action"]) == {
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    }
    closed = Cloud()
    deploy(closed)
    assert closed.one("Service").inputs["enableExecuteCommand"] is False
    assert task_statements(closed) == {}


def test_a_larger_disk(cloud: Cloud) -> None:
    deploy(cloud, ephemeral_storage_gb=100)
    assert cloud.one("TaskDefinition").inputs["ephemeralStorage"] == {"sizeInGib": 100}


def test_tasks_on_demand_come_before_spot(cloud: Cloud) -> None:
    deploy(cloud, on_demand_tasks=3, spot_share_percent=100)
    assert cloud.one("Service").inputs["capacityProviderStrategies"] == [
        {"capacityProvider": "FARGATE", "base": 3, "weight": 0},
        {"capacityProvider": "FARGATE_SPOT", "weight": 100},
    ]


def test_an_image_that_becomes_known_late_is_checked_then(cloud: Cloud) -> None:
    found = cloud.deploy(lambda: by_digest("web", pulumi.Output.from_input(DIGEST)))
    assert cloud.value(pulumi.Output.from_input(found)) == DIGEST
    with pytest.raises(ComponentError, match="the image app:latest is named by a tag"):
        deploy(Cloud(), image=pulumi.Output.from_input("app:latest"), require_digest=True)


def test_aws_takes_all_of_it() -> None:
    simulation = Simulation()
    simulation.run(
        lambda: behind(
            Rolling(),
            sidecars=[tracing(DIGEST), logs_to_cloudwatch(DIGEST)],
            allow_exec=True,
            require_digest=True,
        )
    )
    ecs = simulation.client("ecs")
    [arn] = ecs.list_task_definitions(familyPrefix=NAME)["taskDefinitionArns"]
    task = ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]
    assert [container["name"] for container in task["containerDefinitions"]] == [
        "app",
        "tracing",
        "log-router",
    ]
    role = task["taskRoleArn"].rsplit("/", 1)[-1]
    policy = simulation.client("iam").get_role_policy(
        RoleName=role, PolicyName=simulation.client("iam").list_role_policies(RoleName=role)["PolicyNames"][0]
    )
    assert {statement["Sid"] for statement in policy["PolicyDocument"]["Statement"]} == {
        "SendTraces",
        "WriteOwnLog",
        "OpenShells",
    }


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"sidecars": [Sidecar(name="app", image="i")]},
            "app is the name of two containers. Expected each name once, and app for the application only. "
            "Fix: rename the sidecar.",
        ),
        (
            {"sidecars": [logs_to_cloudwatch(DIGEST), logs_to_firehose(DIGEST, "logs", STREAM)]},
            "log-router is the name of two containers. Expected each name once, and app for the application "
            "only. Fix: rename the sidecar.",
        ),
        (
            {"sidecars": [Sidecar(name="greedy", image="i", memory=1024)]},
            "the sidecars take memory 1024 of 1024, and leave none to the application. Expected less than 1024. "
            "Fix: raise the service's memory.",
        ),
        (
            {"connect": Connect(namespace_arn="arn:namespace", port=80)},
            "port 80 in Service Connect without a name. Expected `name` beside `port`: it is what others call. "
            "Fix: name the service, or drop port.",
        ),
        (
            {"connect": Connect(namespace_arn="arn:namespace", proxy_port=81)},
            "proxy_port 81 in Service Connect without a name. Expected `name` beside `proxy_port`: it is what others "
            "call. Fix: name the service, or drop proxy_port.",
        ),
        (
            {"image": "app:latest", "require_digest": True},
            "the image app:latest is named by a tag, which may mean something else tomorrow. Expected a digest, as "
            "in registry/app@sha256:… with 64 hexadecimal digits. Fix: deploy what `docker buildx imagetools "
            "inspect` says the tag is today, or drop require_digest.",
        ),
        (
            {"image": DIGEST, "require_digest": True, "sidecars": [Sidecar(name="tool", image="tool:1")]},
            "the image tool:1 is named by a tag, which may mean something else tomorrow. Expected a digest, as in "
            "registry/app@sha256:… with 64 hexadecimal digits. Fix: deploy what `docker buildx imagetools inspect` "
            "says the tag is today, or drop require_digest.",
        ),
        (
            {
                "allow_exec": True,
                "sidecars": [
                    Sidecar(
                        name="shells",
                        image="i",
                        grants=[
                            Grant(sid="OpenShells", actions=["sqs:SendMessage"], resources=["arn:queue"])
                        ],
                    )
                ],
            },
            "a grant is called `OpenShells`. Expected ASCII letters and digits, and each name once: IAM refuses the "
            "whole policy otherwise. Fix: rename it.",
        ),
        (
            {"ephemeral_storage_gb": 20},
            "20 GB of ephemeral storage. Expected 21 to 200, or nothing for the 20 that every task has. "
            "Fix: choose another ephemeral_storage_gb.",
        ),
        (
            {"on_demand_tasks": -1},
            "-1 tasks on demand. Expected 0 to 100000. Fix: set `on_demand_tasks` within it.",
        ),
        (
            {
                "sidecars": [tracing(DIGEST)],
                "secrets": {"OTEL_EXPORTER_OTLP_ENDPOINT": SecretRef(arn="arn:secret")},
            },
            "OTEL_EXPORTER_OTLP_ENDPOINT is set both as plain environment and as a secret. Expected each variable "
            "once. Fix: remove it from `environment`.",
        ),
    ],
)
def test_contradictions_are_refused_before_anything_is_made(
    cloud: Cloud, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ComponentError) as refused:
        deploy(cloud, **changes)
    assert str(refused.value) == f"{NAME}: {sentence}"
    assert not [made for made in cloud.made if made.name.startswith(NAME)]


def test_two_log_routers_are_refused(cloud: Cloud) -> None:
    other = replace(logs_to_firehose(DIGEST, "logs", STREAM), name="other")
    with pytest.raises(ComponentError, match="log-router, other would all take the application's log"):
        deploy(cloud, sidecars=[logs_to_cloudwatch(DIGEST), other])


def test_a_target_and_a_route_are_one_too_many() -> None:
    with pytest.raises(ComponentError, match="both a `target` and a place `behind` a gateway"):
        Simulation().run(lambda: behind(Rolling(), target=TARGET))


def test_datadog_s_agent_gets_the_key_and_the_application_its_address(cloud: Cloud) -> None:
    agent = datadog(
        "public.ecr.aws/datadog/agent:7",
        SecretRef(arn="arn:key"),
        environment="production",
        service="la-prod-web",
        version="1.4.2",
        site="datadoghq.eu",
    )
    deploy(cloud, sidecars=[agent])
    found = containers(cloud)
    beside = found["datadog-agent"]
    assert beside["secrets"] == [{"name": "DD_API_KEY", "valueFrom": "arn:key"}]
    assert {item["name"]: item["value"] for item in beside["environment"]} == {
        "DD_APM_ENABLED": "true",
        "DD_ENV": "production",
        "DD_SITE": "datadoghq.eu",
        "ECS_FARGATE": "true",
    }
    assert (beside["essential"], beside["cpu"], beside["memory"]) == (False, 64, 256)
    told = {item["name"]: item["value"] for item in found["app"]["environment"]}
    assert {name: told[name] for name in told if name.startswith("DD_")} == {
        "DD_AGENT_HOST": "localhost",
        "DD_ENV": "production",
        "DD_SERVICE": "la-prod-web",
        "DD_VERSION": "1.4.2",
    }
    assert "DD_API_KEY" not in {item["name"] for item in found["app"]["secrets"]}


def test_the_application_s_own_grants(cloud: Cloud) -> None:
    grant = Grant(sid="WriteAuditLog", actions=["logs:PutLogEvents"], resources=["arn:group:*"])
    deploy(cloud, grants=[grant])
    assert task_statements(cloud)["WriteAuditLog"]["Resource"] == ["arn:group:*"]


def test_services_of_a_cluster_find_each_other_in_its_namespace() -> None:
    simulation = Simulation()
    simulation.run(lambda: Cluster("la-prod", ClusterArgs(namespace="la-prod")))
    [namespace] = simulation.client("servicediscovery").list_namespaces()["Namespaces"]
    assert (namespace["Name"], namespace["Type"]) == ("la-prod", "HTTP")


def test_a_cluster_without_a_namespace_has_none(cloud: Cloud) -> None:
    made: list[Cluster] = []
    cloud.deploy(lambda: made.append(Cluster("la-prod", ClusterArgs())))
    assert made[0].namespace_arn is None
    assert cloud.of("HttpNamespace") == []
