"""What an environment may cost, and who hears of it when."""

import json
from typing import Any

import pytest

from components.account import Account
from components.budget import Anomaly, Budget, BudgetArgs, CostTag, Line
from components.budget_topic import budget_topic_policy
from components.errors import ComponentError
from simcloud.testing import Simulation
from tests.components.recording import ACCOUNT, Cloud

NAME, MAIL = "la-prod-budget", "team@example.com"
TAG = CostTag(key="Environment", value="production")
# Spanish Practice, cost table: about 525 USD a month.
LINES = {
    "database": Line(monthly_usd=200, services=["Amazon Relational Database Service"]),
    "cache": Line(monthly_usd=50, services=["Amazon ElastiCache"]),
}


def budget(**more: Any) -> Budget:
    return Budget(NAME, BudgetArgs(**{"monthly_usd": 525, "emails": [MAIL], **more}))


@pytest.fixture(scope="module")
def deployed() -> Simulation:
    """A budget with lines, a topic and a tag, standing in the simulated AWS."""
    simulation = Simulation()
    simulation.run(lambda: budget(cost_tag=TAG, own_topic=True, lines=LINES))
    return simulation


def _budgets(simulation: Simulation) -> dict[str, Any]:
    found = simulation.client("budgets").describe_budgets(AccountId=ACCOUNT)["Budgets"]
    return {item["BudgetName"].rsplit("-", 1)[0].removeprefix(NAME): item for item in found}


@pytest.mark.proves("S1-06")
def test_aws_limits_the_month_and_each_line(deployed: Simulation) -> None:
    found = _budgets(deployed)
    assert {name: item["BudgetLimit"] for name, item in found.items()} == {
        "": {"Amount": "525", "Unit": "USD"},
        "-database": {"Amount": "200", "Unit": "USD"},
        "-cache": {"Amount": "50", "Unit": "USD"},
    }
    assert {(item["TimeUnit"], item["BudgetType"]) for item in found.values()} == {("MONTHLY", "COST")}
    tagged = {"TagKeyValue": ["user:Environment$production"]}
    assert found[""]["CostFilters"] == tagged
    assert found["-cache"]["CostFilters"] == {**tagged, "Service": ["Amazon ElastiCache"]}


def test_aws_tells_at_half_at_four_fifths_and_at_all_of_what_is_and_will_be_spent(
    deployed: Simulation,
) -> None:
    client, named = deployed.client("budgets"), _budgets(deployed)[""]["BudgetName"]
    asked = {"AccountId": ACCOUNT, "BudgetName": named}
    found = client.describe_notifications_for_budget(**asked)["Notifications"]
    assert {(item["NotificationType"], item["Threshold"]) for item in found} == {
        (kind, percent) for kind in ("ACTUAL", "FORECASTED") for percent in (50.0, 80.0, 100.0)
    }
    [topic] = deployed.client("sns").list_topics()["Topics"]
    for item in found:
        notification = {key: value for key, value in item.items() if key != "NotificationState"}
        told = client.describe_subscribers_for_notification(**asked, Notification=notification)["Subscribers"]
        assert sorted((who["SubscriptionType"], who["Address"]) for who in told) == [
            ("EMAIL", MAIL),
            ("SNS", topic["TopicArn"]),
        ]


@pytest.mark.proves("S1-06")
def test_aws_looks_for_unusual_costs_of_the_environment(deployed: Simulation) -> None:
    client = deployed.client("ce")
    [monitor] = client.get_anomaly_monitors()["AnomalyMonitors"]
    assert monitor["MonitorType"] == "CUSTOM"
    assert monitor["MonitorSpecification"]["Tags"] == {
        "Key": "Environment",
        "Values": ["production"],
        "MatchOptions": ["EQUALS"],
    }
    found = client.get_anomaly_subscriptions()["AnomalySubscriptions"]
    assert sorted((item["Frequency"], item["Subscribers"][0]["Type"]) for item in found) == [
        ("DAILY", "EMAIL"),
        ("IMMEDIATE", "SNS"),
    ]
    for item in found:
        assert item["MonitorArnList"] == [monitor["MonitorArn"]]
        assert [
            (part["Dimensions"]["Key"], part["Dimensions"]["Values"])
            for part in item["ThresholdExpression"]["And"]
        ] == [("ANOMALY_TOTAL_IMPACT_ABSOLUTE", ["20"]), ("ANOMALY_TOTAL_IMPACT_PERCENTAGE", ["40"])]


def test_only_budgets_and_anomalies_of_the_account_publish(deployed: Simulation) -> None:
    sns = deployed.client("sns")
    [topic] = sns.list_topics()["Topics"]
    attributes = sns.get_topic_attributes(TopicArn=topic["TopicArn"])["Attributes"]
    here = Account(id=ACCOUNT, region="us-east-1", partition="aws", dns_suffix="amazonaws.com")
    assert json.loads(attributes["Policy"]) == json.loads(budget_topic_policy(here, topic["TopicArn"]))
    budgets, anomalies, plain = json.loads(attributes["Policy"])["Statement"]
    assert budgets["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
        "ArnLike": {"aws:SourceArn": f"arn:aws:budgets::{ACCOUNT}:*"},
    }
    assert anomalies["Principal"] == {"Service": "costalerts.amazonaws.com"}
    assert plain["Effect"] == "Deny"
    key = deployed.client("kms").describe_key(KeyId=f"alias/{NAME}-topic")["KeyMetadata"]
    assert attributes["KmsMasterKeyId"] == key["Arn"]


def test_without_a_tag_the_whole_account_is_watched_by_service(cloud: Cloud) -> None:
    cloud.deploy(budget)
    assert cloud.one("AnomalyMonitor").inputs["monitorDimension"] == "SERVICE"
    assert "costFilters" not in cloud.one("Budget").inputs
    assert cloud.of("Topic") == []
    assert [made.name for made in cloud.of("AnomalySubscription")] == [f"{NAME}-mails"]


def test_a_given_topic_and_an_existing_monitor_are_used(cloud: Cloud) -> None:
    anomaly = Anomaly(min_usd=5.5, min_percent=0, existing_monitor_arn="arn:monitor")
    cloud.deploy(lambda: budget(emails=[], topic_arn="arn:aws:sns:us-east-1:1:t", anomaly=anomaly))
    assert cloud.of("AnomalyMonitor") == []
    subscription = cloud.one("AnomalySubscription").inputs
    assert subscription["monitorArnLists"] == ["arn:monitor"]
    values = [part["dimension"]["values"] for part in subscription["thresholdExpression"]["ands"]]
    assert values == [["5.5"], ["0"]]
    for notification in cloud.one("Budget").inputs["notifications"]:
        assert "subscriberEmailAddresses" not in notification


def test_detection_and_forecasts_can_be_left_out(cloud: Cloud) -> None:
    made = cloud.deploy(lambda: budget(anomaly=None, forecast_percent=(), actual_percent=(90,)))
    assert {item.type for item in cloud.made} == {"Budget"}
    [notification] = cloud.one("Budget").inputs["notifications"]
    assert (notification["notificationType"], notification["threshold"]) == ("ACTUAL", 90)
    assert made.monitor_arn is None


def test_a_great_limit_is_written_out(cloud: Cloud) -> None:
    cloud.deploy(lambda: budget(monthly_usd=1_234_567.5))
    assert cloud.one("Budget").inputs["limitAmount"] == "1234567.5"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"monthly_usd": 0}, "monthly_usd is 0. Expected more than nothing. Fix: correct it."),
        (
            {"monthly_usd": 200, "lines": LINES},
            "the lines come to 250 USD and the budget to 200. Expected lines that fit into the budget. "
            "Fix: raise `monthly_usd` or lower a line.",
        ),
        (
            {"lines": {"x": Line(monthly_usd=1, services=[])}},
            "the lines x name no service. Expected at least one. Fix: add `services`.",
        ),
        (
            {"emails": []},
            "nobody would hear of it. Expected an address or a topic. Fix: add `emails` or `topic_arn`.",
        ),
        (
            {"own_topic": True, "topic_arn": "t"},
            "a topic of its own and another one. Expected one of them. Fix: drop `own_topic` or `topic_arn`.",
        ),
        (
            {"emails": [f"a{number}@example.com" for number in range(11)]},
            "11 addresses. Expected at most 10. Fix: use a list's address, or a topic.",
        ),
        (
            {"anomaly": Anomaly(min_usd=-1)},
            "anomalies of less than nothing. Expected 0 or more. Fix: correct `anomaly`.",
        ),
        (
            {"actual_percent": (0,)},
            "notifications at 0, 50, 80, 100 %. Expected 1 % or more. Fix: correct the percentages.",
        ),
        (
            {"actual_percent": (50, 50)},
            "actual_percent has a percentage twice. Expected each once. Fix: correct `actual_percent`.",
        ),
        (
            {"actual_percent": tuple(range(10, 90, 10))},
            "11 notifications. Expected 1 to 10, as Budgets takes them. Fix: change the percentages.",
        ),
        (
            {"emails": ["nobody"]},
            "`nobody` is no e-mail address. Expected something like team@example.com. Fix: correct or remove it.",
        ),
    ],
)
def test_contradictions_are_refused(cloud: Cloud, more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: budget(**more))
    assert str(refused.value) == f"{NAME}: {sentence}"
    assert cloud.made == []
