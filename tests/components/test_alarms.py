"""Alarms: who is told, under which names, at which thresholds, and what silence means."""

from dataclasses import replace
from typing import Any

import pulumi
import pytest

from components.alarms import Alarms, AlarmsArgs, Escalation, ExistingTopics, Thresholds
from components.cache import Cache
from components.cluster import Cluster, ClusterArgs
from components.database import NO_ROTATION, Database
from components.errors import ComponentError
from components.gateway import Target
from components.service import Service, ServiceArgs
from tests.components.recording import ACCOUNT, REGION, Cloud
from tests.components.test_cache import cache_args
from tests.components.test_database import database_args

KEY = "arn:aws:kms:us-east-1:123456789012:key/k"
TARGET = Target(
    arn=pulumi.Output.from_input("arn:target"),
    arn_suffix=pulumi.Output.from_input("targetgroup/web/7"),
    listener_arn=pulumi.Output.from_input("arn:listener"),
    port=3000,
)


class FakeGateway:
    """As much of a gateway as alarms look at."""

    component_name = "la-prod-gateway"
    arn_suffix = pulumi.Output.from_input("app/la/5")


def alarms_args(**changes: Any) -> AlarmsArgs:
    given: dict[str, Any] = {"critical_emails": ["oncall@example.com"], "kms_key_arn": KEY}
    return AlarmsArgs(**{**given, **changes})


def topic(severity: str) -> str:
    return f"arn:aws:test:{REGION}:{ACCOUNT}:Topic/la-prod-alarms-{severity}"


def watch_gateway(cloud: Cloud, **changes: Any) -> Alarms:
    def program() -> Alarms:
        alarms = Alarms("la-prod-alarms", alarms_args(**changes))
        alarms.watch_gateway(FakeGateway(), TARGET)  # type: ignore[arg-type]
        return alarms

    return cloud.deploy(program)


def test_topics_are_encrypted_and_closed(cloud: Cloud) -> None:
    cloud.deploy(lambda: Alarms("la-prod-alarms", alarms_args()))
    assert [made.name for made in cloud.of("Topic")] == ["la-prod-alarms-critical", "la-prod-alarms-warning"]
    assert {made.inputs["kmsMasterKeyId"] for made in cloud.of("Topic")} == {KEY}
    publish, *_, plain = cloud.of("TopicPolicy")[0].document("policy")["Statement"]
    assert publish["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert publish["Action"] == ["sns:Publish"]
    assert publish["Resource"] == [topic("critical")]
    assert publish["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
        "ArnLike": {"aws:SourceArn": f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:*"},
    }
    assert (plain["Effect"], plain["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_without_a_key_the_topics_get_their_own(cloud: Cloud) -> None:
    cloud.deploy(lambda: Alarms("la-prod-alarms", alarms_args(kms_key_arn=None)))
    assert cloud.one("Alias").inputs["name"] == "alias/la-prod-alarms"
    key_arn = f"arn:aws:test:{REGION}:{ACCOUNT}:Key/la-prod-alarms-key"
    assert {made.inputs["kmsMasterKeyId"] for made in cloud.of("Topic")} == {key_arn}


@pytest.mark.proves("S4-35")
def test_everybody_subscribes_once(cloud: Cloud) -> None:
    emails = ["a.b@example.com", "a.b@example.com", "c@example.com"]
    cloud.deploy(
        lambda: Alarms("la-prod-alarms", alarms_args(critical_emails=emails, warning_emails=["d@e.org"]))
    )
    assert [
        (made.name, made.inputs["protocol"], made.inputs["endpoint"])
        for made in cloud.of("TopicSubscription")
    ] == [
        ("la-prod-alarms-critical-a-b-example-com", "email", "a.b@example.com"),
        ("la-prod-alarms-critical-c-example-com", "email", "c@example.com"),
        ("la-prod-alarms-warning-d-e-org", "email", "d@e.org"),
    ]


def test_the_names_of_the_gateways_alarms(cloud: Cloud) -> None:
    alarms = watch_gateway(cloud)
    assert alarms.alarm_names == [
        "la-prod-gateway-error-rate-critical",
        "la-prod-gateway-error-rate-warning",
        "la-prod-gateway-latency-p95-critical",
        "la-prod-gateway-latency-p95-warning",
        "la-prod-gateway-no-healthy-target",
        "la-prod-gateway-unhealthy-targets",
    ]
    assert sorted(alarms.alarm_names) == [made.inputs["name"] for made in cloud.of("MetricAlarm")]
    assert {made.parent for made in cloud.of("MetricAlarm")} == {"la-prod-alarms"}


@pytest.mark.proves("S1-67", "S4-33")
def test_the_error_rate_counts_what_the_load_balancer_refused(cloud: Cloud) -> None:
    watch_gateway(cloud)
    inputs = cloud.named("MetricAlarm", "la-prod-gateway-error-rate-critical").inputs
    assert inputs["threshold"] == 5
    assert inputs["comparisonOperator"] == "GreaterThanThreshold"
    assert inputs["treatMissingData"] == "notBreaching"
    assert inputs["alarmActions"] == inputs["okActions"] == [topic("critical")]
    rate, *parts = inputs["metricQueries"]
    assert rate["expression"] == (
        "100 * (FILL(target_errors, 0) + FILL(own_errors, 0)) / (FILL(requests, 0) + FILL(own_errors, 0))"
    )
    assert (rate["id"], rate["returnData"]) == ("rate", True)
    assert [(part["id"], part["metric"]["metricName"], part["metric"]["stat"]) for part in parts] == [
        ("requests", "RequestCount", "Sum"),
        ("target_errors", "HTTPCode_Target_5XX_Count", "Sum"),
        ("own_errors", "HTTPCode_ELB_5XX_Count", "Sum"),
    ]
    assert {part["metric"]["dimensions"]["LoadBalancer"] for part in parts} == {"app/la/5"}
    assert not any(part["returnData"] for part in parts)


@pytest.mark.proves("S4-37")
def test_latency_is_a_percentile(cloud: Cloud) -> None:
    watch_gateway(cloud)
    inputs = cloud.named("MetricAlarm", "la-prod-gateway-latency-p95-warning").inputs
    assert (inputs["extendedStatistic"], inputs["threshold"]) == ("p95", 1)
    assert inputs["evaluateLowSampleCountPercentiles"] == "ignore"
    assert inputs["dimensions"] == {"LoadBalancer": "app/la/5", "TargetGroup": "targetgroup/web/7"}
    assert inputs["alarmActions"] == [topic("warning")]
    assert "statistic" not in inputs


@pytest.mark.proves("S4-35")
def test_silence_of_a_group_without_targets_is_bad(cloud: Cloud) -> None:
    watch_gateway(cloud)
    inputs = cloud.named("MetricAlarm", "la-prod-gateway-no-healthy-target").inputs
    assert (inputs["metricName"], inputs["treatMissingData"]) == ("HealthyHostCount", "breaching")
    assert (inputs["comparisonOperator"], inputs["threshold"]) == ("LessThanThreshold", 1)


def test_thresholds_are_those_that_were_given(cloud: Cloud) -> None:
    limits = Thresholds(error_rate_critical_percent=10, latency_p95_critical_seconds=3)
    watch_gateway(cloud, thresholds=limits)
    found = {made.name: made.inputs["threshold"] for made in cloud.of("MetricAlarm")}
    assert found["la-prod-gateway-error-rate-critical"] == 10
    assert found["la-prod-gateway-latency-p95-critical"] == 3


def test_a_component_is_watched_once(cloud: Cloud) -> None:
    def program() -> None:
        alarms = Alarms("la-prod-alarms", alarms_args())
        for _ in range(2):
            alarms.watch_gateway(FakeGateway(), TARGET)  # type: ignore[arg-type]

    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == (
        "la-prod-alarms: the alarm `la-prod-gateway-error-rate-critical` exists already: its component "
        "is watched twice. Expected one watch per component. Fix: remove the second call."
    )


@pytest.mark.parametrize(
    ("insights", "names"), [(True, ["cpu", "memory", "no-task"]), (False, ["cpu", "memory"])]
)
def test_a_service(cloud: Cloud, insights: bool, names: list[str]) -> None:
    def program() -> None:
        cluster = Cluster("la-prod", ClusterArgs(container_insights=insights))
        args = ServiceArgs(
            cluster=cluster, vpc_id="vpc-1", subnet_ids=["a"], image="i", port=3000, cpu=256, memory=512
        )
        service = Service("la-prod-web", args)
        Alarms("la-prod-alarms", alarms_args()).watch_service(service, cluster)

    cloud.deploy(program)
    assert [made.name for made in cloud.of("MetricAlarm")] == [f"la-prod-web-{name}" for name in names]
    cpu = cloud.named("MetricAlarm", "la-prod-web-cpu").inputs
    assert (cpu["namespace"], cpu["metricName"], cpu["statistic"]) == ("AWS/ECS", "CPUUtilization", "Average")
    assert (cpu["threshold"], cpu["evaluationPeriods"], cpu["datapointsToAlarm"]) == (80, 10, 8)
    assert cpu["dimensions"] == {"ClusterName": "la-prod-1234567", "ServiceName": "la-prod-web-1234567"}


@pytest.mark.proves("S2-31", "S4-05", "S4-39")
def test_a_database_with_replicas(cloud: Cloud) -> None:
    def program() -> None:
        database = Database(
            "la-prod-database",
            database_args(replicas=2, rotation=NO_ROTATION, parameters={"max_connections": "200"}),
        )
        Alarms("la-prod-alarms", alarms_args()).watch_database(database)

    cloud.deploy(program)
    found = {made.name: made.inputs for made in cloud.of("MetricAlarm")}
    instances = ("primary", "replica-1", "replica-2")
    whats = ("down", "cpu", "free-storage", "connections")
    expected = {f"la-prod-database-{instance}-{what}" for instance in instances for what in whats}
    assert set(found) == expected | {f"la-prod-database-replica-{number}-lag" for number in (1, 2)}
    storage = found["la-prod-database-primary-free-storage"]
    assert storage["threshold"] == 20 * 1024**3
    assert storage["alarmActions"] == [topic("critical")]
    assert found["la-prod-database-primary-connections"]["threshold"] == 160
    lag = found["la-prod-database-replica-2-lag"]
    assert (lag["metricName"], lag["threshold"], lag["treatMissingData"]) == ("ReplicaLag", 10, "breaching")
    assert lag["dimensions"] == {"DBInstanceIdentifier": "la-prod-database-replica-2"}


@pytest.mark.proves("S4-35")
def test_a_database_that_is_silent_is_down(cloud: Cloud) -> None:
    def program() -> None:
        database = Database("la-prod-database", database_args(replicas=1, rotation=NO_ROTATION))
        Alarms("la-prod-alarms", alarms_args()).watch_database(database)

    cloud.deploy(program)
    down = cloud.named("MetricAlarm", "la-prod-database-primary-down").inputs
    assert (down["metricName"], down["statistic"]) == ("CPUUtilization", "SampleCount")
    assert (down["comparisonOperator"], down["threshold"]) == ("LessThanThreshold", 1)
    assert (down["evaluationPeriods"], down["datapointsToAlarm"], down["period"]) == (5, 5, 60)
    assert (down["treatMissingData"], down["alarmActions"]) == ("breaching", [topic("critical")])
    replica = cloud.named("MetricAlarm", "la-prod-database-replica-1-down").inputs
    assert replica["alarmActions"] == [topic("warning")]


def test_connections_are_not_watched_against_an_unknown_limit(cloud: Cloud) -> None:
    def program() -> None:
        Alarms("la-prod-alarms", alarms_args()).watch_database(Database("la-prod-database", database_args()))

    cloud.deploy(program)
    assert [made.name for made in cloud.of("MetricAlarm")] == [
        "la-prod-database-primary-cpu",
        "la-prod-database-primary-down",
        "la-prod-database-primary-free-storage",
    ]


def test_each_node_of_a_cache(cloud: Cloud) -> None:
    def program() -> None:
        Alarms("la-prod-alarms", alarms_args()).watch_cache(Cache("la-prod-cache", cache_args(replicas=1)))

    cloud.deploy(program)
    found = {made.name: made.inputs for made in cloud.of("MetricAlarm")}
    whats = ("cpu", "memory", "evictions")
    assert set(found) == {f"la-prod-cache-{node}-{what}" for node in ("001", "002") for what in whats}
    memory = found["la-prod-cache-002-memory"]
    assert (memory["metricName"], memory["threshold"]) == ("DatabaseMemoryUsagePercentage", 80)
    assert memory["dimensions"] == {"CacheClusterId": "la-prod-cache-1234567-002"}


@pytest.mark.proves("S0-70", "S3-27")
def test_a_cache_that_is_to_be_hit(cloud: Cloud) -> None:
    def program() -> None:
        cache = Cache("la-prod-cache", cache_args(replicas=0, multi_az=False))
        Alarms("la-prod-alarms", alarms_args()).watch_cache(cache, hit_percent=80)

    cloud.deploy(program)
    inputs = cloud.named("MetricAlarm", "la-prod-cache-001-hit-rate").inputs
    assert (inputs["metricName"], inputs["threshold"]) == ("CacheHitRate", 80)
    assert (inputs["comparisonOperator"], inputs["treatMissingData"]) == ("LessThanThreshold", "notBreaching")


@pytest.mark.proves("S1-67")
def test_what_is_not_as_usual(cloud: Cloud) -> None:
    def program() -> None:
        alarms = Alarms("la-prod-alarms", alarms_args())
        alarms.watch_habits(FakeGateway(), TARGET, width=4)  # type: ignore[arg-type]

    cloud.deploy(program)
    found = {made.name: made.inputs for made in cloud.of("MetricAlarm")}
    assert set(found) == {"la-prod-gateway-unusual-latency", "la-prod-gateway-unusual-requests"}
    requests, latency = found["la-prod-gateway-unusual-requests"], found["la-prod-gateway-unusual-latency"]
    assert requests["comparisonOperator"] == "LessThanLowerOrGreaterThanUpperThreshold"
    assert latency["comparisonOperator"] == "GreaterThanUpperThreshold"
    band, watched = latency["metricQueries"]
    assert latency["thresholdMetricId"] == band["id"] == "usual"
    assert band["expression"] == "ANOMALY_DETECTION_BAND(watched, 4)"
    assert (watched["id"], watched["returnData"], band["returnData"]) == ("watched", True, True)
    assert (watched["metric"]["metricName"], watched["metric"]["stat"]) == ("TargetResponseTime", "p95")
    assert (watched["metric"]["period"], latency["evaluationPeriods"]) == (300, 3)
    assert "threshold" not in latency
    assert latency["alarmActions"] == [topic("warning")]


def test_endpoints_confirm_by_themselves_and_stay_secret(cloud: Cloud) -> None:
    url = "https://events.pagerduty.com/integration/abc/enqueue"
    cloud.deploy(lambda: Alarms("la-prod-alarms", alarms_args(critical_emails=[], critical_urls=[url])))
    made = cloud.one("TopicSubscription")
    assert made.name == "la-prod-alarms-critical-url-1"
    assert (made.inputs["protocol"], made.inputs["endpointAutoConfirms"]) == ("https", True)
    assert pulumi.runtime.rpc.is_rpc_secret(made.inputs["endpoint"])
    assert pulumi.runtime.rpc.unwrap_rpc_secret(made.inputs["endpoint"]) == url


@pytest.mark.parametrize("url", ["http://example.com/x", "https://localhost", "pagerduty"])
def test_what_is_no_https_endpoint_is_refused_without_repeating_it(cloud: Cloud, url: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: Alarms("la-prod-alarms", alarms_args(warning_urls=[url])))
    assert str(refused.value) == (
        "la-prod-alarms: an endpoint for messages is no HTTPS URL. Expected https:// and a host. "
        "Fix: correct or remove it."
    )
    assert cloud.made == []


def test_what_is_no_address_is_refused(cloud: Cloud) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: Alarms("la-prod-alarms", alarms_args(warning_emails=["oncall"])))
    assert str(refused.value) == (
        "la-prod-alarms: `oncall` is no e-mail address. Expected something like team@example.com. "
        "Fix: correct or remove it."
    )
    assert cloud.made == []


THEIRS = ExistingTopics(
    critical_arn="arn:aws:sns:us-east-1:1:page", warning_arn="arn:aws:sns:us-east-1:1:mail"
)


def with_theirs(**changes: Any) -> AlarmsArgs:
    return AlarmsArgs(**{"existing": THEIRS, **changes})


def test_topics_that_exist_are_told_and_left_as_they_are(cloud: Cloud) -> None:
    def program() -> Alarms:
        alarms = Alarms("la-prod-alarms", with_theirs())
        alarms.watch_gateway(FakeGateway(), TARGET)  # type: ignore[arg-type]
        return alarms

    made = cloud.deploy(program)
    assert {item.type for item in cloud.made} == {"MetricAlarm"}
    assert cloud.value(made.critical_topic_arn) == THEIRS.critical_arn
    told = {
        item.name.rsplit("-", 1)[-1]: item.inputs["alarmActions"]
        for item in cloud.made
        if item.name.startswith("la-prod-gateway-error-rate")
    }
    assert told == {"critical": [THEIRS.critical_arn], "warning": [THEIRS.warning_arn]}


def test_an_escalation_is_told_to_a_topic_that_exists(cloud: Cloud) -> None:
    existing = replace(THEIRS, escalated_arn="arn:aws:sns:us-east-1:1:head")

    def program() -> None:
        args = with_theirs(existing=existing, escalation=Escalation(after_minutes=45))
        Alarms("la-prod-alarms", args).watch_gateway(FakeGateway(), TARGET)  # type: ignore[arg-type]

    cloud.deploy(program)
    late = cloud.named("MetricAlarm", "la-prod-gateway-no-healthy-target-unresolved").inputs
    assert late["alarmActions"] == [existing.escalated_arn]
    assert cloud.of("Topic") == []


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (
            with_theirs(critical_emails=["a@b.org"], kms_key_arn="arn:key"),
            "critical_emails, kms_key_arn for topics that somebody else owns. Expected `existing` alone: its owner "
            "subscribes people and chooses the key. Fix: drop critical_emails and kms_key_arn, or `existing`.",
        ),
        (
            with_theirs(escalation=Escalation()),
            "an escalation without a topic of its own, or a topic for none. Expected `existing.escalated_arn` together "
            "with `escalation`. Fix: add what is missing, or drop the other.",
        ),
        (
            with_theirs(existing=replace(THEIRS, escalated_arn="arn")),
            "an escalation without a topic of its own, or a topic for none. Expected `existing.escalated_arn` together "
            "with `escalation`. Fix: add what is missing, or drop the other.",
        ),
        (
            with_theirs(escalation=Escalation(emails=("a@b.org",))),
            "the escalation names people for a topic that somebody else owns. Expected `after_minutes` alone: the "
            "owner of the topic subscribes people. Fix: drop `emails` and `urls` of the escalation.",
        ),
    ],
)
def test_listeners_of_topics_that_exist_are_refused(cloud: Cloud, args: AlarmsArgs, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: Alarms("la-prod-alarms", args))
    assert str(refused.value) == f"la-prod-alarms: {sentence}"
    assert cloud.made == []
