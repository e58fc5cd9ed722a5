"""Buckets that keep what they were given: locked, moved to cheaper storage, and found instead of made."""

import json
from typing import Any

import pytest

from components.bucket import (
    Bucket,
    BucketArgs,
    LockMode,
    LogWriter,
    ObjectLock,
    Purpose,
    StorageClass,
    Transition,
)
from components.errors import ComponentError
from simcloud.testing import Simulation
from tests.components.recording import ACCOUNT, Cloud

NAME = "la-prod-dumps"
ARN = f"arn:aws:s3:::{NAME}-1234567"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"
WEEK = ObjectLock(mode=LockMode.GOVERNANCE, days=7)
TRAILS = {"aws:SourceArn": f"arn:aws:cloudtrail:*:{ACCOUNT}:trail/*"}
OWNED = {"s3:x-amz-acl": "bucket-owner-full-control"}


def bucket(purpose: Purpose = Purpose.BACKUP, **more: Any) -> Bucket:
    return Bucket(NAME, BucketArgs(purpose=purpose, **more))


def test_aws_locks_and_moves_objects() -> None:
    simulation = Simulation()
    steps = [
        Transition(days=30, storage_class=StorageClass.INFREQUENT),
        Transition(days=90, storage_class=StorageClass.DEEP_ARCHIVE),
    ]
    lock = ObjectLock(mode=LockMode.COMPLIANCE, days=35)
    simulation.run(lambda: bucket(lock=lock, transitions=steps, expire_days=365))
    s3 = simulation.client("s3")
    [name] = [found["Name"] for found in s3.list_buckets()["Buckets"]]
    locked = s3.get_object_lock_configuration(Bucket=name)["ObjectLockConfiguration"]["Rule"]
    assert (locked["DefaultRetention"]["Mode"], locked["DefaultRetention"]["Days"]) == ("COMPLIANCE", 35)
    rules = s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
    [moves] = [rule["Transitions"] for rule in rules if rule["ID"] == "cheaper-storage"]
    assert [(step["Days"], step["StorageClass"]) for step in moves] == [
        (30, "STANDARD_IA"),
        (90, "DEEP_ARCHIVE"),
    ]


def test_the_lock_waits_for_versions(cloud: Cloud) -> None:
    cloud.deploy(lambda: bucket(lock=WEEK))
    assert NAME in cloud.one("BucketObjectLockConfiguration").after


def test_a_bucket_in_another_region_has_everything_there(cloud: Cloud) -> None:
    cloud.deploy(
        lambda: bucket(
            region="us-west-2", lock=WEEK, cors_origins=["https://example.org"], access_log_bucket="logs-west"
        )
    )
    assert len(cloud.made) == 10
    assert {made.inputs["region"] for made in cloud.made} == {"us-west-2"}


@pytest.mark.parametrize(
    ("key", "header", "value"),
    [
        (None, "s3:x-amz-server-side-encryption", "AES256"),
        (KEY, "s3:x-amz-server-side-encryption-aws-kms-key-id", KEY),
    ],
)
def test_other_encryption_is_refused(cloud: Cloud, key: str | None, header: str, value: str) -> None:
    cloud.deploy(lambda: bucket(kms_key_arn=key, refuse_other_keys=True))
    _, other = cloud.one("BucketPolicy").document("policy")["Statement"]
    assert (other["Effect"], other["Action"], other["Resource"]) == ("Deny", "s3:PutObject", f"{ARN}/*")
    assert other["Condition"] == {"Null": {header: "false"}, "StringNotEquals": {header: value}}


def test_cloudtrail_and_config_write_their_own_folders(cloud: Cloud) -> None:
    writers = [LogWriter.CLOUDTRAIL, LogWriter.CONFIG]
    cloud.deploy(lambda: bucket(Purpose.LOGS, log_writers=writers, kms_key_arn=KEY))
    _, *found = cloud.one("BucketPolicy").document("policy")["Statement"]
    here = {"aws:SourceAccount": ACCOUNT}
    assert [(s["Sid"], s["Principal"], s["Action"], s["Resource"], s["Condition"]) for s in found] == [
        (
            "TrailLooks",
            {"Service": "cloudtrail.amazonaws.com"},
            ["s3:GetBucketAcl"],
            ARN,
            {"ArnLike": TRAILS},
        ),
        (
            "TrailWrites",
            {"Service": "cloudtrail.amazonaws.com"},
            "s3:PutObject",
            f"{ARN}/AWSLogs/{ACCOUNT}/*",
            {"ArnLike": TRAILS, "StringEquals": OWNED},
        ),
        (
            "ConfigLooks",
            {"Service": "config.amazonaws.com"},
            ["s3:GetBucketAcl", "s3:ListBucket"],
            ARN,
            {"StringEquals": here},
        ),
        (
            "ConfigWrites",
            {"Service": "config.amazonaws.com"},
            "s3:PutObject",
            f"{ARN}/AWSLogs/{ACCOUNT}/Config/*",
            {"StringEquals": {**here, **OWNED}},
        ),
    ]


def test_who_only_writes_cannot_read_or_delete(cloud: Cloud) -> None:
    cloud.deploy(lambda: bucket(kms_key_arn=KEY).grant_write("role-1", "dump"))
    policy = cloud.one("RolePolicy")
    assert policy.name == f"{NAME}-dump-write"
    objects, key = policy.document("policy")["Statement"]
    assert (objects["Action"], objects["Resource"]) == (
        ["s3:PutObject", "s3:AbortMultipartUpload"],
        f"{ARN}/*",
    )
    assert (key["Action"], key["Resource"]) == (["kms:GenerateDataKey", "kms:Decrypt"], KEY)


def test_an_existing_bucket_is_granted_and_left_as_it_is() -> None:
    simulation = Simulation()
    simulation.client("s3").create_bucket(Bucket="owned-by-somebody")
    simulation.client("iam").create_role(RoleName="app", AssumeRolePolicyDocument=json.dumps(_TRUST))

    def program() -> Any:
        found = bucket(existing="owned-by-somebody")
        found.grant_read("app")
        return found.arn

    assert simulation.run(program) == "arn:aws:s3:::owned-by-somebody"
    assert [made.type for made in simulation.registered if made.type.startswith("aws:")] == [
        "aws:iam/rolePolicy:RolePolicy"
    ]
    policy = simulation.client("iam").list_role_policies(RoleName="app")["PolicyNames"]
    assert len(policy) == 1


_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}
LOCKED = "Expected a versioned bucket that keeps its objects for as long."


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            {"existing": "b", "expire_days": 3},
            "expire_days of a bucket that exists already. Expected `existing` alone (with `kms_key_arn`, for "
            "grants): the bucket stays as it is. Fix: drop expire_days, or `existing`.",
        ),
        (
            {"lock": ObjectLock(mode=LockMode.GOVERNANCE, days=0)},
            "a lock of 0 days. Expected one day or more. Fix: correct `lock`.",
        ),
        (
            {"lock": WEEK, "versioned": False},
            f"objects are locked for 7 days, and the bucket has no versions. {LOCKED} "
            "Fix: set `versioned`, or drop `lock`.",
        ),
        (
            {"lock": WEEK, "force_destroy": True},
            "objects are locked for 7 days, and the bucket is to be emptied when it is destroyed. "
            f"{LOCKED} Fix: drop `force_destroy`, or drop `lock`.",
        ),
        (
            {"lock": WEEK, "expire_days": 6},
            f"objects are locked for 7 days, and the bucket expires objects after 6 days. {LOCKED} "
            "Fix: raise `expire_days`, or drop `lock`.",
        ),
        (
            {"lock": WEEK, "purpose": Purpose.LOGS, "log_writers": [LogWriter.S3]},
            f"objects are locked for 7 days, and the bucket takes S3's access logs. {LOCKED} "
            "Fix: let another bucket take them, or drop `lock`.",
        ),
        (
            {"transitions": [Transition(days=29, storage_class=StorageClass.INFREQUENT)]},
            "a transition to STANDARD_IA after 29 days. Expected 30 days or more, as S3 wants it. "
            "Fix: raise `days`, or take INTELLIGENT_TIERING.",
        ),
        (
            {
                "transitions": [
                    Transition(days=90, storage_class=StorageClass.GLACIER),
                    Transition(days=60, storage_class=StorageClass.GLACIER_INSTANT),
                ]
            },
            "the transitions are after 90, 60 days. Expected each later than the one before. "
            "Fix: order `transitions` by days.",
        ),
        (
            {"transitions": [Transition(days=5, storage_class=StorageClass.INTELLIGENT)], "expire_days": 5},
            "objects expire after 5 days and move after 5. Expected expiry after the last transition. "
            "Fix: raise `expire_days` or drop the transition.",
        ),
    ],
)
def test_contradictions_are_refused(cloud: Cloud, more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: bucket(**more))
    assert str(refused.value) == f"{NAME}: {sentence}"
    assert cloud.made == []
