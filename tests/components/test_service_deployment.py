"""Deployment strategies: what one argument builds, what each says to ECS, and what is refused."""

import json
from typing import Any

import pulumi
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.cluster import Cluster, ClusterArgs
from components.gateway import Target, Trial
from components.service import (
    BlueGreen,
    Canary,
    Guard,
    Hook,
    Linear,
    Rolling,
    Scaling,
    Service,
    ServiceArgs,
)
from components.service_connect import Connect
from components.service_deployment import Deployment, shift_minutes
from components.service_shift import shifting_policy
from components.target import Alternate
from tests.components.recording import ACCOUNT, REGION, Cloud
from tests.components.standing import DIGEST
from tests.components.standing import SERVICE as NAME
from tests.components.test_service import LISTENER, TARGET

TRIAL = Trial(cidrs=["203.0.113.0/24"])
PAIR = Target(
    arn=pulumi.Output.from_input("arn:first"),
    arn_suffix=pulumi.Output.from_input("targetgroup/first/1"),
    listener_arn=pulumi.Output.from_input(LISTENER),
    port=3000,
    alternate=Alternate(
        arn=pulumi.Output.from_input("arn:second"),
        arn_suffix=pulumi.Output.from_input("targetgroup/second/2"),
        production_rule_arn=pulumi.Output.from_input("arn:rule"),
    ),
)


def deploy(cloud: Cloud, deployment: Deployment, **more: Any) -> Service:
    given: dict[str, Any] = {"target": PAIR, **more}

    def program() -> Service:
        args = ServiceArgs(
            cluster=Cluster("la-prod", ClusterArgs()),
            vpc_id="vpc-1",
            subnet_ids=["subnet-a"],
            image=DIGEST,
            port=3000,
            cpu=256,
            memory=512,
            deployment=deployment,
            **given,
        )
        return Service(NAME, args)

    return cloud.deploy(program)


@pytest.mark.proves("S1-46", "S1-48", "S2-35")
@pytest.mark.parametrize(
    ("deployment", "configuration", "breaker", "may_take"),
    [
        (Rolling(), {"strategy": "ROLLING"}, True, ""),
        (Rolling(pair=True), {"strategy": "ROLLING"}, True, ""),
        (BlueGreen(), {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": "10"}, False, "30m"),
        (
            Canary(percent=5, canary_minutes=15, bake_minutes=20),
            {
                "strategy": "CANARY",
                "bakeTimeInMinutes": "20",
                "canaryConfiguration": {"canaryPercent": 5, "canaryBakeTimeInMinutes": "15"},
            },
            False,
            "55m",
        ),
        (
            Linear(percent=30, step_minutes=5),
            {
                "strategy": "LINEAR",
                "bakeTimeInMinutes": "10",
                "linearConfiguration": {"stepPercent": 30, "stepBakeTimeInMinutes": "5"},
            },
            False,
            "50m",
        ),
    ],
)
def test_what_ecs_is_told(
    cloud: Cloud, deployment: Deployment, configuration: dict[str, Any], breaker: bool, may_take: str
) -> None:
    deploy(cloud, deployment)
    service = cloud.one("Service")
    assert service.inputs["deploymentConfiguration"] == configuration
    assert service.inputs["deploymentCircuitBreaker"] == {"enable": breaker, "rollback": breaker}
    assert service.inputs.get("sigintRollback") == (True if may_take else None)
    assert service.may_take == may_take
    assert service.inputs["loadBalancers"] == [
        {
            "targetGroupArn": "arn:first",
            "containerName": "app",
            "containerPort": 3000,
            "advancedConfiguration": {
                "alternateTargetGroupArn": "arn:second",
                "productionListenerRule": "arn:rule",
                "roleArn": f"arn:aws:test:{REGION}:{ACCOUNT}:Role/{NAME}-shifting",
            },
        }
    ]
    assert f"{NAME}-shifting-policy" in service.after


def test_rolling_with_one_group_needs_nothing_more(cloud: Cloud) -> None:
    deploy(cloud, Rolling(), target=TARGET)
    assert "advancedConfiguration" not in cloud.one("Service").inputs["loadBalancers"][0]
    assert [role.name for role in cloud.of("Role")] == [f"{NAME}-execution", f"{NAME}-task"]
    assert cloud.of("MetricAlarm") == []


def test_ecs_moves_these_groups_and_rules_and_no_others(cloud: Cloud) -> None:
    deploy(cloud, BlueGreen())
    policy = cloud.named("RolePolicy", f"{NAME}-shifting-policy").document("policy")
    assert policy == json.loads(shifting_policy(["arn:first", "arn:second"], ["arn:rule"]))
    granted = {statement["Sid"]: statement for statement in policy["Statement"]}
    assert granted["MoveTraffic"]["Action"] == ["elasticloadbalancing:ModifyRule"]
    assert granted["MoveTraffic"]["Resource"] == ["arn:rule"]
    assert granted["MoveTasks"]["Resource"] == ["arn:first", "arn:second"]
    assert all(
        action.split(":")[1].startswith("Describe") for action in granted["LookAtLoadBalancers"]["Action"]
    )
    [trust] = cloud.named("Role", f"{NAME}-shifting").document("assumeRolePolicy")["Statement"]
    assert trust["Principal"] == {"Service": "ecs.amazonaws.com"}


def test_the_guard_watches_both_groups(cloud: Cloud) -> None:
    service = deploy(cloud, Canary(guard=Guard(error_percent=2, latency_p95_seconds=0.8)))
    errors = cloud.named("MetricAlarm", f"{NAME}-deployment-errors").inputs
    assert (errors["name"], errors["threshold"]) == (f"{NAME}-deployment-errors", 2)
    assert (errors["evaluationPeriods"], errors["datapointsToAlarm"]) == (3, 2)
    assert errors["treatMissingData"] == "notBreaching"
    result, *parts = errors["metricQueries"]
    assert result["expression"] == (
        "100 * (FILL(errors_1, 0) + FILL(errors_2, 0)) / (FILL(requests_1, 0) + FILL(requests_2, 0))"
    )
    assert [(part["id"], part["metric"]["dimensions"]["TargetGroup"]) for part in parts] == [
        ("errors_1", "targetgroup/first/1"),
        ("errors_2", "targetgroup/second/2"),
        ("requests_1", "targetgroup/first/1"),
        ("requests_2", "targetgroup/second/2"),
    ]
    assert {part["metric"]["dimensions"]["LoadBalancer"] for part in parts} == {"app/la/50dc6c495c0c9188"}
    latency = cloud.named("MetricAlarm", f"{NAME}-deployment-latency").inputs
    assert latency["threshold"] == 0.8
    assert latency["metricQueries"][0]["expression"] == "MAX([FILL(seconds_1, 0), FILL(seconds_2, 0)])"
    assert cloud.one("Service").inputs["alarms"] == {
        "alarmNames": [f"{NAME}-deployment-errors", f"{NAME}-deployment-latency"],
        "enable": True,
        "rollback": True,
    }
    assert [cloud.value(pulumi.Output.from_input(name)) for name in service.rollback_alarm_names] == [
        f"{NAME}-deployment-errors",
        f"{NAME}-deployment-latency",
    ]


def test_a_pair_keeps_its_guard_while_rolling(cloud: Cloud) -> None:
    deploy(cloud, Rolling(pair=True))
    assert [made.name for made in cloud.of("MetricAlarm")] == [
        f"{NAME}-deployment-errors",
        f"{NAME}-deployment-latency",
    ]
    assert cloud.one("Service").inputs["alarms"]["rollback"] is True


def test_alarms_of_ones_own_are_known_by_name(cloud: Cloud) -> None:
    deploy(cloud, Rolling(rollback_alarms=["la-prod-web-cpu"]), target=TARGET)
    assert cloud.one("Service").inputs["alarms"]["alarmNames"] == ["la-prod-web-cpu"]
    assert cloud.of("MetricAlarm") == []


def test_hooks_are_called_by_a_role_that_may_call_only_them(cloud: Cloud) -> None:
    function = "arn:aws:lambda:us-east-1:123456789012:function:smoke"
    deploy(cloud, BlueGreen(hooks=[Hook(function_arn=function, stages=["POST_TEST_TRAFFIC_SHIFT"])]))
    [hook] = cloud.one("Service").inputs["deploymentConfiguration"]["lifecycleHooks"]
    assert (hook["hookTargetArn"], hook["lifecycleStages"]) == (function, ["POST_TEST_TRAFFIC_SHIFT"])
    assert hook["roleArn"].endswith(f"Role/{NAME}-hooks")
    [statement] = cloud.named("RolePolicy", f"{NAME}-hooks-policy").document("policy")["Statement"]
    assert (statement["Action"], statement["Resource"]) == (["lambda:InvokeFunction"], [function])


def test_requests_per_task_count_in_both_groups(cloud: Cloud) -> None:
    deploy(cloud, BlueGreen(), scaling=Scaling(min=1, max=4, requests_per_target=500))
    policy = cloud.named("Policy", f"{NAME}-scaling-requests").inputs
    configured = policy["targetTrackingScalingPolicyConfiguration"]
    *parts, result = configured["customizedMetricSpecification"]["metrics"]
    assert result["expression"] == "FILL(group_1, 0) + FILL(group_2, 0)"
    assert [part["metricStat"]["metric"]["metricName"] for part in parts] == ["RequestCountPerTarget"] * 2
    assert [part["metricStat"]["metric"]["dimensions"][1]["value"] for part in parts] == [
        "targetgroup/first/1",
        "targetgroup/second/2",
    ]
    assert "predefinedMetricSpecification" not in configured


def test_service_connect_shifts_without_a_load_balancer(cloud: Cloud) -> None:
    connect = Connect(namespace_arn="arn:namespace", name="web")
    deploy(cloud, Linear(guard=None), target=None, connect=connect)
    assert "loadBalancers" not in cloud.one("Service").inputs
    assert cloud.one("Service").inputs["deploymentConfiguration"]["strategy"] == "LINEAR"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    percent=st.floats(3, 99.9),
    step=st.integers(0, 1440),
    bake=st.integers(0, 1440),
)
def test_linear_steps_add_up_to_all_traffic(percent: float, step: int, bake: int) -> None:
    minutes = shift_minutes(Linear(percent=percent, step_minutes=step, bake_minutes=bake))
    steps = (minutes - bake) / step if step else None
    assert minutes >= bake
    if steps is not None:
        assert steps == int(steps)
        assert steps * percent >= 100 > (steps - 1) * percent
