"""Deployment strategies: what one argument builds, what each says to ECS, and what is refused."""

import json
from typing import Any

import pulumi
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.cluster import Cluster, ClusterArgs
from components.errors import ComponentError
from components.gateway import Target, Trial
from components.service import (
    BlueGreen,
    Canary,
    Guard,
    Hook,
    Linear,
    Rolling,
    Route,
    Scaling,
    Service,
    ServiceArgs,
)
from components.service_connect import Connect
from components.service_deployment import Deployment, shift_minutes
from components.service_shift import shifting_policy
from components.target import Alternate
from simcloud.testing import Simulation
from tests.components.recording import ACCOUNT, REGION, Cloud
from tests.components.standing import DIGEST, ground
from tests.components.test_service import LISTENER, TARGET

NAME = "la-prod-web"
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


REFUSED: list[tuple[Deployment, dict[str, Any], str]] = [
    (
        BlueGreen(),
        {"target": TARGET},
        "BlueGreen moves traffic between two target groups, and the target is one. Expected a pair. "
        "Fix: give the service `behind` instead, or make the target with pair=True.",
    ),
    (
        Canary(guard=None),
        {"target": None},
        "Canary shifts traffic, and the service gets none. Expected a load balancer or Service Connect. "
        "Fix: give the service `behind` or `connect`, or deploy with Rolling().",
    ),
    (
        Rolling(guard=Guard()),
        {"target": None},
        "a guard on the answers, but no load balancer sees them. Expected a load balancer, or guard=None with "
        "rollback_alarms. Fix: give the service `behind`, or pass guard=None.",
    ),
    (
        Rolling(pair=True),
        {"target": None},
        "a pair of target groups, but no load balancer. Expected `behind`, or `target` with an alternate. "
        "Fix: drop pair, or give the service `behind`.",
    ),
    (
        Rolling(trial=TRIAL),
        {},
        "a trial listener for a target that the caller made. Expected the trial where the target is made. "
        "Fix: pass trial to gateway.target, or give the service `behind`.",
    ),
    (
        BlueGreen(bake_minutes=1441),
        {},
        "bake_minutes is 1441. Expected 0 to 1440 minutes, which is what AWS takes. "
        "Fix: choose another bake_minutes.",
    ),
    (
        BlueGreen(bake_minutes=2),
        {},
        "the old version is gone after 2 minutes, before an alarm could fire. Expected bake_minutes of 3 or "
        "more, or guard=None. Fix: raise bake_minutes to 3.",
    ),
    (
        Canary(percent=100),
        {},
        "100 percent of the traffic at a time. Expected 0.1 to less than 100; BlueGreen shifts all at once. "
        "Fix: choose another percent.",
    ),
    (
        Canary(canary_minutes=-1),
        {},
        "canary_minutes is -1. Expected 0 to 1440 minutes, which is what AWS takes. "
        "Fix: choose another canary_minutes.",
    ),
    (
        Linear(percent=2),
        {},
        "2 percent of the traffic at a time. Expected 3 to less than 100; BlueGreen shifts all at once. "
        "Fix: choose another percent.",
    ),
    (
        Linear(step_minutes=2000),
        {},
        "step_minutes is 2000. Expected 0 to 1440 minutes, which is what AWS takes. "
        "Fix: choose another step_minutes.",
    ),
    (
        BlueGreen(hooks=[Hook(function_arn="arn:f", stages=["AFTERWARDS"])]),
        {},
        "a hook at AFTERWARDS. Expected one or more of RECONCILE_SERVICE, PRE_SCALE_UP, POST_SCALE_UP, "
        "TEST_TRAFFIC_SHIFT, POST_TEST_TRAFFIC_SHIFT, PRODUCTION_TRAFFIC_SHIFT, POST_PRODUCTION_TRAFFIC_SHIFT. "
        "Fix: correct the hook's stages.",
    ),
    (
        BlueGreen(hooks=[Hook(function_arn="arn:f", stages=[])]),
        {},
        "a hook at no stage. Expected one or more of RECONCILE_SERVICE, PRE_SCALE_UP, POST_SCALE_UP, "
        "TEST_TRAFFIC_SHIFT, POST_TEST_TRAFFIC_SHIFT, PRODUCTION_TRAFFIC_SHIFT, POST_PRODUCTION_TRAFFIC_SHIFT. "
        "Fix: correct the hook's stages.",
    ),
]


@pytest.mark.parametrize(("deployment", "more", "sentence"), REFUSED)
def test_contradictions_are_refused_before_anything_is_made(
    cloud: Cloud, deployment: Deployment, more: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ComponentError) as refused:
        deploy(cloud, deployment, **more)
    assert str(refused.value) == f"{NAME}: {sentence}"
    assert not [made for made in cloud.made if made.name.startswith(NAME)]


def test_an_alarm_that_waits_for_the_service_is_refused(cloud: Cloud) -> None:
    waiting: Any = pulumi.Output.from_input("la-prod-web-cpu")
    with pytest.raises(ComponentError, match="a rollback alarm is given as an output") as refused:
        deploy(cloud, BlueGreen(rollback_alarms=[waiting]))
    assert 'Fix: write the name out, such as "la-prod-web-cpu".' in str(refused.value)


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


def behind(deployment: Deployment, **more: Any) -> None:
    place = ground()
    args = ServiceArgs(
        cluster=place.cluster,
        vpc_id=place.network.vpc_id,
        subnet_ids=place.network.private_subnet_ids,
        image=DIGEST,
        port=3000,
        cpu=256,
        memory=512,
        behind=Route(gateway=place.gateway, health_path="/api/health"),
        deployment=deployment,
        **more,
    )
    Service(NAME, args)


@pytest.fixture(scope="module")
def shifting() -> Simulation:
    """A canary behind a gateway, with a trial listener, standing in the simulated AWS."""
    simulation = Simulation()
    simulation.run(
        lambda: behind(Canary(trial=TRIAL), scaling=Scaling(min=2, max=6, requests_per_target=900))
    )
    return simulation


def _service(simulation: Simulation) -> Any:
    ecs = simulation.client("ecs")
    [cluster] = ecs.list_clusters()["clusterArns"]
    arns = ecs.list_services(cluster=cluster)["serviceArns"]
    [service] = ecs.describe_services(cluster=cluster, services=arns)["services"]
    return service


def test_aws_has_both_groups_behind_one_rule(shifting: Simulation) -> None:
    elb = shifting.client("elbv2")
    [balancer] = _service(shifting)["loadBalancers"]
    advanced = balancer["advancedConfiguration"]
    [rule] = elb.describe_rules(RuleArns=[advanced["productionListenerRule"]])["Rules"]
    assert rule["Priority"] == "49999"
    groups = rule["Actions"][0]["ForwardConfig"]["TargetGroups"]
    assert {group["TargetGroupArn"]: group["Weight"] for group in groups} == {
        balancer["targetGroupArn"]: 100,
        advanced["alternateTargetGroupArn"]: 0,
    }
    found = elb.describe_target_groups()["TargetGroups"]
    assert {group["TargetGroupArn"] for group in found} == {group["TargetGroupArn"] for group in groups}
    assert {(group["Port"], group["HealthCheckPath"], group["TargetType"]) for group in found} == {
        (3000, "/api/health", "ip")
    }


def test_aws_lets_only_testers_at_the_trial_listener(shifting: Simulation) -> None:
    elb = shifting.client("elbv2")
    advanced = _service(shifting)["loadBalancers"][0]["advancedConfiguration"]
    [rule] = elb.describe_rules(RuleArns=[advanced["testListenerRule"]])["Rules"]
    [balancer] = elb.describe_load_balancers()["LoadBalancers"]
    listeners = {
        listener["Port"]: listener
        for listener in elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    }
    assert sorted(listeners) == [80, 443, 8443]
    assert rule["RuleArn"].startswith(listeners[8443]["ListenerArn"].replace(":listener/", ":listener-rule/"))
    assert listeners[8443]["DefaultActions"][0]["FixedResponseConfig"]["StatusCode"] == "404"
    rules = shifting.client("ec2").describe_security_group_rules(
        Filters=[{"Name": "group-id", "Values": balancer["SecurityGroups"]}]
    )["SecurityGroupRules"]
    trials = [rule for rule in rules if rule["FromPort"] == 8443 and not rule["IsEgress"]]
    assert [rule["CidrIpv4"] for rule in trials] == ["203.0.113.0/24"]


def test_aws_takes_back_what_the_alarms_say(shifting: Simulation) -> None:
    configured = _service(shifting)["deploymentConfiguration"]
    assert configured["strategy"] == "CANARY"
    assert configured["alarms"]["rollback"] is True
    named = shifting.client("cloudwatch").describe_alarms(AlarmNames=configured["alarms"]["alarmNames"])
    assert [alarm["AlarmName"] for alarm in named["MetricAlarms"]] == [
        f"{NAME}-deployment-errors",
        f"{NAME}-deployment-latency",
    ]


def test_the_gateway_may_connect_without_being_told(shifting: Simulation) -> None:
    [rule] = [
        item
        for item in shifting.of_type("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        if item.name.startswith(NAME)
    ]
    assert rule.name == f"{NAME}-from-gateway-3000-ingress"


@pytest.mark.parametrize("deployment", [Rolling(), Rolling(pair=True), BlueGreen(), Linear()])
def test_every_strategy_is_taken(deployment: Deployment) -> None:
    simulation = Simulation()
    simulation.run(lambda: behind(deployment))
    words = {Rolling: "ROLLING", BlueGreen: "BLUE_GREEN", Linear: "LINEAR"}
    assert _service(simulation)["deploymentConfiguration"]["strategy"] == words[type(deployment)]
