"""The job: what starts it, what it may, and who hears of its failures."""

import json
from typing import Any

import pytest

from components import relations
from components.cluster import Cluster, ClusterArgs
from components.errors import ComponentError
from components.job import Grant, Job, JobArgs, Schedule
from components.registry import Registry, RegistryArgs
from components.secret_ref import SecretRef
from simcloud.testing import Simulation
from tests.components.peer import Peer
from tests.components.recording import ACCOUNT, REGION, Cloud
from tests.components.standing import DIGEST, ground

NAME = "la-prod-migrate"
NIGHTLY = Schedule(expression="cron(0 2 * * ? *)")
CLUSTER = f"arn:aws:test:{REGION}:{ACCOUNT}:Cluster/la-prod"
FAMILY = f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/{NAME}"


def deploy(cloud: Cloud, **changes: Any) -> Job:
    given: dict[str, Any] = {"vpc_id": "vpc-1", "subnet_ids": ["subnet-a"], "image": DIGEST, **changes}

    def program() -> Job:
        return Job(NAME, JobArgs(cluster=Cluster("la-prod", ClusterArgs()), **given))

    return cloud.deploy(program)


def statements(cloud: Cloud, policy: str) -> dict[str, Any]:
    return {
        statement["Sid"]: statement
        for statement in cloud.named("RolePolicy", policy).document("policy")["Statement"]
    }


def test_the_task(cloud: Cloud) -> None:
    deploy(
        cloud,
        command=["migrate", "up"],
        environment={"DATABASE_HOST": "db"},
        secrets={"DATABASE_PASSWORD": SecretRef(arn="arn:secret", key="password")},
        ephemeral_storage_gb=50,
    )
    task = cloud.one("TaskDefinition").inputs
    assert (task["family"], task["cpu"], task["memory"]) == (NAME, "256", "512")
    assert task["ephemeralStorage"] == {"sizeInGib": 50}
    [container] = json.loads(task["containerDefinitions"])
    assert (container["command"], container["portMappings"]) == (["migrate", "up"], [])
    assert container["readonlyRootFilesystem"] is True
    assert container["secrets"] == [{"name": "DATABASE_PASSWORD", "valueFrom": "arn:secret:password::"}]
    assert container["logConfiguration"]["options"]["awslogs-group"] == f"/ecs/{NAME}"
    assert cloud.of("Schedule") == []


def test_nobody_connects_to_it(cloud: Cloud) -> None:
    deploy(cloud)
    assert cloud.of("SecurityGroupIngressRule") == []
    [rule] = cloud.of("SecurityGroupEgressRule")
    assert (rule.inputs["cidrIpv4"], rule.inputs["fromPort"]) == ("0.0.0.0/0", 443)


def test_the_schedule_tries_again_and_then_tells(cloud: Cloud) -> None:
    deploy(cloud, schedule=Schedule(expression="cron(0 2 * * ? *)", retries=5, retry_minutes=30))
    schedule = cloud.one("Schedule").inputs
    assert schedule["scheduleExpression"] == "cron(0 2 * * ? *)"
    assert (schedule["scheduleExpressionTimezone"], schedule["state"]) == ("UTC", "ENABLED")
    assert schedule["flexibleTimeWindow"] == {"mode": "OFF"}
    target = schedule["target"]
    assert target["arn"] == CLUSTER
    assert target["retryPolicy"] == {"maximumRetryAttempts": 5, "maximumEventAgeInSeconds": 1800}
    assert target["deadLetterConfig"]["arn"].endswith(f"Queue/{NAME}-failures")
    assert target["ecsParameters"] == {
        "taskDefinitionArn": f"arn:aws:test:{REGION}:{ACCOUNT}:TaskDefinition/{NAME}-task-definition",
        "launchType": "FARGATE",
        "taskCount": 1,
        "enableEcsManagedTags": True,
        "propagateTags": "TASK_DEFINITION",
        "networkConfiguration": {
            "subnets": ["subnet-a"],
            "securityGroups": [f"{NAME}-sg-id"],
            "assignPublicIp": False,
        },
    }
    assert f"{NAME}-schedule-policy" in cloud.one("Schedule").after


def test_a_window_and_a_pause(cloud: Cloud) -> None:
    deploy(cloud, schedule=Schedule(expression="rate(1 day)", window_minutes=15, enabled=False))
    schedule = cloud.one("Schedule").inputs
    assert schedule["flexibleTimeWindow"] == {"mode": "FLEXIBLE", "maximumWindowInMinutes": 15}
    assert schedule["state"] == "DISABLED"


def test_the_scheduler_may_start_this_job_and_nothing_else(cloud: Cloud) -> None:
    deploy(cloud, schedule=NIGHTLY)
    found = statements(cloud, f"{NAME}-schedule-policy")
    assert set(found) == {"StartTheJob", "HandOverItsRoles", "TagTheTask", "TellOfFailures"}
    assert found["StartTheJob"]["Resource"] == [f"{FAMILY}:*"]
    assert found["StartTheJob"]["Condition"] == {"ArnEquals": {"ecs:cluster": CLUSTER}}
    assert [arn.rsplit("/", 1)[-1] for arn in found["HandOverItsRoles"]["Resource"]] == [
        f"{NAME}-execution",
        f"{NAME}-task",
    ]
    assert found["HandOverItsRoles"]["Condition"] == {
        "StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}
    }
    [trust] = cloud.named("Role", f"{NAME}-schedule").document("assumeRolePolicy")["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert trust["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
        "ArnLike": {"aws:SourceArn": f"arn:aws:test:{REGION}:{ACCOUNT}:ScheduleGroup/{NAME}"},
    }


def test_failures_are_noticed(cloud: Cloud) -> None:
    deploy(cloud, alarm_topic_arns=["arn:topic"])
    rule = json.loads(cloud.one("EventRule").inputs["eventPattern"])
    assert rule["detail"] == {
        "clusterArn": [CLUSTER],
        "taskDefinitionArn": [{"prefix": f"{FAMILY}:"}],
        "lastStatus": ["STOPPED"],
        "$or": [
            {"containers": {"exitCode": [{"anything-but": 0}]}},
            {"stopCode": ["TaskFailedToStart"]},
        ],
    }
    assert cloud.one("EventTarget").inputs["arn"].endswith(f"Queue/{NAME}-failures")
    alarm = cloud.one("MetricAlarm").inputs
    assert (alarm["name"], alarm["threshold"]) == (f"{NAME}-failed", 1)
    assert alarm["alarmActions"] == ["arn:topic"]
    assert alarm["dimensions"] == {"QueueName": f"{NAME}-failures-1234567"}
    queue = cloud.one("Queue").inputs
    assert (queue["sqsManagedSseEnabled"], queue["messageRetentionSeconds"]) == (True, 14 * 86_400)
    policy = cloud.one("QueuePolicy").document("policy")["Statement"]
    assert [(statement["Sid"], statement["Effect"]) for statement in policy] == [
        ("FailedRuns", "Allow"),
        ("NobodyWithoutTls", "Deny"),
    ]


def test_what_the_job_itself_may(cloud: Cloud) -> None:
    deploy(cloud, grants=[Grant(sid="Write", actions=["s3:PutObject"], resources=["arn:bucket/*"])])
    assert statements(cloud, f"{NAME}-task-policy")["Write"]["Resource"] == ["arn:bucket/*"]


def test_its_own_registry_narrows_the_pull(cloud: Cloud) -> None:
    def program() -> None:
        args = JobArgs(
            cluster=Cluster("la-prod", ClusterArgs()),
            registry=Registry("la-prod-images", RegistryArgs()),
            vpc_id="vpc-1",
            subnet_ids=["a"],
            image="app:1",
        )
        Job(NAME, args)

    cloud.deploy(program)
    [arn] = statements(cloud, f"{NAME}-execution-policy")["PullImage"]["Resource"]
    assert arn.endswith("Repository/la-prod-images")


def test_somebody_may_start_it(cloud: Cloud) -> None:
    def program() -> Job:
        args = JobArgs(
            cluster=Cluster("la-prod", ClusterArgs()), vpc_id="vpc-1", subnet_ids=["subnet-a"], image=DIGEST
        )
        job = Job(NAME, args)
        job.grant_start("deployer", "deploy")
        return job

    job = cloud.deploy(program)
    found = statements(cloud, f"{NAME}-start-by-deploy")
    assert set(found) == {"StartTheJob", "HandOverItsRoles", "TagTheTask", "SeeHowItEnds"}
    assert cloud.named("RolePolicy", f"{NAME}-start-by-deploy").inputs["role"] == "deployer"
    assert json.loads(cloud.value(job.run_task)) == {
        "cluster": "la-prod-1234567",
        "taskDefinition": f"arn:aws:test:{REGION}:{ACCOUNT}:TaskDefinition/{NAME}-task-definition",
        "launchType": "FARGATE",
        "enableECSManagedTags": True,
        "propagateTags": "TASK_DEFINITION",
        "networkConfiguration": {
            "awsvpcConfiguration": {
                "subnets": ["subnet-a"],
                "securityGroups": [f"{NAME}-sg-id"],
                "assignPublicIp": "DISABLED",
            }
        },
    }


def test_a_job_is_let_in_like_any_peer(cloud: Cloud) -> None:
    def program() -> None:
        cluster = Cluster("la-prod", ClusterArgs())
        job = Job(NAME, JobArgs(cluster=cluster, vpc_id="vpc-1", subnet_ids=["a"], image=DIGEST))
        relations.allow(job, source=job, target=Peer("la-prod-database"), port=5432, description="Migrations")

    cloud.deploy(program)
    [ingress] = cloud.of("SecurityGroupIngressRule")
    assert (ingress.inputs["securityGroupId"], ingress.inputs["referencedSecurityGroupId"]) == (
        "sg-la-prod-database",
        f"{NAME}-sg-id",
    )


@pytest.fixture(scope="module")
def standing() -> tuple[Simulation, str]:
    """A nightly job in the simulated AWS, and the request that starts it."""

    def program() -> Any:
        place = ground()
        args = JobArgs(
            cluster=place.cluster,
            vpc_id=place.network.vpc_id,
            subnet_ids=place.network.private_subnet_ids,
            image=DIGEST,
            schedule=NIGHTLY,
            require_digest=True,
        )
        return Job(NAME, args).run_task

    simulation = Simulation()
    request: str = simulation.run(program)
    return simulation, request


def test_aws_has_the_schedule(standing: tuple[Simulation, str]) -> None:
    simulation, _ = standing
    scheduler = simulation.client("scheduler")
    [listed] = scheduler.list_schedules()["Schedules"]
    found = scheduler.get_schedule(Name=listed["Name"], GroupName=listed["GroupName"])
    assert found["ScheduleExpression"] == "cron(0 2 * * ? *)"
    [cluster] = simulation.client("ecs").list_clusters()["clusterArns"]
    assert found["Target"]["Arn"] == cluster
    [queue] = simulation.client("sqs").list_queues(QueueNamePrefix=NAME)["QueueUrls"]
    attributes = simulation.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    assert found["Target"]["DeadLetterConfig"]["Arn"] == attributes["Attributes"]["QueueArn"]


def test_aws_takes_the_request(standing: tuple[Simulation, str]) -> None:
    simulation, request = standing
    parameters = json.loads(request)
    [task] = simulation.client("ecs").run_task(**parameters)["tasks"]
    assert task["taskDefinitionArn"] == parameters["taskDefinition"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"cpu": 256, "memory": 4096},
            "Fargate does not sell cpu 256 with memory 4096 MiB. Expected memory for cpu 256 to be one of 512, "
            "1024, 2048. Fix: use cpu 512 with memory 4096.",
        ),
        (
            {"schedule": Schedule(expression="every night")},
            "the job starts at 'every night'. Expected cron(…), rate(…) or at(…). "
            "Fix: write cron(0 2 * * ? *) for every night at two.",
        ),
        (
            {"schedule": Schedule(expression="rate(1 day)", retries=186)},
            "retries is 186. Expected 0 to 185, which is what AWS takes. Fix: choose another retries.",
        ),
        (
            {"schedule": Schedule(expression="rate(1 day)", retry_minutes=0)},
            "retry_minutes is 0. Expected 1 to 1440, which is what AWS takes. Fix: choose another retry_minutes.",
        ),
        (
            {"schedule": Schedule(expression="rate(1 day)", window_minutes=1441)},
            "window_minutes is 1441. Expected 0 to 1440, which is what AWS takes. "
            "Fix: choose another window_minutes.",
        ),
        (
            {"environment": {"TOKEN": "x"}, "secrets": {"TOKEN": SecretRef(arn="arn:secret")}},
            "TOKEN is set both as plain environment and as a secret. Expected each variable once. "
            "Fix: remove it from `environment`.",
        ),
        (
            {"log_retention_days": 2},
            "`log_retention_days` keeps its lines for 2 days. Expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, "
            "180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653. Fix: take 3.",
        ),
        (
            {"grants": [Grant(sid="Everything", actions=["s3:*"], resources=["arn:aws:s3:::b/*"])]},
            "the grant Everything allows s3:*. Expected service:Action without wildcards. "
            "Fix: spell the actions out.",
        ),
        (
            {"grants": [Grant(sid="Nothing", actions=[], resources=["arn:aws:s3:::b/*"])]},
            "the grant Nothing allows nothing. Expected service:Action without wildcards. "
            "Fix: spell the actions out.",
        ),
        (
            {"grants": [Grant(sid="Read it", actions=["s3:GetObject"], resources=["arn:aws:s3:::b/*"])]},
            "a grant is called `Read it`. Expected ASCII letters and digits, and each name once: IAM refuses the "
            "whole policy otherwise. Fix: rename it.",
        ),
        (
            {"grants": [Grant(sid="Read", actions=["s3:GetObject"], resources=[])]},
            "the grant Read is for no resource. Expected one ARN or more. Fix: name the resources.",
        ),
        (
            {"ephemeral_storage_gb": 201},
            "201 GB of ephemeral storage. Expected 21 to 200, or nothing for the 20 that every task has. "
            "Fix: choose another ephemeral_storage_gb.",
        ),
        (
            {"image": "app:1", "require_digest": True},
            "the image app:1 is named by a tag, which may mean something else tomorrow. Expected a digest, as in "
            "registry/app@sha256:… with 64 hexadecimal digits. Fix: deploy what `docker buildx imagetools inspect` "
            "says the tag is today, or drop require_digest.",
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


def test_a_name_that_no_role_can_have(cloud: Cloud) -> None:
    long = "a" * 57
    with pytest.raises(ComponentError, match="67 characters are too many for a IAM role name"):
        cloud.deploy(
            lambda: Job(
                long,
                JobArgs(
                    cluster=Cluster("la-prod", ClusterArgs()),
                    vpc_id="vpc-1",
                    subnet_ids=["a"],
                    image=DIGEST,
                    schedule=NIGHTLY,
                ),
            )
        )
