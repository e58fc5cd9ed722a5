"""An account that writes down what happens in it: where, under which key, and who looks at it."""

import json
from typing import Any

import pulumi_aws as aws
import pytest

from components.audit import RULES, Audit, AuditArgs, ConfigRule, Feature, Standard
from components.audit_events import EVENTS
from components.bucket import Bucket, BucketArgs, LogWriter, Purpose
from components.bucket_policy import bucket_policy
from components.errors import ComponentError
from simcloud.testing import Simulation
from tests.components.recording import ACCOUNT, Cloud

NAME, MAIL = "la-prod-audit", "security@example.com"
OFF: dict[str, Any] = {
    "trail": False,
    "config": False,
    "guardduty": False,
    "security_hub": False,
    "access_analyzer": False,
}


def audit(**more: Any) -> Audit:
    return Audit(NAME, AuditArgs(**more))


@pytest.fixture(scope="module")
def deployed() -> Simulation:
    """Everything on, standing in the simulated AWS."""
    simulation = Simulation()

    def program() -> None:
        topic = aws.sns.Topic("critical")
        audit(
            alarm_topic_arn=topic.arn,
            finding_emails=[MAIL],
            unused_access_days=90,
            insights=True,
            data_event_bucket_arns=["arn:aws:s3:::la-prod-uploads"],
        )

    simulation.run(program)
    return simulation


def key_arn(simulation: Simulation) -> str:
    return str(simulation.client("kms").describe_key(KeyId=f"alias/{NAME}")["KeyMetadata"]["Arn"])


@pytest.mark.proves("S1-42")
def test_aws_records_every_region_with_digests_under_a_key(deployed: Simulation) -> None:
    client = deployed.client("cloudtrail")
    [trail] = client.describe_trails()["trailList"]
    assert (trail["IsMultiRegionTrail"], trail["IncludeGlobalServiceEvents"]) == (True, True)
    assert trail["LogFileValidationEnabled"] is True
    assert trail["KmsKeyId"] == key_arn(deployed)
    assert client.get_trail_status(Name=trail["TrailARN"])["IsLogging"] is True
    assert trail["CloudWatchLogsLogGroupArn"].endswith(f":log-group:/audit/{NAME}:*")
    [selector] = client.get_event_selectors(TrailName=trail["TrailARN"])["EventSelectors"]
    assert selector["DataResources"] == [
        {"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::la-prod-uploads/"]}
    ]
    found = client.get_insight_selectors(TrailName=trail["TrailARN"])["InsightSelectors"]
    assert {item["InsightType"] for item in found} == {"ApiCallRateInsight", "ApiErrorRateInsight"}


def test_aws_keeps_the_records_in_a_bucket_that_only_the_two_services_write(deployed: Simulation) -> None:
    s3 = deployed.client("s3")
    [name] = [item["Name"] for item in s3.list_buckets()["Buckets"]]
    statements = json.loads(s3.get_bucket_policy(Bucket=name)["Policy"])["Statement"]
    assert [item["Sid"] for item in statements] == [
        "RefusePlainHttp",
        "TrailLooks",
        "TrailWrites",
        "ConfigLooks",
        "ConfigWrites",
    ]
    [rule] = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"] == key_arn(deployed)
    rules = {item["ID"]: item for item in s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]}
    assert rules["expiry"]["Expiration"] == {"Days": 365}


@pytest.mark.proves("S2-33")
def test_aws_keeps_the_trails_log_for_ninety_days(deployed: Simulation) -> None:
    [group] = deployed.client("logs").describe_log_groups(logGroupNamePrefix="/audit/")["logGroups"]
    assert (group["retentionInDays"], group["kmsKeyId"]) == (90, key_arn(deployed))


def test_aws_records_every_resource_and_checks_it(deployed: Simulation) -> None:
    config = deployed.client("config")
    [recorder] = config.describe_configuration_recorders()["ConfigurationRecorders"]
    assert recorder["recordingGroup"]["allSupported"] is True
    assert recorder["recordingGroup"]["includeGlobalResourceTypes"] is True
    [status] = config.describe_configuration_recorder_status()["ConfigurationRecordersStatus"]
    assert status["recording"] is True
    [channel] = config.describe_delivery_channels()["DeliveryChannels"]
    assert channel["s3KmsKeyArn"] == key_arn(deployed)
    rules = config.describe_config_rules()["ConfigRules"]
    assert {rule["Source"]["SourceIdentifier"] for rule in rules} == {rule.identifier for rule in RULES}
    [keys] = [rule for rule in rules if rule["Source"]["SourceIdentifier"] == "ACCESS_KEYS_ROTATED"]
    assert json.loads(keys["InputParameters"]) == {"maxAccessKeyAge": "90"}


def test_aws_detects_with_the_named_features(deployed: Simulation) -> None:
    client = deployed.client("guardduty")
    [identity] = client.list_detectors()["DetectorIds"]
    detector = client.get_detector(DetectorId=identity)
    assert (detector["Status"], detector["FindingPublishingFrequency"]) == ("ENABLED", "FIFTEEN_MINUTES")
    on = {item["Name"]: item for item in detector["Features"] if item["Status"] == "ENABLED"}
    assert {"S3_DATA_EVENTS", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS", "RUNTIME_MONITORING"} <= set(on)
    agents = {item["Name"]: item["Status"] for item in on["RUNTIME_MONITORING"]["AdditionalConfiguration"]}
    assert agents["ECS_FARGATE_AGENT_MANAGEMENT"] == "ENABLED"


def test_aws_checks_exactly_the_named_standards(deployed: Simulation) -> None:
    client = deployed.client("securityhub")
    assert client.describe_hub()["ControlFindingGenerator"] == "SECURITY_CONTROL"
    found = client.get_enabled_standards()["StandardsSubscriptions"]
    assert {item["StandardsArn"].split("standards/")[1] for item in found} == {
        "aws-foundational-security-best-practices/v/1.0.0",
        "cis-aws-foundations-benchmark/v/3.0.0",
    }


def test_findings_are_mailed_once_and_encrypted(deployed: Simulation) -> None:
    events, sns = deployed.client("events"), deployed.client("sns")
    [rule] = events.list_rules()["Rules"]
    pattern = json.loads(rule["EventPattern"])
    assert pattern["source"] == ["aws.securityhub"]
    assert pattern["detail"]["findings"]["Severity"] == {"Label": ["HIGH", "CRITICAL"]}
    [target] = events.list_targets_by_rule(Rule=rule["Name"])["Targets"]
    attributes = sns.get_topic_attributes(TopicArn=target["Arn"])["Attributes"]
    assert attributes["KmsMasterKeyId"] == key_arn(deployed)
    leave, refusal = json.loads(attributes["Policy"])["Statement"]
    assert leave["Principal"] == {"Service": "events.amazonaws.com"}
    assert (refusal["Effect"], refusal["Principal"]) == ("Deny", "*")
    assert refusal["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    [subscription] = sns.list_subscriptions_by_topic(TopicArn=target["Arn"])["Subscriptions"]
    assert (subscription["Protocol"], subscription["Endpoint"]) == ("email", MAIL)


def test_every_event_of_the_benchmark_has_a_filter_and_an_alarm(deployed: Simulation) -> None:
    assert [
        event.control for event in sorted(EVENTS, key=lambda event: int(event.control.split(".")[1]))
    ] == [f"CloudWatch.{number}" for number in range(1, 15)]
    filters = deployed.client("logs").describe_metric_filters(logGroupName=f"/audit/{NAME}")["metricFilters"]
    counted = {item["metricTransformations"][0]["metricName"]: item["filterPattern"] for item in filters}
    assert counted == {event.name: event.pattern for event in EVENTS}
    alarms = deployed.client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert {alarm["MetricName"] for alarm in alarms} == set(counted)
    assert {alarm["Namespace"] for alarm in alarms} == {f"Audit/{NAME}"}
    assert {(alarm["Threshold"], alarm["TreatMissingData"]) for alarm in alarms} == {(1.0, "notBreaching")}


def test_config_may_write_its_folder_and_no_other(cloud: Cloud) -> None:
    cloud.deploy(lambda: audit(**{**OFF, "config": True}))
    look, write, encrypt = cloud.named("RolePolicy", f"{NAME}-config-write").document("policy")["Statement"]
    bucket = f"arn:aws:s3:::{NAME}-1234567"
    assert look["Resource"] == [bucket]
    assert (write["Action"], write["Resource"]) == (
        ["s3:PutObject"],
        [f"{bucket}/AWSLogs/{ACCOUNT}/Config/*"],
    )
    assert encrypt["Action"] == ["kms:GenerateDataKey", "kms:Decrypt"]


@pytest.mark.parametrize(
    ("switch", "kinds"),
    [
        ("trail", {"Trail", "LogGroup", "Role", "RolePolicy"}),
        (
            "config",
            {
                "Recorder",
                "DeliveryChannel",
                "RecorderStatus",
                "Rule",
                "Role",
                "RolePolicy",
                "RolePolicyAttachment",
            },
        ),
        ("guardduty", {"Detector", "DetectorFeature"}),
        ("access_analyzer", {"Analyzer"}),
    ],
)
def test_each_part_stands_alone(cloud: Cloud, switch: str, kinds: set[str]) -> None:
    cloud.deploy(lambda: audit(**{**OFF, switch: True}))
    stored = {made.type for made in cloud.made if made.type.startswith("Bucket")} | {"Key", "Alias"}
    found = {made.type for made in cloud.made}
    assert found - stored == kinds
    assert (cloud.of("Bucket") != []) == (switch in ("trail", "config"))


def test_security_hub_stands_where_config_records_elsewhere(cloud: Cloud) -> None:
    more = {"security_hub": True, "config_elsewhere": True, "standards": [Standard.PCI_DSS]}
    made = cloud.deploy(lambda: audit(**{**OFF, **more}))
    assert {item.type for item in cloud.made} == {"Account", "StandardsSubscription"}
    assert cloud.one("StandardsSubscription").inputs["standardsArn"] == (
        "arn:aws:securityhub:us-east-1::standards/pci-dss/v/4.0.1"
    )
    assert (made.bucket, made.trail_arn, made.detector_id, made.findings_topic_arn) == (None,) * 4


def test_without_a_hub_each_detector_is_listened_to(cloud: Cloud) -> None:
    more = {"guardduty": True, "access_analyzer": True, "finding_emails": [MAIL]}
    cloud.deploy(lambda: audit(**{**OFF, **more}))
    patterns = [json.loads(rule.inputs["eventPattern"]) for rule in cloud.of("EventRule")]
    assert [pattern["source"] for pattern in patterns] == [["aws.access-analyzer"], ["aws.guardduty"]]
    assert patterns[1]["detail"] == {"severity": [{"numeric": [">=", 7]}]}


def test_a_given_key_is_used_and_nothing_is_protected_by_accident(cloud: Cloud) -> None:
    cloud.deploy(lambda: audit(kms_key_arn="arn:key", features=[Feature.MALWARE], rules=[]))
    assert cloud.of("Key") == []
    assert cloud.one("Trail").inputs["kmsKeyId"] == "arn:key"
    assert "additionalConfigurations" not in cloud.one("DetectorFeature").inputs
    assert not [made.name for made in cloud.made if made.protect]


def test_a_log_archive_takes_the_records() -> None:
    simulation = Simulation()
    s3 = simulation.client("s3")
    s3.create_bucket(Bucket="org-log-archive")
    theirs = bucket_policy("arn:aws:s3:::org-log-archive", ACCOUNT, [LogWriter.CLOUDTRAIL, LogWriter.CONFIG])
    s3.put_bucket_policy(Bucket="org-log-archive", Policy=json.dumps(theirs))

    def program() -> None:
        audit(bucket=Bucket("archive", BucketArgs(purpose=Purpose.LOGS, existing="org-log-archive")))

    simulation.run(program)
    assert simulation.of_type("aws:s3/bucket:Bucket") == []
    [trail] = simulation.client("cloudtrail").describe_trails()["trailList"]
    assert trail["S3BucketName"] == "org-log-archive"
    [channel] = simulation.client("config").describe_delivery_channels()["DeliveryChannels"]
    assert channel["s3BucketName"] == "org-log-archive"


def _into(*writers: LogWriter, **more: Any) -> Audit:
    return audit(bucket=Bucket("logs", BucketArgs(purpose=Purpose.LOGS, log_writers=writers)), **more)


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (
            lambda: _into(LogWriter.CONFIG),
            "logs does not let cloudtrail write. Expected a bucket of purpose logs with these writers. "
            "Fix: add them to its `log_writers`.",
        ),
        (
            lambda: _into(LogWriter.CLOUDTRAIL, LogWriter.CONFIG, force_destroy=True),
            "logs takes the records, and is to be emptied from here. Expected a bucket for `trail` or `config`, which "
            "its own component destroys. Fix: drop `force_destroy`, or `bucket`.",
        ),
        (
            lambda: _into(trail=False, config=False, security_hub=False),
            "logs takes the records, and there are none. Expected a bucket for `trail` or `config`, which its own "
            "component destroys. Fix: drop `force_destroy`, or `bucket`.",
        ),
    ],
)
def test_a_bucket_that_takes_no_records_is_refused(cloud: Cloud, program: Any, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == f"{NAME}: {sentence}"
    assert not [made for made in cloud.made if made.name.startswith(NAME)]


def test_records_are_protected(cloud: Cloud) -> None:
    cloud.deploy(lambda: audit(protect=True))
    assert {made.type for made in cloud.made if made.protect} == {"Bucket", "Key", "Trail"}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            OFF,
            "everything is switched off. Expected one switch that is on. "
            "Fix: drop the component, or switch one on.",
        ),
        (
            {"config": False},
            "Security Hub is on and Config is off; most of its controls ask Config. Expected both on. "
            "Fix: set `config`, or `config_elsewhere` if the account records already.",
        ),
        (
            {"standards": []},
            "Security Hub without a standard checks nothing. Expected at least one. Fix: leave `standards` out.",
        ),
        (
            {**OFF, "trail": True, "finding_emails": [MAIL]},
            "nothing finds what would be mailed. Expected a detector that is on. Fix: drop `finding_emails`.",
        ),
        (
            {"trail": False, "insights": True},
            "insights without a trail. Expected `trail` on. Fix: set `trail`, or drop insights.",
        ),
        (
            {"retention_days": 89},
            "the log bucket forgets after 89 days. Expected 90 days or more: intrusions are found late. "
            "Fix: raise `retention_days`.",
        ),
        (
            {"unused_access_days": 366},
            "access is unused after 366 days. Expected 1 to 365. Fix: correct `unused_access_days`.",
        ),
        (
            {"rules": [ConfigRule(identifier="A"), ConfigRule(identifier="A")]},
            "A is there twice. Expected each rule once. Fix: drop one.",
        ),
        (
            {"finding_emails": ["nobody"]},
            "`nobody` is no e-mail address. Expected something like team@example.com. Fix: correct or remove it.",
        ),
    ],
)
def test_contradictions_are_refused(cloud: Cloud, more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: audit(**more))
    assert str(refused.value) == f"{NAME}: {sentence}"
    assert cloud.made == []


def test_a_retention_that_cloudwatch_does_not_know(cloud: Cloud) -> None:
    with pytest.raises(ComponentError, match="`log_days` keeps its lines for 91 days"):
        cloud.deploy(lambda: audit(log_days=91))
