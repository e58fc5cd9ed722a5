"""Objectives: how fast a promise may be broken before somebody is told."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from components.alarm import Severity
from components.alarms import Alarms, Objective
from components.errors import ComponentError
from components.objective import BURNS, bad_percent, check_objective
from simcloud.testing import Simulation
from tests.components.recording import Cloud
from tests.components.test_alarms import TARGET, FakeGateway, alarms_args, topic

GATEWAY: Any = FakeGateway()
NINES = Objective(percent=99.9)


def watch(cloud: Cloud, objective: Objective) -> None:
    cloud.deploy(lambda: Alarms("la-prod-alarms", alarms_args()).watch_objective(GATEWAY, TARGET, objective))


def test_three_nines_in_thirty_days() -> None:
    """14.4, 6 and 3 times as many failures as the promise allows."""
    assert [(burn.hours, bad_percent(NINES, burn)) for burn in BURNS] == [(1, 1.44), (6, 0.6), (24, 0.3)]


@given(percent=st.floats(90, 99.99), days=st.integers(1, 90))
def test_that_share_really_spends_that_much_of_the_budget(percent: float, days: int) -> None:
    objective = Objective(percent=percent, window_days=days)
    for burn in BURNS:
        budget = (100 - percent) * days * 24
        spent = bad_percent(objective, burn) * burn.hours
        assert spent == pytest.approx(budget * burn.spent_percent / 100, rel=1e-3, abs=1e-3)


@given(percent=st.floats(1, 99.99), days=st.integers(1, 365))
def test_what_is_not_refused_can_fire(percent: float, days: int) -> None:
    objective = Objective(percent=percent, window_days=days)
    try:
        check_objective("x", objective)
    except ComponentError:
        assume(False)
    assert all(0 < bad_percent(objective, burn) < 100 for burn in BURNS)


def test_two_windows_and_one_message(cloud: Cloud) -> None:
    watch(cloud, NINES)
    name = "la-prod-gateway-availability-burn-1h"
    made = cloud.named("CompositeAlarm", name)
    assert made.inputs["alarmRule"] == f'ALARM("{name}-long") AND ALARM("{name}-short")'
    assert made.inputs["alarmActions"] == [topic("critical")]
    assert made.inputs["alarmDescription"] == (
        "2 % of what may fail in 30 days failed within 1 h: 99.9 % availability is in danger."
    )
    long, short = (cloud.named("MetricAlarm", f"{name}-{length}").inputs for length in ("long", "short"))
    assert long["threshold"] == short["threshold"] == 1.44
    assert [long["metricQueries"][1]["metric"]["period"], short["metricQueries"][1]["metric"]["period"]] == [
        3600,
        300,
    ]
    assert "alarmActions" not in {*long, *short}
    assert long["evaluationPeriods"] == 1
    assert "HTTPCode_ELB_5XX_Count" in [query["metric"]["metricName"] for query in long["metricQueries"][1:]]


def test_slow_burning_can_wait(cloud: Cloud) -> None:
    watch(cloud, NINES)
    actions = {made.name[-3:]: made.inputs["alarmActions"] for made in cloud.of("CompositeAlarm")}
    assert actions == {"-1h": [topic("critical")], "-6h": [topic("critical")], "24h": [topic("warning")]}
    assert [burn.severity for burn in BURNS] == [Severity.CRITICAL, Severity.CRITICAL, Severity.WARNING]


def test_slow_answers_count_as_broken_promises(cloud: Cloud) -> None:
    watch(cloud, Objective(percent=95, latency_seconds=0.2))
    inputs = cloud.named("MetricAlarm", "la-prod-gateway-latency-burn-6h-long").inputs
    rate, fast = inputs["metricQueries"]
    assert rate["expression"] == "100 - fast"
    assert (fast["metric"]["metricName"], fast["metric"]["stat"]) == ("TargetResponseTime", "PR(:0.2)")
    assert inputs["threshold"] == 30


def test_both_kinds_stand_side_by_side_in_an_incident(cloud: Cloud) -> None:
    def program() -> None:
        alarms = Alarms("la-prod-alarms", alarms_args())
        with alarms.incident():
            alarms.watch_objective(GATEWAY, TARGET, NINES)
            alarms.watch_objective(GATEWAY, TARGET, Objective(percent=95, latency_seconds=0.2))

    cloud.deploy(program)
    rule = cloud.named("CompositeAlarm", "la-prod-alarms-incident").inputs["alarmRule"]
    assert rule == " OR ".join(
        f'ALARM("la-prod-gateway-{kind}-burn-{hours}h")'
        for kind in ("availability", "latency")
        for hours in (1, 6)
    )
    paging = [
        made.name
        for made in cloud.of("CompositeAlarm")
        if made.inputs.get("alarmActions") == [topic("critical")]
    ]
    assert paging == ["la-prod-alarms-incident"]


@pytest.mark.parametrize(
    ("objective", "problem"),
    [
        (Objective(percent=100), "an objective of 100 %"),
        (Objective(percent=0), "an objective of 0 %"),
        (Objective(percent=99, latency_seconds=0), "answers within 0 s"),
        (Objective(percent=99, window_days=0), "a window of 0 days"),
        (Objective(percent=90), "the alarms of 90 % in 30 days would wait for 144 % bad requests"),
    ],
)
def test_objectives_that_are_none_are_refused(cloud: Cloud, objective: Objective, problem: str) -> None:
    with pytest.raises(ComponentError) as refused:
        watch(cloud, objective)
    assert problem in str(refused.value)
    assert cloud.of("MetricAlarm") == []


def test_cloudwatch_takes_the_burn_rates() -> None:
    simulation = Simulation(stack="production")

    def program() -> None:
        alarms = Alarms("la-prod-alarms", alarms_args(kms_key_arn=None))
        alarms.watch_objective(GATEWAY, TARGET, NINES)
        alarms.watch_objective(GATEWAY, TARGET, Objective(percent=95, latency_seconds=0.2))
        alarms.watch_habits(GATEWAY, TARGET)

    simulation.run(program)
    cloudwatch = simulation.client("cloudwatch")
    assert len(cloudwatch.describe_alarms(AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]) == 6
    single = {alarm["AlarmName"]: alarm for alarm in cloudwatch.describe_alarms()["MetricAlarms"]}
    assert len(single) == 12 + 2
    assert single["la-prod-gateway-unusual-latency"]["ThresholdMetricId"] == "usual"
