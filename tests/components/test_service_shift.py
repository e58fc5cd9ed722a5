"""Progressive delivery in the simulated AWS: both groups, the rule, the trial listener, the alarms."""

from typing import Any

import pytest

from components.service import BlueGreen, Canary, Linear, Rolling, Scaling
from components.service_deployment import Deployment
from simcloud.testing import Simulation
from tests.components.standing import SERVICE as NAME
from tests.components.standing import behind
from tests.components.test_service_deployment import TRIAL


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


@pytest.mark.proves("S1-48", "S2-35")
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


@pytest.mark.proves("S1-46")
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


@pytest.mark.proves("S1-48", "S2-36")
def test_aws_takes_back_what_the_alarms_say(shifting: Simulation) -> None:
    configured = _service(shifting)["deploymentConfiguration"]
    assert configured["strategy"] == "CANARY"
    assert configured["alarms"]["rollback"] is True
    named = shifting.client("cloudwatch").describe_alarms(AlarmNames=configured["alarms"]["alarmNames"])
    assert sorted(alarm["AlarmName"] for alarm in named["MetricAlarms"]) == [
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
