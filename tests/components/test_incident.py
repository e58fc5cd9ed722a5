"""One page per incident, and somebody else when nobody got up."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.alarm import Alarm, Severity, Window, above
from components.alarms import Alarms, Escalation
from components.composite import all_of, any_of
from components.database import Database
from components.errors import ComponentError
from components.escalation import unresolved
from components.metric import Metric
from simcloud.testing import Simulation
from tests.components.recording import Cloud
from tests.components.test_alarms import TARGET, FakeGateway, alarms_args, topic
from tests.components.test_database import database_args

METRIC = Metric(namespace="N", name="M", dimensions={}, statistic="Sum", label="m")
GATEWAY: Any = FakeGateway()


def watched_together(**changes: Any) -> Callable[[], Alarms]:
    def program() -> Alarms:
        alarms = Alarms("la-prod-alarms", alarms_args(**changes))
        with alarms.incident():
            alarms.watch_gateway(GATEWAY, TARGET)
            alarms.watch_database(Database("la-prod-database", database_args()))
        return alarms

    return program


@pytest.mark.proves("S1-67")
def test_an_incident_pages_once(cloud: Cloud) -> None:
    cloud.deploy(watched_together())
    made = cloud.one("CompositeAlarm")
    assert (made.name, made.parent) == ("la-prod-alarms-incident", "la-prod-alarms")
    critical = [
        "la-prod-gateway-error-rate-critical",
        "la-prod-gateway-latency-p95-critical",
        "la-prod-gateway-no-healthy-target",
        "la-prod-database-primary-down",
        "la-prod-database-primary-free-storage",
    ]
    assert made.inputs["alarmRule"] == " OR ".join(f'ALARM("{name}")' for name in critical)
    assert made.inputs["alarmActions"] == made.inputs["okActions"] == [topic("critical")]
    assert set(made.after) >= set(critical)
    paging = [
        alarm.name
        for alarm in cloud.of("MetricAlarm")
        if alarm.inputs.get("alarmActions") == [topic("critical")]
    ]
    assert paging == []


def test_what_can_wait_does_not_hide_in_an_incident(cloud: Cloud) -> None:
    cloud.deploy(watched_together())
    told = [
        made.name for made in cloud.of("MetricAlarm") if made.inputs.get("alarmActions") == [topic("warning")]
    ]
    assert told == [
        "la-prod-database-primary-cpu",
        "la-prod-gateway-error-rate-warning",
        "la-prod-gateway-latency-p95-warning",
        "la-prod-gateway-unhealthy-targets",
    ]


def test_what_is_watched_after_an_incident_pages_again(cloud: Cloud) -> None:
    def program() -> None:
        alarms = Alarms("la-prod-alarms", alarms_args())
        with alarms.incident():
            alarms.watch_database(Database("la-prod-database", database_args()))
        alarms.watch_gateway(GATEWAY, TARGET)

    cloud.deploy(program)
    inputs = cloud.named("MetricAlarm", "la-prod-gateway-no-healthy-target").inputs
    assert inputs["alarmActions"] == [topic("critical")]


def test_an_incident_that_was_never_put_together_makes_no_composite(cloud: Cloud) -> None:
    def program() -> None:
        alarms = Alarms("la-prod-alarms", alarms_args())
        with alarms.incident():
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cloud.deploy(program)
    assert cloud.of("CompositeAlarm") == []


def test_an_incident_within_another_is_refused(cloud: Cloud) -> None:
    def program() -> None:
        alarms = Alarms("la-prod-alarms", alarms_args())
        with alarms.incident(), alarms.incident("second"):
            pass

    with pytest.raises(ComponentError, match="the incident `second` begins within another one"):
        cloud.deploy(program)


def test_who_does_not_get_up_is_not_the_last_to_hear(cloud: Cloud) -> None:
    escalation = Escalation(emails=("head@example.com",), after_minutes=45)
    cloud.deploy(lambda: watched_outside(escalation))
    late = cloud.named("MetricAlarm", "la-prod-gateway-no-healthy-target-unresolved").inputs
    assert (late["evaluationPeriods"], late["datapointsToAlarm"], late["period"]) == (45, 45, 60)
    assert late["alarmActions"] == [topic("escalated")]
    assert late["alarmDescription"].endswith("every request fails. For 45 minutes now.")
    subscription = cloud.named("TopicSubscription", "la-prod-alarms-escalated-head-example-com").inputs
    assert subscription["endpoint"] == "head@example.com"
    unresolved_ones = [made.name for made in cloud.of("MetricAlarm") if made.name.endswith("-unresolved")]
    assert unresolved_ones == [
        "la-prod-gateway-error-rate-critical-unresolved",
        "la-prod-gateway-latency-p95-critical-unresolved",
        "la-prod-gateway-no-healthy-target-unresolved",
    ]


def watched_outside(escalation: Escalation) -> None:
    Alarms("la-prod-alarms", alarms_args(escalation=escalation)).watch_gateway(GATEWAY, TARGET)


@pytest.mark.proves("S1-67")
def test_an_incident_escalates_once(cloud: Cloud) -> None:
    cloud.deploy(watched_together(escalation=Escalation(urls=("https://example.com/page",))))
    [first, second] = cloud.of("CompositeAlarm")
    assert (first.name, second.name) == ("la-prod-alarms-incident", "la-prod-alarms-incident-escalated")
    assert second.inputs["alarmActions"] == [topic("escalated")]
    assert 'ALARM("la-prod-gateway-error-rate-critical-unresolved")' in second.inputs["alarmRule"]
    assert "unresolved" not in first.inputs["alarmRule"]


@pytest.mark.parametrize(
    ("escalation", "problem"),
    [
        (Escalation(), "the escalation names nobody"),
        (Escalation(emails=("a@b.org",), after_minutes=5), "an escalation after 5 minutes"),
        (Escalation(emails=("a@b.org",), after_minutes=1441), "an escalation after 1441 minutes"),
        (Escalation(emails=("nobody",)), "`nobody` is no e-mail address"),
        (Escalation(urls=("ftp://x.org",)), "an endpoint for messages is no HTTPS URL"),
    ],
)
def test_escalations_that_reach_nobody_are_refused(
    cloud: Cloud, escalation: Escalation, problem: str
) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: Alarms("la-prod-alarms", alarms_args(escalation=escalation)))
    assert problem in str(refused.value)
    assert cloud.made == []


@given(minutes=st.integers(6, 1440), seconds=st.sampled_from([60, 300, 3600]))
def test_what_is_late_waits_at_least_as_long_as_said(minutes: int, seconds: int) -> None:
    first = Alarm("a", Severity.CRITICAL, METRIC, above(1), "Bad.", window=Window(1, 1, seconds))
    [late] = unresolved([first, Alarm("b", Severity.WARNING, METRIC, above(1), "Bad.")], minutes)
    waited = late.window.periods * late.window.seconds
    assert late.window.bad == late.window.periods
    assert minutes * 60 <= waited < minutes * 60 + seconds


def test_rules() -> None:
    assert any_of(["a", "b"]) == 'ALARM("a") OR ALARM("b")'
    assert all_of(["a", "b"]) == 'ALARM("a") AND ALARM("b")'


def test_more_alarms_than_a_rule_takes_are_refused(cloud: Cloud) -> None:
    class Many(FakeGateway):
        def __init__(self, number: int) -> None:
            self.component_name = f"la-prod-gateway-{number}"

    def program() -> None:
        alarms = Alarms("la-prod-alarms", alarms_args())
        with alarms.incident():
            for number in range(34):
                gateway: Any = Many(number)
                alarms.watch_gateway(gateway, TARGET)

    with pytest.raises(
        ComponentError, match=r"102 alarms are too many for one incident\. Expected at most 100"
    ):
        cloud.deploy(program)


def test_cloudwatch_takes_the_incident() -> None:
    """The simulated cloud refuses rules about alarms that are not there, and topics of other regions."""
    simulation = Simulation(stack="production")

    def program() -> None:
        alarms = Alarms("la-prod-alarms", alarms_args(kms_key_arn=None))
        with alarms.incident():
            alarms.watch_gateway(GATEWAY, TARGET)

    simulation.run(program)
    cloudwatch = simulation.client("cloudwatch")
    [composite] = cloudwatch.describe_alarms(AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
    assert composite["AlarmName"] == "la-prod-alarms-incident"
    single = cloudwatch.describe_alarms(AlarmTypes=["MetricAlarm"])["MetricAlarms"]
    assert [alarm["AlarmName"] for alarm in single if "critical" in "".join(alarm["AlarmActions"])] == []
