"""Whatever a component is told to tell a topic of `Alarms` gets there: the topic and its key let it in."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from components.alarms import Alarms, AlarmsArgs
from components.audit import Audit, AuditArgs
from components.backup import Backup, BackupArgs, Selection
from components.budget import Budget, BudgetArgs
from components.cluster import Cluster, ClusterArgs
from components.database import Events
from components.job import Job, JobArgs
from components.key import Key, KeyArgs
from simcloud.bindings import _grants
from simcloud.testing import Simulation
from tests.components.database_in_aws import NAME, Given, database, deployed
from tests.components.recording import ACCOUNT, REGION
from tests.components.standing import DIGEST

CRITICAL = "la-prod-alarms-critical"


def program(given: Given, *, own_key: bool) -> None:
    """One of everything that tells somebody."""
    key = None if own_key else Key("la-prod-messages", KeyArgs(alias="la-messages", description="All")).arn
    topic = Alarms("la-prod-alarms", AlarmsArgs(kms_key_arn=key)).critical_topic_arn
    database(given, events=Events(topic_arn=topic))
    selections = {"all": Selection(tags={"Backup": "yes"})}
    Backup("la-prod-backup", BackupArgs(selections=selections, topic_arn=topic))
    Audit("la-audit", AuditArgs(alarm_topic_arn=topic, finding_emails=["security@example.com"]))
    Budget("la-prod-budget", BudgetArgs(monthly_usd=500, topic_arn=topic))
    job = JobArgs(
        cluster=Cluster("la-prod", ClusterArgs()),
        vpc_id=given["vpc_id"],
        subnet_ids=given["private_subnet_ids"],
        image=DIGEST,
        alarm_topic_arns=[topic],
    )
    Job("la-prod-migrate", job)


@pytest.fixture(scope="module", params=[True, False], ids=["own-key", "key-of-the-environment"])
def cloud(request: pytest.FixtureRequest) -> Simulation:
    return deployed(lambda given: program(given, own_key=request.param))


def topic_arn(cloud: Simulation) -> str:
    [found] = [
        item["TopicArn"] for item in cloud.client("sns").list_topics()["Topics"] if CRITICAL in str(item)
    ]
    return str(found)


def gets_there(
    cloud: Simulation, topic: str, service: str, source: str | None, account: str = ACCOUNT
) -> bool:
    """Whether the topic lets `service` publish on behalf of `source`, and its key lets it encrypt."""
    attributes = cloud.client("sns").get_topic_attributes(TopicArn=topic)["Attributes"]
    key = attributes["KmsMasterKeyId"].rsplit("/", 1)[-1]
    policy = cloud.client("kms").get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    facts = {} if source is None else {"aws:sourceaccount": account, "aws:sourcearn": source}
    principal = f"{service}.amazonaws.com"
    return _grants.lets(attributes["Policy"], principal, "sns:Publish", topic, facts) and all(
        _grants.lets(policy, principal, f"kms:{action}", facts=facts)
        for action in ("GenerateDataKey", "Decrypt")
    )


def test_rds_tells_of_the_database_itself(cloud: Simulation) -> None:
    topic, rds = topic_arn(cloud), cloud.client("rds")
    [subscription] = rds.describe_event_subscriptions()["EventSubscriptionsList"]
    assert (subscription["SnsTopicArn"], subscription["SourceIdsList"]) == (topic, [f"{NAME}-primary"])
    [instance] = rds.describe_db_instances()["DBInstances"]
    assert gets_there(cloud, topic, "events.rds", instance["DBInstanceArn"])


@pytest.mark.parametrize("of", ["la-prod-backup", "la-prod-migrate", "la-audit"])
def test_backups_jobs_and_trails_tell_through_their_alarms(cloud: Simulation, of: str) -> None:
    topic = topic_arn(cloud)
    alarms = cloud.client("cloudwatch").describe_alarms(AlarmNamePrefix=of)["MetricAlarms"]
    assert alarms
    for alarm in alarms:
        assert alarm["AlarmActions"] == [topic]
        assert gets_there(cloud, topic, "cloudwatch", alarm["AlarmArn"])


def test_budgets_and_unusual_costs_are_told(cloud: Simulation) -> None:
    topic, budgets, costs = topic_arn(cloud), cloud.client("budgets"), cloud.client("ce")
    [budget] = budgets.describe_budgets(AccountId=ACCOUNT)["Budgets"]
    asked = {"AccountId": ACCOUNT, "BudgetName": budget["BudgetName"]}
    for notification in budgets.describe_notifications_for_budget(**asked)["Notifications"]:
        about = {key: value for key, value in notification.items() if key != "NotificationState"}
        told = budgets.describe_subscribers_for_notification(**asked, Notification=about)["Subscribers"]
        assert told == [{"SubscriptionType": "SNS", "Address": topic}]
    assert gets_there(cloud, topic, "budgets", f"arn:aws:budgets::{ACCOUNT}:budget/{budget['BudgetName']}")
    [subscription] = costs.get_anomaly_subscriptions()["AnomalySubscriptions"]
    assert [who["Address"] for who in subscription["Subscribers"]] == [topic]
    assert gets_there(cloud, topic, "costalerts", subscription["SubscriptionArn"])


def test_events_go_where_they_are_let_in_and_not_to_alarms(cloud: Simulation) -> None:
    """EventBridge names no source to an encrypted topic: alarms have no door without a lock for it."""
    events, queues = cloud.client("events"), cloud.client("sqs")
    rules = events.list_rules()["Rules"]
    targets = [(rule["Arn"], *targets_of(events, rule["Name"])) for rule in rules]
    assert {target.split(":")[2] for _, target in targets} == {"sns", "sqs"}
    for rule, target in targets:
        if ":sns:" in target:
            assert gets_there(cloud, target, "events", None)
            continue
        url = queues.get_queue_url(QueueName=target.rsplit(":", 1)[-1])["QueueUrl"]
        policy = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]["Policy"]
        source = {"aws:sourcearn": rule, "aws:sourceaccount": ACCOUNT}
        assert _grants.lets(policy, "events.amazonaws.com", "sqs:SendMessage", target, source)
    assert topic_arn(cloud) not in {target for _, target in targets}
    assert not gets_there(cloud, topic_arn(cloud), "events", None)


def targets_of(events: Any, rule: str) -> Sequence[str]:
    [target] = events.list_targets_by_rule(Rule=rule)["Targets"]
    return [target["Arn"]]


FOREIGN: Mapping[str, str] = {
    "cloudwatch": f"arn:aws:cloudwatch:{REGION}:999999999999:alarm:theirs",
    "events.rds": f"arn:aws:rds:{REGION}:999999999999:db:theirs",
    "budgets": "arn:aws:budgets::999999999999:budget/theirs",
    "costalerts": "arn:aws:ce::999999999999:anomalysubscription/theirs",
}


@pytest.mark.parametrize("service", FOREIGN)
def test_nobody_publishes_on_behalf_of_another_account(cloud: Simulation, service: str) -> None:
    assert not gets_there(cloud, topic_arn(cloud), service, FOREIGN[service], "999999999999")


def with_topic(*services: str) -> Simulation:
    """A database that tells a topic whose policy lets these services in."""

    def program(given: Given) -> None:
        topic = aws.sns.Topic("theirs")
        statement = {
            "Effect": "Allow",
            "Principal": {"Service": list(services)},
            "Action": "sns:Publish",
            "Resource": topic.arn,
        }
        text = pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": [statement]})
        policy = aws.sns.TopicPolicy("theirs", arn=topic.arn, policy=text)
        database(given, events=Events(topic_arn=policy.arn))

    return deployed(program)


def test_rds_does_not_even_subscribe_where_it_is_kept_out() -> None:
    with_topic("cloudwatch.amazonaws.com", "events.rds.amazonaws.com")
    with pytest.raises(Exception, match="SNSNoAuthorization: You do not have permission to publish"):
        with_topic("cloudwatch.amazonaws.com")
