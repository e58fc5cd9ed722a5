"""Buckets: closed to everybody, TLS only, and open to exactly who was named."""

import json
from typing import Any

import pytest

from components.bucket import Bucket, BucketArgs, LogWriter, Purpose
from components.errors import ComponentError
from simcloud.testing import Simulation
from tests.components.recording import Cloud

NAME = "la-prod-uploads"
BUCKET = "la-prod-uploads-1234567"
ARN = f"arn:aws:s3:::{BUCKET}"
KEY = "arn:aws:kms:us-east-1:123456789012:key/1"
TLS_ONLY = {
    "Sid": "RefusePlainHttp",
    "Effect": "Deny",
    "Principal": {"AWS": "*"},
    "Action": "s3:*",
    "Resource": [ARN, f"{ARN}/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
ALL_WRITERS = (LogWriter.ALB, LogWriter.CLOUDFRONT, LogWriter.S3)


def bucket(purpose: Purpose = Purpose.DATA, name: str = NAME, **more: Any) -> Bucket:
    return Bucket(name, BucketArgs(purpose=purpose, **more))


def statements(cloud: Cloud) -> list[Any]:
    found = cloud.one("BucketPolicy").document("policy")["Statement"]
    assert isinstance(found, list)
    return found


def test_a_bucket_is_closed_and_speaks_tls_only(cloud: Cloud) -> None:
    cloud.deploy(bucket)
    block = cloud.one("BucketPublicAccessBlock").inputs
    assert {key: value for key, value in block.items() if key != "bucket"} == {
        "blockPublicAcls": True,
        "blockPublicPolicy": True,
        "ignorePublicAcls": True,
        "restrictPublicBuckets": True,
    }
    assert statements(cloud) == [TLS_ONLY]
    assert cloud.one("BucketOwnershipControls").inputs["rule"] == {"objectOwnership": "BucketOwnerEnforced"}


def test_every_setting_belongs_to_the_bucket(cloud: Cloud) -> None:
    cloud.deploy(lambda: bucket(cors_origins=["https://example.org"], access_log_bucket="logs-1"))
    settings = [made for made in cloud.made if made.type != "Bucket"]
    assert {made.type for made in settings} == {
        "BucketCorsConfiguration",
        "BucketLifecycleConfiguration",
        "BucketLogging",
        "BucketOwnershipControls",
        "BucketPolicy",
        "BucketPublicAccessBlock",
        "BucketServerSideEncryptionConfiguration",
        "BucketVersioning",
    }
    assert {made.inputs["bucket"] for made in settings} == {BUCKET}
    assert {made.parent for made in cloud.made} == {NAME}


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        (None, {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}, "bucketKeyEnabled": False}),
        (
            KEY,
            {
                "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY},
                "bucketKeyEnabled": True,
            },
        ),
    ],
)
def test_objects_are_encrypted(cloud: Cloud, key: str | None, rule: dict[str, Any]) -> None:
    cloud.deploy(lambda: bucket(kms_key_arn=key))
    assert cloud.one("BucketServerSideEncryptionConfiguration").inputs["rules"] == [rule]


def test_versions_uploads_and_objects_end(cloud: Cloud) -> None:
    cloud.deploy(lambda: bucket(noncurrent_days=90, expire_days=365))
    assert cloud.one("BucketVersioning").inputs["versioningConfiguration"] == {"status": "Enabled"}
    lifecycle = cloud.one("BucketLifecycleConfiguration")
    kept = {rule["id"]: rule for rule in lifecycle.inputs["rules"]}
    assert kept["abandoned-uploads"]["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 7}
    assert kept["old-versions"]["noncurrentVersionExpiration"] == {"noncurrentDays": 90}
    assert kept["expiry"]["expiration"] == {"days": 365}
    assert {rule["status"] for rule in kept.values()} == {"Enabled"}
    assert NAME in lifecycle.after


def test_without_versions_there_is_no_rule_for_them(cloud: Cloud) -> None:
    cloud.deploy(lambda: bucket(versioned=False))
    assert cloud.one("BucketVersioning").inputs["versioningConfiguration"] == {"status": "Suspended"}
    rules = cloud.one("BucketLifecycleConfiguration").inputs["rules"]
    assert [rule["id"] for rule in rules] == ["abandoned-uploads"]


def test_logs_are_taken_from_the_named_writers_only(cloud: Cloud) -> None:
    cloud.deploy(lambda: bucket(Purpose.LOGS, log_writers=ALL_WRITERS))
    assert statements(cloud) == [
        TLS_ONLY,
        {
            "Sid": "LoadBalancerLogs",
            "Effect": "Allow",
            "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
            "Action": "s3:PutObject",
            "Resource": f"{ARN}/*/AWSLogs/123456789012/*",
        },
        {
            "Sid": "BucketAccessLogs",
            "Effect": "Allow",
            "Principal": {"Service": "logging.s3.amazonaws.com"},
            "Action": "s3:PutObject",
            "Resource": f"{ARN}/*",
            "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
        },
    ]
    # CloudFront's logs arrive with an ACL.
    assert cloud.one("BucketOwnershipControls").inputs["rule"] == {"objectOwnership": "BucketOwnerPreferred"}


def test_a_site_is_read_by_the_accounts_cloudfront(cloud: Cloud) -> None:
    cloud.deploy(lambda: bucket(Purpose.SITE))
    assert statements(cloud)[1:] == [
        {
            "Sid": "SiteFiles",
            "Effect": "Allow",
            "Principal": {"Service": "cloudfront.amazonaws.com"},
            "Action": "s3:GetObject",
            "Resource": f"{ARN}/*",
            "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:cloudfront::123456789012:distribution/*"}},
        }
    ]


def test_a_site_that_is_opened_later_is_closed_until_then(cloud: Cloud) -> None:
    cloud.deploy(lambda: bucket(Purpose.SITE, opened_later=True))
    assert cloud.of("BucketPolicy") == []
    assert len(cloud.of("BucketPublicAccessBlock")) == 1


def test_nothing_else_waits_for_a_distribution(cloud: Cloud) -> None:
    with pytest.raises(ComponentError, match="a bucket of purpose data waits for a distribution"):
        cloud.deploy(lambda: bucket(Purpose.DATA, opened_later=True))
    with pytest.raises(ComponentError, match="the bucket is open already"):
        cloud.deploy(lambda: bucket(Purpose.SITE).open_to("arn:aws:cloudfront::123456789012:distribution/E1"))


def test_access_is_recorded_in_the_log_bucket(cloud: Cloud) -> None:
    cloud.deploy(lambda: bucket(access_log_bucket="logs-1"))
    logging = cloud.one("BucketLogging").inputs
    assert (logging["targetBucket"], logging["targetPrefix"]) == ("logs-1", f"{NAME}/")


def test_browsers_of_the_site_may_upload(cloud: Cloud) -> None:
    cloud.deploy(lambda: bucket(cors_origins=["https://example.org"]))
    [rule] = cloud.one("BucketCorsConfiguration").inputs["corsRules"]
    assert (rule["allowedOrigins"], rule["allowedMethods"]) == (
        ["https://example.org"],
        ["GET", "HEAD", "PUT"],
    )


@pytest.mark.parametrize(
    ("grant", "suffix", "actions", "key_actions"),
    [
        (Bucket.grant_read, "read", {"s3:ListBucket", "s3:GetObject"}, ["kms:Decrypt"]),
        (
            Bucket.grant_read_write,
            "read-write",
            {
                "s3:ListBucket",
                "s3:GetObject",
                "s3:PutObject",
                "s3:DeleteObject",
                "s3:AbortMultipartUpload",
                "s3:ListMultipartUploadParts",
            },
            ["kms:Decrypt", "kms:GenerateDataKey"],
        ),
    ],
)
def test_a_role_is_granted_this_bucket_and_its_key(
    cloud: Cloud, grant: Any, suffix: str, actions: set[str], key_actions: list[str]
) -> None:
    cloud.deploy(lambda: grant(bucket(kms_key_arn=KEY), "role-1", "web"))
    policy = cloud.one("RolePolicy")
    assert (policy.name, policy.inputs["role"]) == (f"{NAME}-web-{suffix}", "role-1")
    *objects, key = policy.document("policy")["Statement"]
    assert {action for statement in objects for action in statement["Action"]} == actions
    assert {statement["Resource"] for statement in objects} == {ARN, f"{ARN}/*"}
    assert (key["Action"], key["Resource"]) == (key_actions, KEY)


def test_without_a_key_no_key_is_granted(cloud: Cloud) -> None:
    cloud.deploy(lambda: bucket().grant_read("role-1"))
    sids = [statement["Sid"] for statement in cloud.one("RolePolicy").document("policy")["Statement"]]
    assert sids == ["ListBucket", "ReadObjects"]


def test_outputs_and_protection(cloud: Cloud) -> None:
    made = cloud.deploy(lambda: bucket(protect=True))
    assert cloud.value(made.name) == BUCKET
    assert cloud.value(made.arn) == ARN
    assert cloud.value(made.domain_name) == f"{BUCKET}.s3.amazonaws.com"
    assert cloud.value(made.regional_domain_name) == f"{BUCKET}.s3.us-east-1.amazonaws.com"
    assert (cloud.one("Bucket").protect, cloud.one("Bucket").inputs["forceDestroy"]) == (True, False)


REFUSED = [
    (
        lambda: bucket(log_writers=[LogWriter.ALB]),
        (
            "la-prod-uploads: a bucket of purpose data has the log writers alb. Expected log "
            "writers on buckets of purpose logs only. Fix: give the logs a bucket of their own."
        ),
    ),
    (
        lambda: bucket(Purpose.LOGS, log_writers=ALL_WRITERS, kms_key_arn=KEY),
        (
            "la-prod-uploads: alb and s3 cannot write logs into a bucket with a KMS key. Expected "
            "S3's own encryption. Fix: drop kms_key_arn."
        ),
    ),
    (
        lambda: bucket(expire_days=0),
        "la-prod-uploads: expire_days is 0. Expected one day or more. Fix: correct expire_days.",
    ),
    (
        lambda: bucket(noncurrent_days=0),
        "la-prod-uploads: noncurrent_days is 0. Expected one day or more. Fix: correct noncurrent_days.",
    ),
    (
        lambda: bucket(name="La_Prod"),
        (
            "La_Prod: the name cannot begin a bucket's name. Expected lower-case letters, digits "
            "and hyphens. Fix: rename the component."
        ),
    ),
]


@pytest.mark.parametrize(("program", "sentence"), REFUSED)
def test_contradictions_are_refused(cloud: Cloud, program: Any, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == sentence
    assert cloud.made == []


@pytest.fixture(scope="module")
def deployed() -> Simulation:
    """A log bucket and a bucket that is logged into it, standing in the simulated AWS."""
    simulation = Simulation()

    def program() -> None:
        logs = bucket(Purpose.LOGS, "la-prod-logs", log_writers=ALL_WRITERS, expire_days=90)
        bucket(access_log_bucket=logs.name, cors_origins=["https://example.org"], expire_days=365)

    simulation.run(program)
    return simulation


@pytest.fixture(scope="module")
def buckets(deployed: Simulation) -> dict[str, str]:
    """The physical names by the names without their suffixes."""
    names = [made["Name"] for made in deployed.client("s3").list_buckets()["Buckets"]]
    return {name.rsplit("-", 1)[0]: name for name in names}


def test_aws_shows_no_bucket_to_the_public(deployed: Simulation, buckets: dict[str, str]) -> None:
    s3 = deployed.client("s3")
    assert sorted(buckets) == ["la-prod-logs", "la-prod-uploads"]
    for name in buckets.values():
        block = s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
        assert set(block.values()) == {True}
        assert len(block) == 4
        deny, *_ = json.loads(s3.get_bucket_policy(Bucket=name)["Policy"])["Statement"]
        assert (deny["Effect"], deny["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


@pytest.mark.proves("S0-57", "S1-19", "S1-38", "S4-45")
def test_aws_keeps_encrypted_versions_for_a_while(deployed: Simulation, buckets: dict[str, str]) -> None:
    s3, name = deployed.client("s3"), buckets["la-prod-uploads"]
    assert s3.get_bucket_versioning(Bucket=name)["Status"] == "Enabled"
    [rule] = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    rules = s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
    kept = {entry["ID"]: entry for entry in rules}
    assert kept["abandoned-uploads"]["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 7}
    assert kept["old-versions"]["NoncurrentVersionExpiration"] == {"NoncurrentDays": 30}
    assert kept["expiry"]["Expiration"] == {"Days": 365}


@pytest.mark.proves("S1-42")
def test_aws_logs_access_where_it_was_told(deployed: Simulation, buckets: dict[str, str]) -> None:
    s3 = deployed.client("s3")
    logging = s3.get_bucket_logging(Bucket=buckets["la-prod-uploads"])["LoggingEnabled"]
    assert (logging["TargetBucket"], logging["TargetPrefix"]) == (buckets["la-prod-logs"], "la-prod-uploads/")


def test_aws_takes_acls_for_cloudfronts_logs_only(deployed: Simulation, buckets: dict[str, str]) -> None:
    s3 = deployed.client("s3")
    owners = {
        short: s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]["Rules"]
        for short, name in buckets.items()
    }
    assert owners == {
        "la-prod-logs": [{"ObjectOwnership": "BucketOwnerPreferred"}],
        "la-prod-uploads": [{"ObjectOwnership": "BucketOwnerEnforced"}],
    }


@pytest.mark.proves("S1-19")
def test_aws_lets_the_sites_pages_upload(deployed: Simulation, buckets: dict[str, str]) -> None:
    [rule] = deployed.client("s3").get_bucket_cors(Bucket=buckets["la-prod-uploads"])["CORSRules"]
    assert rule["AllowedOrigins"] == ["https://example.org"]
