"""The service: its task, its rights, its firewall, its scaling, and what is refused."""

import json
from typing import Any

import pulumi
import pytest

from components.cluster import Cluster, ClusterArgs
from components.destination import Destination
from components.errors import ComponentError
from components.gateway import Target
from components.registry import Registry, RegistryArgs
from components.secret_ref import SecretRef
from components.service import Scaling, Service, ServiceArgs
from components.service_scaling import resource_label
from tests.components.peer import Peer
from tests.components.recording import ACCOUNT, REGION, Cloud

KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k"
DATABASE_SECRET = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:db"
LISTENER = (
    f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:listener/app/la/50dc6c495c0c9188/f2f7dc8efc522ab2"
)
TARGET = Target(
    arn=pulumi.Output.from_input("arn:target"),
    arn_suffix=pulumi.Output.from_input("targetgroup/web/73e2d6bc24d8a067"),
    listener_arn=pulumi.Output.from_input(LISTENER),
    port=3000,
)


def deploy(cloud: Cloud, **changes: Any) -> Service:
    given: dict[str, Any] = {
        "vpc_id": "vpc-1",
        "subnet_ids": ["subnet-a", "subnet-b"],
        "image": "registry.example/app@sha256:0",
        "port": 3000,
        "cpu": 512,
        "memory": 1024,
        **changes,
    }

    def program() -> Service:
        cluster = Cluster("la-prod", ClusterArgs())
        return Service("la-prod-web", ServiceArgs(cluster=cluster, **given))

    return cloud.deploy(program)


@pytest.mark.proves("S1-47", "S2-36")
def test_the_service_rolls_back_what_does_not_start(cloud: Cloud) -> None:
    deploy(cloud, desired_count=3)
    service = cloud.one("Service")
    assert service.parent == "la-prod-web"
    assert service.inputs == {
        "cluster": f"arn:aws:test:{REGION}:{ACCOUNT}:Cluster/la-prod",
        "taskDefinition": f"arn:aws:test:{REGION}:{ACCOUNT}:TaskDefinition/la-prod-web-task-definition",
        "desiredCount": 3,
        "capacityProviderStrategies": [{"capacityProvider": "FARGATE", "base": 1, "weight": 100}],
        "networkConfiguration": {
            "subnets": ["subnet-a", "subnet-b"],
            "securityGroups": ["la-prod-web-sg-id"],
            "assignPublicIp": False,
        },
        "deploymentMinimumHealthyPercent": 100,
        "deploymentMaximumPercent": 200,
        "deploymentConfiguration": {"strategy": "ROLLING"},
        "deploymentCircuitBreaker": {"enable": True, "rollback": True},
        "availabilityZoneRebalancing": "ENABLED",
        "enableExecuteCommand": False,
        "enableEcsManagedTags": True,
        "propagateTags": "SERVICE",
        "waitForSteadyState": True,
        "forceNewDeployment": True,
        "tags": {"Name": "la-prod-web"},
    }
    assert {"la-prod-web-execution-policy", "la-prod-web-to-world-443"} <= set(service.after)


def test_the_task(cloud: Cloud) -> None:
    deploy(
        cloud,
        environment={"PORT": "3000"},
        secrets={"DATABASE_PASSWORD": SecretRef(arn=DATABASE_SECRET, key="password", kms_key_arn=KEY)},
    )
    task = cloud.one("TaskDefinition").inputs
    assert (task["family"], task["cpu"], task["memory"]) == ("la-prod-web", "512", "1024")
    assert (task["networkMode"], task["requiresCompatibilities"]) == ("awsvpc", ["FARGATE"])
    assert task["runtimePlatform"] == {"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"}
    assert task["volumes"] == [{"name": "tmp"}]
    [container] = json.loads(task["containerDefinitions"])
    assert container["image"] == "registry.example/app@sha256:0"
    assert container["readonlyRootFilesystem"] is True
    assert container["environment"] == [{"name": "PORT", "value": "3000"}]
    assert container["secrets"] == [
        {"name": "DATABASE_PASSWORD", "valueFrom": f"{DATABASE_SECRET}:password::"}
    ]
    assert container["logConfiguration"]["options"]["awslogs-group"] == "/ecs/la-prod-web"
    assert container["logConfiguration"]["options"]["awslogs-region"] == REGION


def test_the_log_group_ends_and_is_encrypted(cloud: Cloud) -> None:
    service = deploy(cloud, log_retention_days=90, kms_key_arn=KEY)
    inputs = cloud.one("LogGroup").inputs
    assert (inputs["name"], inputs["retentionInDays"], inputs["kmsKeyId"]) == ("/ecs/la-prod-web", 90, KEY)
    assert cloud.value(service.log_group_name) == "/ecs/la-prod-web"


def execution_statements(cloud: Cloud) -> dict[str, Any]:
    policy = cloud.named("RolePolicy", "la-prod-web-execution-policy")
    return {statement["Sid"]: statement for statement in policy.document("policy")["Statement"]}


def test_ecs_may_only_what_the_task_names(cloud: Cloud) -> None:
    other = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:openai"
    database = SecretRef(arn=DATABASE_SECRET, kms_key_arn=KEY)
    secrets = {
        "DATABASE_USERNAME": database.field("username"),
        "DATABASE_PASSWORD": database.field("password"),
        "OPENAI_API_KEY": SecretRef(arn=other, kms_key_arn=KEY),
    }
    deploy(cloud, secrets=secrets)
    log_group = f"arn:aws:test:{REGION}:{ACCOUNT}:LogGroup/la-prod-web-logs"
    assert execution_statements(cloud) == {
        "RegistryLogin": {
            "Sid": "RegistryLogin",
            "Effect": "Allow",
            "Action": ["ecr:GetAuthorizationToken"],
            "Resource": ["*"],
        },
        "PullImage": {
            "Sid": "PullImage",
            "Effect": "Allow",
            "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            "Resource": [f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/*"],
        },
        "WriteLog": {
            "Sid": "WriteLog",
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": [f"{log_group}:*"],
        },
        "ReadSecrets": {
            "Sid": "ReadSecrets",
            "Effect": "Allow",
            "Action": ["secretsmanager:GetSecretValue"],
            "Resource": [DATABASE_SECRET, other],
        },
        "DecryptSecrets": {
            "Sid": "DecryptSecrets",
            "Effect": "Allow",
            "Action": ["kms:Decrypt"],
            "Resource": [KEY],
            "Condition": {"StringEquals": {"kms:ViaService": f"secretsmanager.{REGION}.amazonaws.com"}},
        },
    }


def test_a_name_that_scripts_know(cloud: Cloud) -> None:
    deploy(cloud, service_name="backend")
    assert cloud.one("Service").inputs["name"] == "backend"


def test_without_secrets_ecs_reads_none(cloud: Cloud) -> None:
    deploy(cloud)
    assert set(execution_statements(cloud)) == {"RegistryLogin", "PullImage", "WriteLog"}


def test_a_known_registry_narrows_the_pull(cloud: Cloud) -> None:
    def program() -> None:
        args = ServiceArgs(
            cluster=Cluster("la-prod", ClusterArgs()),
            registry=Registry("la-prod-images", RegistryArgs()),
            vpc_id="vpc-1",
            subnet_ids=["subnet-a"],
            image="app:1",
            port=3000,
            cpu=256,
            memory=512,
        )
        Service("la-prod-web", args)

    cloud.deploy(program)
    repository = f"arn:aws:test:{REGION}:{ACCOUNT}:Repository/la-prod-images"
    assert execution_statements(cloud)["PullImage"]["Resource"] == [repository]


def test_only_ecs_of_this_account_takes_the_roles(cloud: Cloud) -> None:
    service = deploy(cloud)
    assert [role.name for role in cloud.of("Role")] == ["la-prod-web-execution", "la-prod-web-task"]
    for role in cloud.of("Role"):
        [statement] = role.document("assumeRolePolicy")["Statement"]
        assert statement["Principal"] == {"Service": "ecs-tasks.amazonaws.com"}
        assert statement["Condition"] == {
            "StringEquals": {"aws:SourceAccount": ACCOUNT},
            "ArnLike": {"aws:SourceArn": f"arn:aws:ecs:{REGION}:{ACCOUNT}:*"},
        }
    assert cloud.value(service.task_role_name) == "la-prod-web-task-1234567"
    assert [policy.inputs["role"] for policy in cloud.of("RolePolicy")] == ["la-prod-web-execution-1234567"]


def test_the_firewall_is_what_was_declared(cloud: Cloud) -> None:
    egress = [
        Destination(443, "0.0.0.0/0", "HTTPS to AWS and third-party APIs"),
        Destination(587, "203.0.113.0/24", "Mail"),
    ]

    def program() -> None:
        cluster = Cluster("la-prod", ClusterArgs())
        args = ServiceArgs(
            cluster=cluster,
            vpc_id="vpc-1",
            subnet_ids=["a"],
            image="i",
            port=3000,
            cpu=256,
            memory=512,
            egress=egress,
        )
        Service("la-prod-web", args).allow_from(Peer("la-prod-gateway"))

    cloud.deploy(program)
    assert not {"ingress", "egress"} & set(cloud.one("SecurityGroup").inputs)
    ingress = cloud.one("SecurityGroupIngressRule").inputs
    assert (ingress["referencedSecurityGroupId"], ingress["fromPort"]) == ("sg-la-prod-gateway", 3000)
    own = [rule.inputs for rule in cloud.of("SecurityGroupEgressRule") if "cidrIpv4" in rule.inputs]
    assert sorted((rule["cidrIpv4"], rule["fromPort"], rule["ipProtocol"]) for rule in own) == [
        ("0.0.0.0/0", 443, "tcp"),
        ("203.0.113.0/24", 587, "tcp"),
    ]


def test_behind_a_gateway(cloud: Cloud) -> None:
    deploy(cloud, target=TARGET)
    inputs = cloud.one("Service").inputs
    assert inputs["loadBalancers"] == [
        {"targetGroupArn": "arn:target", "containerName": "app", "containerPort": 3000}
    ]
    assert inputs["healthCheckGracePeriodSeconds"] == 60


def test_spot_never_takes_the_first_task(cloud: Cloud) -> None:
    deploy(cloud, spot_share_percent=75)
    assert cloud.one("Service").inputs["capacityProviderStrategies"] == [
        {"capacityProvider": "FARGATE", "base": 1, "weight": 25},
        {"capacityProvider": "FARGATE_SPOT", "weight": 75},
    ]


def test_scaling_holds_each_goal(cloud: Cloud) -> None:
    scaling = Scaling(min=2, max=10, cpu_percent=70, memory_percent=80, requests_per_target=1000)
    deploy(cloud, target=TARGET, scaling=scaling, desired_count=1)
    target = cloud.one("Target").inputs
    assert target == {
        "serviceNamespace": "ecs",
        "scalableDimension": "ecs:service:DesiredCount",
        "resourceId": "service/la-prod-1234567/la-prod-web-1234567",
        "minCapacity": 2,
        "maxCapacity": 10,
    }
    found = {
        policy.name: policy.inputs["targetTrackingScalingPolicyConfiguration"]
        for policy in cloud.of("Policy")
    }
    common = {"scaleInCooldown": 300, "scaleOutCooldown": 60}
    assert found == {
        "la-prod-web-scaling-cpu": {
            "predefinedMetricSpecification": {"predefinedMetricType": "ECSServiceAverageCPUUtilization"},
            "targetValue": 70,
            **common,
        },
        "la-prod-web-scaling-memory": {
            "predefinedMetricSpecification": {"predefinedMetricType": "ECSServiceAverageMemoryUtilization"},
            "targetValue": 80,
            **common,
        },
        "la-prod-web-scaling-requests": {
            "predefinedMetricSpecification": {
                "predefinedMetricType": "ALBRequestCountPerTarget",
                "resourceLabel": "app/la/50dc6c495c0c9188/targetgroup/web/73e2d6bc24d8a067",
            },
            "targetValue": 1000,
            **common,
        },
    }


def test_the_number_of_tasks_belongs_to_the_scaling_only_where_there_is_one(cloud: Cloud) -> None:
    deploy(cloud, scaling=Scaling(min=2, max=4), desired_count=9)
    assert cloud.one("Service").inputs["desiredCount"] == 4
    assert cloud.one("Service").ignored == ["desiredCount"]
    fixed = Cloud()
    deploy(fixed, desired_count=9)
    assert fixed.one("Service").ignored == []
    assert fixed.of("Target") == []


def test_how_a_target_group_is_named_for_scaling() -> None:
    assert resource_label(LISTENER, "targetgroup/web/7") == "app/la/50dc6c495c0c9188/targetgroup/web/7"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"memory": 8192},
            "Fargate does not sell cpu 512 with memory 8192 MiB. Expected memory for cpu 512 to be one of "
            "1024, 2048, 3072, 4096. Fix: use cpu 1024 with memory 8192.",
        ),
        (
            {"environment": {"TOKEN": "x"}, "secrets": {"TOKEN": SecretRef(arn="arn:secret")}},
            "TOKEN is set both as plain environment and as a secret. Expected each variable once. "
            "Fix: remove it from `environment`.",
        ),
        (
            {"scaling": Scaling(min=5, max=2)},
            "scaling between 5 and 2 tasks. Expected 1 ≤ min ≤ max. Fix: swap or raise the limits.",
        ),
        (
            {"scaling": Scaling(min=1, max=2, requests_per_target=100)},
            "scaling by requests, but no load balancer counts them. Expected a `target` beside "
            "`requests_per_target`. Fix: give the service a target, or leave `requests_per_target` out.",
        ),
        (
            {"spot_share_percent": 101},
            "a Spot share of 101 percent. Expected 0 to 100. Fix: set `spot_share_percent` within it.",
        ),
        (
            {"cpu_architecture": "arm64"},
            "tasks for the processor arm64. Expected X86_64 or ARM64. "
            "Fix: correct `cpu_architecture`; images must be built for it.",
        ),
        (
            {"log_retention_days": 31},
            "`log_retention_days` keeps its lines for 31 days. Expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, "
            "180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653. Fix: take 60.",
        ),
        (
            {"maximum_percent": 100},
            "deployments may not go below 100 percent of the tasks nor above 100, so none could ever be "
            "replaced. "
            "Expected `minimum_healthy_percent` below `maximum_percent`. Fix: raise `maximum_percent` (200) "
            "or lower `minimum_healthy_percent`.",
        ),
        (
            {"minimum_healthy_percent": 0, "maximum_percent": 100},
            "rebalancing over availability zones with at most 100 percent of the tasks. Expected "
            "`maximum_percent` above 100, because ECS starts the new task first. Fix: raise "
            "`maximum_percent`, or set `availability_zone_rebalancing` to False.",
        ),
    ],
)
def test_contradictions_are_refused_before_anything_is_made(
    cloud: Cloud, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ComponentError) as refused:
        deploy(cloud, **changes)
    assert str(refused.value) == f"la-prod-web: {sentence}"
    assert not [made for made in cloud.made if made.name.startswith("la-prod-web")]
