"""What AWS refuses of alarms, events, recorders and canaries because of what else there is, also over HTTP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import World

ALARM, COMPOSITE = "aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm"
BUS, RULE, TARGET = (f"aws:cloudwatch/event{kind}:Event{kind}" for kind in ("Bus", "Rule", "Target"))
RECORDER, CHANNEL, STATUS = (
    "aws:cfg/recorder:Recorder",
    "aws:cfg/deliveryChannel:DeliveryChannel",
    "aws:cfg/recorderStatus:RecorderStatus",
)
PATTERN = json.dumps({"source": ["shop"]})


@pytest.fixture
def world() -> World:
    return World()


def alarm(world: World, name: str) -> Any:
    return world.make(
        ALARM,
        name=name,
        metricName="CPUUtilization",
        namespace="AWS/ECS",
        statistic="Average",
        period=60,
        evaluationPeriods=1,
        threshold=80,
        comparisonOperator="GreaterThanThreshold",
    )


def role(world: World, name: str, service: str) -> Any:
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    return world.make("aws:iam/role:Role", name=name, assumeRolePolicy=document)


def test_an_alarm_that_a_composite_alarm_watches_stays(world: World) -> None:
    watched = alarm(world, "la-cpu")
    over = world.make(COMPOSITE, alarmName="la-overload", alarmRule="NOT OK(la-cpu)")
    with pytest.raises(Refusal, match="Cannot delete la-cpu as there are composite alarm"):
        world.remove(ALARM, watched)
    world.remove(COMPOSITE, over)
    world.remove(ALARM, watched)


def test_rules_of_composite_alarms_form_no_circle(world: World) -> None:
    low = world.make(COMPOSITE, alarmName="low", alarmRule="FALSE")
    world.make(COMPOSITE, alarmName="high", alarmRule="ALARM(low)")
    changed = {**low.inputs, "alarmRule": "ALARM(high) OR TRUE"}
    with pytest.raises(Refusal, match="low > high > low"):
        world.provider.update(
            "urn:pulumi:test::plinth::x::low", COMPOSITE, low.identity, low.inputs, changed, low.outputs
        )


def test_describe_alarms_tells_of_composite_alarms_only_when_asked(world: World) -> None:
    world.make(COMPOSITE, alarmName="low", alarmRule="FALSE")
    cloudwatch = world.ctx.client("cloudwatch")
    assert cloudwatch.describe_alarms().get("CompositeAlarms", []) == []
    [found] = cloudwatch.describe_alarms(AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
    assert (found["AlarmRule"], found["StateValue"]) == ("FALSE", "INSUFFICIENT_DATA")


def test_a_rule_with_targets_and_a_bus_with_rules_stay(world: World) -> None:
    topic = world.make("aws:sns/topic:Topic", name="alerts")
    bus = world.make(BUS, name="shop")
    rule = world.make(RULE, name="orders", eventBusName="shop", eventPattern=PATTERN)
    target = world.make(TARGET, rule="orders", eventBusName="shop", arn=topic.outputs["arn"])
    assert target.identity.startswith("shop-orders-terraform-")
    with pytest.raises(Refusal, match="Rule can't be deleted since it has targets"):
        world.remove(RULE, rule)
    with pytest.raises(Refusal, match="can't be deleted since it has rules"):
        world.remove(BUS, bus)
    world.remove(TARGET, target)
    world.remove(RULE, rule)
    world.remove(BUS, bus)


def test_rules_of_one_name_on_two_buses_keep_their_own_tags(world: World) -> None:
    world.make(BUS, name="shop")
    here = world.make(RULE, name="orders", eventPattern=PATTERN, tags={"Bus": "default"})
    there = world.make(RULE, name="orders", eventBusName="shop", eventPattern=PATTERN, tags={"Bus": "shop"})
    events = world.ctx.client("events")
    for rule, tag in ((here, "default"), (there, "shop")):
        assert events.list_tags_for_resource(ResourceARN=rule.outputs["arn"])["Tags"] == [
            {"Key": "Bus", "Value": tag}
        ]


def test_the_channel_of_a_recorder_that_records_stays(world: World) -> None:
    arn = role(world, "recorder", "config.amazonaws.com").outputs["arn"]
    world.make(RECORDER, name="la", roleArn=arn)
    world.make("aws:s3/bucket:Bucket", bucket="la-config")
    channel = world.make(CHANNEL, name="la", s3BucketName="la-config")
    status = world.make(STATUS, name="la", isEnabled=True)
    with pytest.raises(Refusal, match="LastDeliveryChannelDeleteFailedException"):
        world.remove(CHANNEL, channel)
    world.remove(STATUS, status)
    world.remove(CHANNEL, channel)


def test_a_config_rule_keeps_its_tags_when_it_is_changed_over_http(world: World) -> None:
    arn = role(world, "recorder", "config.amazonaws.com").outputs["arn"]
    world.make(RECORDER, name="la", roleArn=arn)
    source = {"owner": "AWS", "sourceIdentifier": "S3_BUCKET_VERSIONING_ENABLED"}
    rule = world.make("aws:cfg/rule:Rule", name="versions", source=source, tags={"Name": "la"})
    config = world.ctx.client("config")
    said = {"Owner": "AWS", "SourceIdentifier": "S3_BUCKET_VERSIONING_ENABLED"}
    config.put_config_rule(ConfigRule={"ConfigRuleName": "versions", "Source": said, "Description": "else"})
    found = config.list_tags_for_resource(ResourceArn=rule.outputs["arn"])["Tags"]
    assert found == [{"Key": "Name", "Value": "la"}]


def test_there_is_one_detector_over_http_too(world: World) -> None:
    guardduty = world.ctx.client("guardduty")
    identity = guardduty.create_detector(Enable=True)["DetectorId"]
    with pytest.raises(ClientError, match="a detector already exists"):
        guardduty.create_detector(Enable=True)
    features = guardduty.get_detector(DetectorId=identity)["Features"]
    states = {feature["Name"]: feature["Status"] for feature in features}
    assert (states["S3_DATA_EVENTS"], states["RUNTIME_MONITORING"]) == ("ENABLED", "DISABLED")


def test_a_hub_enables_two_standards_unless_told_otherwise(world: World) -> None:
    hub = world.make("aws:securityhub/account:Account")
    listed = world.ctx.client("securityhub").get_enabled_standards()["StandardsSubscriptions"]
    assert [item["StandardsSubscriptionArn"].rsplit("subscription/")[-1] for item in listed] == [
        "cis-aws-foundations-benchmark/v/1.2.0",
        "aws-foundational-security-best-practices/v/1.0.0",
    ]
    world.remove("aws:securityhub/account:Account", hub)


def test_a_canary_is_made_of_an_archive_and_stays_while_it_runs(world: World, tmp_path: Path) -> None:
    archive = tmp_path / "login.zip"
    archive.write_bytes(b"PK")
    arn = role(world, "canary", "lambda.amazonaws.com").outputs["arn"]
    world.make("aws:s3/bucket:Bucket", bucket="la-canaries")
    canary = world.make(
        "aws:synthetics/canary:Canary",
        name="login",
        artifactS3Location="s3://la-canaries",
        executionRoleArn=arn,
        handler="login.handler",
        runtimeVersion="syn-python-selenium-7.0",
        schedule={"expression": "rate(0 minute)"},
        zipFile=str(archive),
        startCanary=True,
    )
    assert canary.outputs["runConfig"] == {
        "activeTracing": False,
        "memoryInMb": 1000,
        "timeoutInSeconds": 840,
    }
    with pytest.raises(ClientError, match="ConflictException"):
        world.ctx.client("synthetics").delete_canary(Name="login")
    world.remove("aws:synthetics/canary:Canary", canary)


def test_records_of_one_name_live_in_two_regions(world: World) -> None:
    token = "aws:accessanalyzer/analyzer:Analyzer"
    here = world.make(token, analyzerName="la")
    there = world.make(token, analyzerName="la", region="eu-west-1")
    assert there.outputs["arn"] == "arn:aws:access-analyzer:eu-west-1:123456789012:analyzer/la"
    world.remove(token, there)
    assert here.outputs["arn"] == "arn:aws:access-analyzer:us-east-1:123456789012:analyzer/la"
    world.remove(token, here)
