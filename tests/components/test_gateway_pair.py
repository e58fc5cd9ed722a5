"""Two groups behind one rule, the trial listener, and what watches both groups."""

from collections.abc import Callable
from typing import Any

import pytest

from components.alarm import Rate
from components.errors import ComponentError
from components.gateway import Gateway, GatewayArgs, Ingress, Trial
from components.gateway_alarms import gateway_alarms
from components.gateway_metrics import GatewayMetrics
from components.thresholds import Thresholds
from tests.components.recording import Cloud

OFFICE = Trial(cidrs=["203.0.113.0/24", "2001:db8::/32"])


def gateway() -> Gateway:
    args = GatewayArgs(
        vpc_id="vpc-1",
        subnet_ids=["subnet-1"],
        certificate_arn="arn:aws:acm:us-east-1:123456789012:certificate/1",
        ingress=Ingress(cidrs=["198.51.100.0/24"]),
    )
    return Gateway("la-prod-gateway", args)


def test_the_weights_are_left_to_ecs(cloud: Cloud) -> None:
    cloud.deploy(lambda: gateway().target("la-prod-web", 3000, "/health", pair=True, trial=OFFICE))
    rules = {made.name: made for made in cloud.of("ListenerRule")}
    assert sorted(rules) == ["la-prod-web-shift", "la-prod-web-trial"]
    for rule in rules.values():
        assert rule.ignored == ["actions"]
        [action] = rule.inputs["actions"]
        assert [group["weight"] for group in action["forward"]["targetGroups"]] == [100, 0]
        assert rule.inputs["priority"] == 49_999
    groups = {made.name: made.inputs for made in cloud.of("TargetGroup")}
    assert sorted(groups) == ["la-prod-web", "la-prod-web-b"]
    first, second = (
        {key: value for key, value in group.items() if key != "tags"} for group in groups.values()
    )
    assert first == second


def test_one_group_keeps_its_rule_and_its_place(cloud: Cloud) -> None:
    cloud.deploy(lambda: gateway().target("la-prod-web", 3000, "/health"))
    rule = cloud.one("ListenerRule")
    assert (rule.name, rule.ignored, rule.inputs["priority"]) == ("la-prod-web", [], 50_000)
    assert cloud.one("TargetGroup").name == "la-prod-web"


def test_the_trial_listener_is_made_once(cloud: Cloud) -> None:
    def program() -> None:
        entrance = gateway()
        entrance.target("la-prod-web", 3000, "/health", pair=True, trial=OFFICE)
        entrance.target(
            "la-prod-api", 8000, "/health", default=False, paths=["/api/*"], pair=True, trial=OFFICE
        )

    cloud.deploy(program)
    listener = cloud.named("Listener", "la-prod-gateway-trial-8443")
    assert (listener.inputs["port"], listener.inputs["protocol"]) == (8443, "HTTPS")
    trials = [made for made in cloud.of("SecurityGroupIngressRule") if made.inputs["fromPort"] == 8443]
    assert [(made.inputs.get("cidrIpv4"), made.inputs.get("cidrIpv6")) for made in trials] == [
        ("203.0.113.0/24", None),
        (None, "2001:db8::/32"),
    ]
    priorities = {made.name: made.inputs["priority"] for made in cloud.of("ListenerRule")}
    assert priorities == {
        "la-prod-web-shift": 49_999,
        "la-prod-web-trial": 49_999,
        "la-prod-api-shift": 99,
        "la-prod-api-trial": 99,
    }


def _two_trials() -> None:
    entrance = gateway()
    entrance.target("la-prod-web", 3000, "/health", pair=True, trial=OFFICE)
    other = Trial(cidrs=["192.0.2.0/24"])
    entrance.target("la-prod-api", 8000, "/health", default=False, paths=["/api"], pair=True, trial=other)


def _with(**more: Any) -> Callable[[], object]:
    return lambda: gateway().target("la-prod-web", 3000, "/health", **more)


REFUSED: list[tuple[Callable[[], object], str]] = [
    (
        _with(trial=OFFICE),
        "la-prod-web: a trial listener without a second target group. Expected pair=True beside trial. "
        "Fix: drop trial, or pass pair=True.",
    ),
    (
        _with(pair=True, trial=Trial(cidrs=["0.0.0.0/0"])),
        "la-prod-web: the trial listener is open to 0.0.0.0/0. Expected the ranges of those who test, not the "
        "world. Fix: name the ranges in cidrs.",
    ),
    (
        _with(pair=True, trial=Trial(cidrs=[])),
        "la-prod-web: the trial listener is open to nobody. Expected the ranges of those who test, not the world. "
        "Fix: name the ranges in cidrs.",
    ),
    (
        _with(pair=True, trial=Trial(cidrs=["192.0.2.0/24"], port=443)),
        "la-prod-web: the trial listener is to have port 443. Expected a free port, so neither 80 nor 443. "
        "Fix: choose another port, such as 8443.",
    ),
    (
        _two_trials,
        "la-prod-api: port 8443 has a trial listener for other ranges. Expected the same cidrs, or another port. "
        "Fix: use one Trial for all targets of the gateway.",
    ),
]


@pytest.mark.parametrize(("program", "sentence"), REFUSED)
def test_contradictions_are_refused(cloud: Cloud, program: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == sentence


def test_whichever_group_has_the_tasks_is_watched() -> None:
    pair = GatewayMetrics(load_balancer="app/la/1", target_group="first", alternate_group="second")
    alarms = {alarm.name: alarm for alarm in gateway_alarms("gw", pair, Thresholds())}
    watched = alarms["gw-no-healthy-target"].watched
    assert isinstance(watched, Rate)
    assert watched.expression == "MAX([FILL(group_1, 0), FILL(group_2, 0)])"
    assert [metric.dimensions["TargetGroup"] for metric in watched.metrics.values()] == ["first", "second"]
    assert pair.latency("p95").dimensions == {"LoadBalancer": "app/la/1"}


def test_a_single_group_is_watched_as_it_is() -> None:
    single = GatewayMetrics(load_balancer="app/la/1", target_group="first")
    alarms = {alarm.name: alarm for alarm in gateway_alarms("gw", single, Thresholds())}
    assert alarms["gw-no-healthy-target"].watched == single.healthy_targets()
    assert single.latency("p95").dimensions == {"LoadBalancer": "app/la/1", "TargetGroup": "first"}
