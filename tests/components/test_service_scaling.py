"""Scaling beyond one goal: steps, windows, forecasts, and what is refused."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.errors import ComponentError
from components.service import Rolling
from components.service_scaling import Forecast, Held, Scaling, Step, Window, check
from components.service_scaling_policies import adjustments
from simcloud.testing import Simulation
from tests.components.recording import Cloud
from tests.components.standing import SERVICE as NAME
from tests.components.standing import behind
from tests.components.test_service import deploy

WORKDAY = Window(name="workday", schedule="cron(0 6 ? * MON-FRI *)", min=4, max=20, timezone="Europe/Berlin")
LEARNERS = Held(name="learners", namespace="learning/production", metric="la-prod-web-learners", value=200)
NIGHT = Window(name="night", schedule="cron(0 20 * * ? *)", min=0, max=0)


def test_steps_answer_a_jump(cloud: Cloud) -> None:
    deploy(cloud, scaling=Scaling(min=1, max=9, steps=[Step(above=60, add=1), Step(above=85, add=4)]))
    policy = cloud.named("Policy", f"{NAME}-scaling-steps").inputs
    assert policy["policyType"] == "StepScaling"
    assert policy["stepScalingPolicyConfiguration"] == {
        "adjustmentType": "ChangeInCapacity",
        "metricAggregationType": "Average",
        "cooldown": 60,
        "stepAdjustments": [
            {"metricIntervalLowerBound": "0", "metricIntervalUpperBound": "25", "scalingAdjustment": 1},
            {"metricIntervalLowerBound": "25", "scalingAdjustment": 4},
        ],
    }
    alarm = cloud.named("MetricAlarm", f"{NAME}-scaling-steps").inputs
    assert (alarm["threshold"], alarm["metricName"]) == (60, "CPUUtilization")
    assert alarm["dimensions"] == {"ClusterName": "la-prod-1234567", "ServiceName": f"{NAME}-1234567"}
    [action] = alarm["alarmActions"]
    assert action.endswith(f"Policy/{NAME}-scaling-steps")


def test_windows_move_the_limits_at_their_times(cloud: Cloud) -> None:
    deploy(cloud, scaling=Scaling(min=2, max=6, windows=[WORKDAY, NIGHT]))
    actions = {made.name: made.inputs for made in cloud.of("ScheduledAction")}
    assert actions[f"{NAME}-scaling-workday"]["scalableTargetAction"] == {"minCapacity": 4, "maxCapacity": 20}
    assert actions[f"{NAME}-scaling-workday"]["schedule"] == "cron(0 6 ? * MON-FRI *)"
    assert actions[f"{NAME}-scaling-workday"]["timezone"] == "Europe/Berlin"
    assert actions[f"{NAME}-scaling-night"]["scalableTargetAction"] == {"minCapacity": 0, "maxCapacity": 0}


@pytest.mark.parametrize(("act", "mode"), [(True, "ForecastAndScale"), (False, "ForecastOnly")])
def test_a_forecast_starts_tasks_before_they_are_needed(cloud: Cloud, act: bool, mode: str) -> None:
    deploy(cloud, scaling=Scaling(min=2, max=6, forecast=Forecast(cpu_percent=40, act=act)))
    policy = cloud.named("Policy", f"{NAME}-scaling-forecast").inputs
    assert policy["policyType"] == "PredictiveScaling"
    assert policy["predictiveScalingPolicyConfiguration"] == {
        "mode": mode,
        "maxCapacityBreachBehavior": "HonorMaxCapacity",
        "schedulingBufferTime": 300,
        "metricSpecifications": [
            {
                "targetValue": "40",
                "predefinedMetricPairSpecification": {"predefinedMetricType": "ECSServiceCPUUtilization"},
            }
        ],
    }


def test_a_metric_of_the_applications_own_is_held_on_average(cloud: Cloud) -> None:
    deploy(cloud, scaling=Scaling(min=2, max=6, held=[LEARNERS]))
    policy = cloud.named("Policy", f"{NAME}-scaling-learners").inputs
    assert policy["targetTrackingScalingPolicyConfiguration"] == {
        "targetValue": 200,
        "scaleInCooldown": 300,
        "scaleOutCooldown": 60,
        "customizedMetricSpecification": {
            "namespace": "learning/production",
            "metricName": "la-prod-web-learners",
            "statistic": "Average",
        },
    }


def test_the_count_is_the_scalings_whatever_its_kind(cloud: Cloud) -> None:
    deploy(cloud, scaling=Scaling(min=2, max=6, cpu_percent=None, windows=[NIGHT]))
    assert cloud.one("Service").ignored == ["desiredCount"]
    assert cloud.of("Policy") == []


def test_aws_takes_all_of_it() -> None:
    scaling = Scaling(
        min=2,
        max=6,
        memory_percent=80,
        held=[LEARNERS],
        steps=[Step(above=90, add=2)],
        windows=[WORKDAY],
        forecast=Forecast(),
    )
    simulation = Simulation()
    simulation.run(lambda: behind(Rolling(), scaling=scaling))
    client = simulation.client("application-autoscaling")
    policies = client.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
    assert sorted(policy["PolicyType"] for policy in policies) == [
        "PredictiveScaling",
        "StepScaling",
        "TargetTrackingScaling",
        "TargetTrackingScaling",
        "TargetTrackingScaling",
    ]
    [action] = client.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"]
    assert action["ScalableTargetAction"] == {"MinCapacity": 4, "MaxCapacity": 20}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(limits=st.sets(st.integers(1, 100), min_size=1, max_size=6).map(sorted))
def test_steps_cover_everything_above_the_first_once(limits: list[int]) -> None:
    found = adjustments([Step(above=limit, add=1) for limit in limits])
    bounds: list[Any] = [
        (item.metric_interval_lower_bound, item.metric_interval_upper_bound) for item in found
    ]
    assert bounds[0][0] == "0"
    assert bounds[-1][1] is None
    assert [upper for _, upper in bounds[:-1]] == [lower for lower, _ in bounds[1:]]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"cpu_percent": None},
            "nothing ever takes tasks away: there is no goal, no window and no forecast. Expected one of "
            "cpu_percent, memory_percent, requests_per_target, held, windows, forecast. Fix: keep cpu_percent, or "
            "leave `scaling` out.",
        ),
        (
            {"steps": [Step(above=80, add=2), Step(above=70, add=1)]},
            "steps at 80 (+2), 70 (+1). Expected at most 20 steps, each above the one before and adding a task or "
            "more. Fix: sort the steps and correct them.",
        ),
        (
            {"steps": [Step(above=80, add=0)]},
            "steps at 80 (+0). Expected at most 20 steps, each above the one before and adding a task or more. "
            "Fix: sort the steps and correct them.",
        ),
        (
            {"held": [Held(name="cpu", namespace="a", metric="b", value=1)]},
            "metrics named cpu are held. Expected each name once, and none of cpu, memory, requests, steps, forecast. "
            "Fix: rename one of them.",
        ),
        (
            {"held": [Held(name="learners", namespace="a", metric="b", value=0)]},
            "learners is held at 0. Expected more than 0. Fix: correct its value.",
        ),
        (
            {"cpu_percent": 700},
            "cpu_percent is held at 700. Expected 1 to 100 percent, for no more is ever reached. "
            "Fix: correct `cpu_percent`.",
        ),
        (
            {"memory_percent": 0},
            "memory_percent is held at 0. Expected 1 to 100 percent, for no more is ever reached. "
            "Fix: correct `memory_percent`.",
        ),
        (
            {"forecast": Forecast(cpu_percent=101)},
            "forecast.cpu_percent is held at 101. Expected 1 to 100 percent, for no more is ever reached. "
            "Fix: correct `forecast.cpu_percent`.",
        ),
        (
            {"requests_per_target": 0},
            "0 requests per task and minute. Expected one or more. Fix: correct `requests_per_target`.",
        ),
        (
            {"windows": [NIGHT, NIGHT]},
            "windows named night, night. Expected each name once. Fix: rename one of them.",
        ),
        (
            {"windows": [Window(name="odd", schedule="cron(0 6 * * ? *)", min=3, max=1)]},
            "between 3 and 1 tasks in the window odd. Expected 0 ≤ min ≤ max. Fix: swap or raise the limits.",
        ),
        (
            {"windows": [Window(name="odd", schedule="every morning", min=1, max=2)]},
            "the window odd begins at 'every morning'. Expected cron(…), at(…) or rate(…). "
            "Fix: write cron(0 6 * * ? *) for every day at six.",
        ),
    ],
)
def test_contradictions_are_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        check("web", Scaling(min=1, max=2, **changes), has_target=True)
    assert str(refused.value) == f"web: {sentence}"
