"""How services come to their next version, and how many of their tasks there are."""

from collections.abc import Mapping
from typing import Any

import pytest

from components.service import BlueGreen, Canary, Guard, Linear, Rolling
from stacks.parts.deployment import deployment_of, scaling_of
from tests.stacks.applied import applied
from tests.stacks.settings.loading import loaded

GUARD = {"error_percent": 2, "latency_p95_seconds": 0.5}


def deployment(**asked: Any) -> object:
    settings = loaded("dev", {"services": {"web": {"deployment": asked}}})
    return deployment_of(settings.services["web"])


@pytest.mark.proves("S1-46", "S1-47", "S1-48")
@pytest.mark.parametrize(
    ("asked", "made"),
    [
        ({}, Rolling()),
        ({"pair": True, **GUARD}, Rolling(pair=True, guard=Guard(**GUARD))),
        ({"strategy": "blue_green", "bake_minutes": 15}, BlueGreen(bake_minutes=15, guard=Guard())),
        (
            {"strategy": "canary", "percent": 5, "step_minutes": 20, **GUARD},
            Canary(percent=5, canary_minutes=20, bake_minutes=10, guard=Guard(**GUARD)),
        ),
        (
            {"strategy": "linear", "percent": 25, "step_minutes": 3},
            Linear(percent=25, step_minutes=3, bake_minutes=10, guard=Guard()),
        ),
    ],
)
def test_strategies(asked: dict[str, Any], made: object) -> None:
    assert deployment(**asked) == made


def test_without_a_load_balancer_nobody_sees_the_answers() -> None:
    settings = loaded("dev")
    hidden = settings.services["web"].model_copy(update={"hosts": (), "paths": ()})
    wanted = hidden.deployment.model_copy(update={"strategy": "blue_green"})
    made = deployment_of(hidden.model_copy(update={"deployment": wanted}))
    assert made == BlueGreen(bake_minutes=10, guard=None)


@pytest.mark.proves("S2-35", "S2-36")
def test_two_versions_side_by_side_and_back_when_the_new_one_fails() -> None:
    platform = applied("api-platform-production")
    for name in ("api", "auth"):
        service = platform.service(name)
        configuration = service["deploymentConfiguration"]
        assert (configuration["strategy"], configuration["bakeTimeInMinutes"]) == ("BLUE_GREEN", "10")
        assert service["alarms"]["rollback"] is True
        assert service["alarms"]["enable"] is True
        assert len(service["alarms"]["alarmNames"]) == 2
        groups = [
            group
            for group in platform.of("lb/targetGroup:TargetGroup")
            if group.startswith(f"api-prod-{name}")
        ]
        assert len(groups) == 2
        [balancer] = service["loadBalancers"]
        assert balancer["advancedConfiguration"]["alternateTargetGroupArn"]


SCALING = {
    "min": 2,
    "max": 20,
    "cpu_percent": 70,
    "memory_percent": 75,
    "requests_per_target": 1000,
    "steps": {90: 4, 80: 2},
    "windows": {
        "morning": {"schedule": "cron(0 6 ? * MON-FRI *)", "min": 4, "max": 20, "timezone": "Europe/Madrid"}
    },
    "forecast": {"cpu_percent": 50, "act": False},
}


@pytest.fixture(scope="module")
def scaled() -> Mapping[str, Any]:
    web = {"desired_count": 2, "scaling": SCALING, "connection_pool_size": 1}
    stack = applied("dev", {"services": {"web": web}})
    return {**stack.answers, "policies": stack.of("appautoscaling/policy:Policy")}


@pytest.mark.proves("S1-49", "S4-47", "S2-43")
def test_tasks_follow_the_load_between_two_and_twenty(scaled: Mapping[str, Any]) -> None:
    [target] = scaled["scalable"]
    assert (target["MinCapacity"], target["MaxCapacity"]) == (2, 20)
    goals = {
        made["predefinedMetricSpecification"]["predefinedMetricType"]: made["targetValue"]
        for one in scaled["policies"].values()
        if (made := one.get("targetTrackingScalingPolicyConfiguration"))
    }
    assert goals == {
        "ECSServiceAverageCPUUtilization": 70,
        "ECSServiceAverageMemoryUtilization": 75,
        "ALBRequestCountPerTarget": 1000,
    }


def test_a_jump_adds_several_at_once(scaled: Mapping[str, Any]) -> None:
    [steps] = [
        made["stepAdjustments"]
        for one in scaled["policies"].values()
        if (made := one.get("stepScalingPolicyConfiguration"))
    ]
    assert [step["scalingAdjustment"] for step in steps] == [2, 4]


@pytest.mark.proves("S1-50")
def test_tasks_are_forecast(scaled: Mapping[str, Any]) -> None:
    [forecast] = [
        made
        for one in scaled["policies"].values()
        if (made := one.get("predictiveScalingPolicyConfiguration"))
    ]
    assert forecast["mode"] == "ForecastOnly"
    assert [float(one["targetValue"]) for one in forecast["metricSpecifications"]] == [50.0]


@pytest.mark.proves("S4-48")
def test_known_times_have_their_own_limits(scaled: Mapping[str, Any]) -> None:
    [action] = scaled["scheduled"]
    assert (action["Schedule"], action["Timezone"]) == ("cron(0 6 ? * MON-FRI *)", "Europe/Madrid")
    assert action["ScalableTargetAction"] == {"MinCapacity": 4, "MaxCapacity": 20}


def test_without_scaling_there_is_none() -> None:
    assert scaling_of(loaded("dev"), "web") is None
