"""Uptime: who asks what how often, and who hears when no answer comes."""

from typing import Any

import pytest

from components.alarms import Alarms
from components.errors import ComponentError
from components.observability import Observability, ObservabilityArgs
from components.uptime import Uptime, UptimeArgs
from simcloud.testing import Simulation
from tests.components.recording import Cloud
from tests.components.test_alarms import alarms_args

HOST = "app.example.com"


def uptime_args(**changes: Any) -> UptimeArgs:
    return UptimeArgs(**{"host": HOST, "path": "/api/health", **changes})


@pytest.fixture(scope="module")
def deployed() -> Simulation:
    simulation = Simulation(stack="production", region="eu-west-1")

    def program() -> None:
        uptime = Uptime("la-prod-uptime", uptime_args())
        far = alarms_args(kms_key_arn=None, region="us-east-1", critical_urls=["https://pager.example.com/x"])
        Alarms("la-prod-global", far).watch_uptime(uptime)

    simulation.run(program)
    return simulation


@pytest.mark.proves("S2-09", "S2-30")
def test_it_is_asked_over_https_from_three_regions_every_half_minute(deployed: Simulation) -> None:
    [check] = deployed.client("route53").list_health_checks()["HealthChecks"]
    config = check["HealthCheckConfig"]
    assert (config["Type"], config["Port"], config["FullyQualifiedDomainName"]) == ("HTTPS", 443, HOST)
    assert (config["ResourcePath"], config["EnableSNI"]) == ("/api/health", True)
    assert (config["RequestInterval"], config["FailureThreshold"]) == (30, 3)
    assert sorted(config["Regions"]) == ["ap-southeast-1", "eu-west-1", "us-east-1"]


def test_its_alarm_its_topics_and_their_key_are_where_route_53_tells_it(deployed: Simulation) -> None:
    [alarm] = deployed.client("cloudwatch", "us-east-1").describe_alarms()["MetricAlarms"]
    [check] = deployed.client("route53").list_health_checks()["HealthChecks"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/Route53", "HealthCheckStatus")
    assert alarm["Dimensions"] == [{"Name": "HealthCheckId", "Value": check["Id"]}]
    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (1, "LessThanThreshold")
    assert alarm["TreatMissingData"] == "breaching"
    [told] = alarm["AlarmActions"]
    assert told.startswith("arn:aws:sns:us-east-1:")
    assert "la-prod-global-critical" in told
    assert deployed.client("cloudwatch", "eu-west-1").describe_alarms()["MetricAlarms"] == []
    topic = deployed.client("sns", "us-east-1").get_topic_attributes(TopicArn=told)["Attributes"]
    assert topic["KmsMasterKeyId"].startswith("arn:aws:kms:us-east-1:")
    assert "arn:aws:cloudwatch:us-east-1:" in topic["Policy"]
    subscribed = deployed.client("sns", "us-east-1").list_subscriptions_by_topic(TopicArn=told)
    assert {one["Protocol"] for one in subscribed["Subscriptions"]} == {"email", "https"}


def test_alarms_elsewhere_refuse_it(cloud: Cloud) -> None:
    def program() -> None:
        alarms = Alarms("la-prod-alarms", alarms_args(region="eu-west-1"))
        alarms.watch_uptime(Uptime("la-prod-uptime", uptime_args()))

    with pytest.raises(ComponentError) as raised:
        cloud.deploy(program)
    assert str(raised.value) == (
        "la-prod-alarms: a health check of Route 53 is to be watched in eu-west-1. Expected alarms in us-east-1, "
        "where its metrics are. Fix: watch it with Alarms of their own that have `region` us-east-1."
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"host": "https://app"}, "it cannot ask https://app/api/health"),
        ({"path": "health"}, "it cannot ask app.example.comhealth"),
        ({"regions": ["us-east-1", "eu-west-1"]}, "it is asked from us-east-1, eu-west-1"),
        ({"regions": ["us-east-1", "eu-west-1", "eu-north-1"]}, "it is asked from eu-north-1"),
        ({"every_seconds": 60}, "it is asked every 60 s. Expected 10 or 30 seconds"),
        ({"failures": 11}, "it is down after 11 failures. Expected 1 to 10"),
    ],
)
def test_what_route_53_would_refuse(cloud: Cloud, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ComponentError) as raised:
        cloud.deploy(lambda: Uptime("la-prod-uptime", uptime_args(**changes)))
    assert words in str(raised.value)
    assert cloud.made == []


def test_the_dashboard_asks_for_its_graph_where_the_metrics_are(cloud: Cloud) -> None:
    def program() -> None:
        board = Observability(
            "la-prod-observability", ObservabilityArgs(dashboard_name="la-prod", metric_namespace="n")
        )
        board.add_uptime(Uptime("la-prod-uptime", uptime_args()))
        board.publish()

    cloud.deploy(program)
    heading, graph = cloud.one("Dashboard").document("dashboardBody")["widgets"]
    assert heading["properties"] == {"markdown": "## la-prod-uptime"}
    assert graph["properties"]["region"] == "us-east-1"
    assert graph["properties"]["metrics"][0][:3] == [
        "AWS/Route53",
        "HealthCheckPercentageHealthy",
        "HealthCheckId",
    ]
