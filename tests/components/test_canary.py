"""A canary: what it asks, what it may do, and who hears when it fails."""

import json
from typing import Any

import pulumi
import pytest

from components.alarms import Alarms
from components.canary import Canary, CanaryArgs
from components.canary_policy import canary_policy
from components.canary_script import script_archive
from components.errors import ComponentError
from components.key import Key, KeyArgs
from simcloud.testing import Simulation
from tests.components.recording import Cloud
from tests.components.test_alarms import alarms_args, topic

URL = "https://app.example.com/api/health"


def canary_args(**changes: Any) -> CanaryArgs:
    return CanaryArgs(**{"url": URL, **changes})


@pytest.fixture(scope="module")
def deployed() -> Simulation:
    simulation = Simulation(stack="production")

    def program() -> None:
        key = Key("la-prod-key", KeyArgs(alias="la-prod", description="Data"))
        canary = Canary("la-prod-canary", canary_args(kms_key_arn=key.arn, traced=True, keep_days=14))
        Alarms("la-prod-alarms", alarms_args(kms_key_arn=key.arn)).watch_canary(canary)

    simulation.run(program)
    return simulation


@pytest.mark.proves("S2-30")
def test_it_runs_every_five_minutes(deployed: Simulation) -> None:
    [canary] = deployed.client("synthetics").describe_canaries()["Canaries"]
    assert (canary["Name"], canary["Status"]["State"]) == ("la-prod-canary", "RUNNING")
    assert canary["Schedule"]["Expression"] == "rate(5 minutes)"
    assert (canary["SuccessRetentionPeriodInDays"], canary["FailureRetentionPeriodInDays"]) == (14, 14)
    assert (canary["RunConfig"]["TimeoutInSeconds"], canary["RunConfig"]["ActiveTracing"]) == (30, True)


def test_it_asks_what_it_was_told(cloud: Cloud) -> None:
    cloud.deploy(lambda: Canary("la-prod-canary", canary_args(expected_status=204, expected_text="ok")))
    inputs = cloud.one("Canary").inputs
    assert inputs["runConfig"]["environmentVariables"] == {
        "URL": URL,
        "EXPECTED_STATUS": "204",
        "EXPECTED_TEXT": "ok",
    }
    assert inputs["handler"] == "index.handler"
    assert (inputs["startCanary"], inputs["deleteLambda"]) == (True, True)
    assert "artifactConfig" not in inputs
    [script] = script_archive().assets.values()
    assert isinstance(script, pulumi.StringAsset)
    assert "response.statusCode !== expected" in script.text
    assert list(script_archive().assets) == ["nodejs/node_modules/index.js"]


def test_the_script_is_kept_and_the_results_are_not(deployed: Simulation) -> None:
    s3 = deployed.client("s3")
    buckets = {bucket["Name"].rsplit("-", 1)[0]: bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    assert set(buckets) == {"la-prod-canary-script", "la-prod-canary-results"}
    assert [
        item["Key"] for item in s3.list_objects_v2(Bucket=buckets["la-prod-canary-script"])["Contents"]
    ] == ["script.zip"]
    expiries = {
        name: [rule["Expiration"]["Days"] for rule in _rules(s3, bucket) if "Expiration" in rule]
        for name, bucket in buckets.items()
    }
    assert expiries == {"la-prod-canary-script": [], "la-prod-canary-results": [14]}


def _rules(s3: Any, bucket: str) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    return rules


def test_it_may_write_its_results_and_no_more(deployed: Simulation) -> None:
    iam = deployed.client("iam")
    [role] = [found["RoleName"] for found in iam.list_roles()["Roles"] if "canary" in found["RoleName"]]
    [policy] = iam.list_role_policies(RoleName=role)["PolicyNames"]
    document = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
    statements = {statement["Sid"]: statement for statement in document["Statement"]}
    assert set(statements) == {
        "KeepResults",
        "FindBucket",
        "ListBuckets",
        "SayHowItWent",
        "Log",
        "EncryptResults",
        "Trace",
    }
    [kept] = statements["KeepResults"]["Resource"]
    assert kept.startswith("arn:aws:s3:::la-prod-canary-results-")
    assert statements["Log"]["Resource"] == [
        "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/cwsyn-*"
    ]
    assert statements["SayHowItWent"]["Condition"] == {
        "StringEquals": {"cloudwatch:namespace": "CloudWatchSynthetics"}
    }
    assert [sid for sid, found in statements.items() if found["Resource"] == ["*"]] == [
        "ListBuckets",
        "SayHowItWent",
        "Trace",
    ]


def test_it_starts_when_it_can_keep_its_results(cloud: Cloud) -> None:
    cloud.deploy(lambda: Canary("la-prod-canary", canary_args()))
    assert "la-prod-canary-policy" in cloud.one("Canary").after


def test_without_a_key_and_tracing_it_may_neither(cloud: Cloud) -> None:
    cloud.deploy(lambda: Canary("la-prod-canary", canary_args()))
    sids = {statement["Sid"] for statement in cloud.one("RolePolicy").document("policy")["Statement"]}
    assert sids == {"KeepResults", "FindBucket", "ListBuckets", "SayHowItWent", "Log"}
    trust = cloud.one("Role").document("assumeRolePolicy")
    assert trust["Statement"][0]["Principal"] == {"Service": "lambda.amazonaws.com"}


def test_the_policy_knows_other_partitions() -> None:
    from components.account import Account

    account = Account(id="1", region="cn-north-1", partition="aws-cn", dns_suffix="amazonaws.com.cn")
    text = canary_policy(account, "arn:aws-cn:s3:::b", None, traced=False)
    assert "arn:aws-cn:logs:cn-north-1:1:log-group:/aws/lambda/cwsyn-*" in text
    assert json.loads(text)["Statement"][0]["Resource"] == ["arn:aws-cn:s3:::b/*"]


@pytest.mark.proves("S2-30")
def test_two_of_three_failed_looks_page(cloud: Cloud) -> None:
    def program() -> None:
        canary = Canary("la-prod-canary", canary_args(every_minutes=10))
        Alarms("la-prod-alarms", alarms_args()).watch_canary(canary)

    cloud.deploy(program)
    inputs = cloud.one("MetricAlarm").inputs
    assert (inputs["namespace"], inputs["metricName"]) == ("CloudWatchSynthetics", "SuccessPercent")
    assert inputs["dimensions"] == {"CanaryName": "la-prod-canary"}
    assert (inputs["period"], inputs["evaluationPeriods"], inputs["datapointsToAlarm"]) == (600, 3, 2)
    assert (inputs["comparisonOperator"], inputs["threshold"]) == ("LessThanThreshold", 100)
    assert (inputs["treatMissingData"], inputs["alarmActions"]) == ("breaching", [topic("critical")])


@pytest.mark.parametrize(
    ("name", "changes", "problem"),
    [
        ("La-Prod", {}, "no name of a canary. Expected lower-case letters, digits and hyphens"),
        ("x" * 50, {}, "58 characters are too many for a bucket name"),
        ("la", {"url": "http://app.example.com/"}, "it cannot look at http://app.example.com/"),
        ("la", {"every_minutes": 0}, "a look every 0 minutes. Expected 1 to 60"),
        ("la", {"every_minutes": 61}, "a look every 61 minutes"),
        ("la", {"every_minutes": 1, "timeout_seconds": 61}, "a time-out of 61 s. Expected 3 to 60"),
        ("la", {"every_minutes": 30, "timeout_seconds": 841}, "a time-out of 841 s. Expected 3 to 840"),
        ("la", {"timeout_seconds": 2}, "a time-out of 2 s"),
        ("la", {"keep_days": 456}, "results kept for 456 days. Expected 1 to 455"),
    ],
)
def test_what_it_refuses(cloud: Cloud, name: str, changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: Canary(name, canary_args(**changes)))
    assert problem in str(refused.value)
    assert cloud.made == []
