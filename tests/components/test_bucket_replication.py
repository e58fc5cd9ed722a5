"""Objects in two regions: what is copied, by whom, and with which keys."""

import json
from typing import Any

import pytest

from components.bucket import Bucket, BucketArgs, Purpose, StorageClass
from components.bucket_replication import BucketReplication, BucketReplicationArgs
from components.errors import ComponentError
from components.key import Key, KeyArgs
from simcloud.testing import Simulation
from tests.components.recording import ACCOUNT, Cloud

SOURCE, COPY = "la-prod-uploads", "la-prod-uploads-west"
HOME, WEST = "us-east-1", "us-west-2"
SOURCE_ARN, COPY_ARN = f"arn:aws:s3:::{SOURCE}-1234567", f"arn:aws:s3:::{COPY}-1234567"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
WEST_KEY = f"arn:aws:kms:{WEST}:{ACCOUNT}:key/2"


def replicate(region: str = WEST, source: dict[str, Any] | None = None, **more: Any) -> BucketReplication:
    made = Bucket(SOURCE, BucketArgs(purpose=Purpose.DATA, **(source or {})))
    return BucketReplication(COPY, BucketReplicationArgs(source=made, region=region, **more))


def statements(cloud: Cloud) -> dict[str, Any]:
    found = cloud.named("RolePolicy", COPY).document("policy")["Statement"]
    return {statement["Sid"]: statement for statement in found}


@pytest.fixture(scope="module")
def deployed() -> Simulation:
    """An encrypted bucket and its copy, standing in the simulated AWS."""
    simulation = Simulation()

    def program() -> None:
        key = Key("la-prod-data", KeyArgs(alias="la-prod-data", description="Data"))
        replicate(source={"kms_key_arn": key.arn}, time_control=True, delete_markers=True)

    simulation.run(program)
    return simulation


def _names(simulation: Simulation) -> tuple[str, str]:
    names = sorted(found["Name"] for found in simulation.client("s3").list_buckets()["Buckets"])
    [source] = [name for name in names if not name.startswith(COPY)]
    [copy] = [name for name in names if name.startswith(COPY)]
    return source, copy


@pytest.mark.proves("S2-45", "S4-45")
def test_aws_has_the_copy_in_the_second_region(deployed: Simulation) -> None:
    s3, (source, copy) = deployed.client("s3"), _names(deployed)
    assert s3.get_bucket_location(Bucket=copy)["LocationConstraint"] == WEST
    assert {s3.get_bucket_versioning(Bucket=name)["Status"] for name in (source, copy)} == {"Enabled"}
    assert set(s3.get_public_access_block(Bucket=copy)["PublicAccessBlockConfiguration"].values()) == {True}


@pytest.mark.proves("S2-45", "S4-45")
def test_aws_copies_everything_with_the_second_regions_key(deployed: Simulation) -> None:
    s3, (source, copy) = deployed.client("s3"), _names(deployed)
    [rule] = s3.get_bucket_replication(Bucket=source)["ReplicationConfiguration"]["Rules"]
    key = deployed.client("kms", WEST).describe_key(KeyId=f"alias/{COPY}")["KeyMetadata"]["Arn"]
    assert key.split(":")[3] == WEST
    assert rule["Filter"] == {"Prefix": ""}
    assert rule["SourceSelectionCriteria"] == {"SseKmsEncryptedObjects": {"Status": "Enabled"}}
    assert rule["DeleteMarkerReplication"] == {"Status": "Enabled"}
    assert rule["Destination"] == {
        "Bucket": f"arn:aws:s3:::{copy}",
        "EncryptionConfiguration": {"ReplicaKmsKeyID": key},
        "ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": 15}},
        "Metrics": {"Status": "Enabled", "EventThreshold": {"Minutes": 15}},
    }
    [encryption] = s3.get_bucket_encryption(Bucket=copy)["ServerSideEncryptionConfiguration"]["Rules"]
    assert encryption["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"] == key


def test_the_role_reads_there_and_writes_here_and_no_more(cloud: Cloud) -> None:
    cloud.deploy(lambda: replicate(source={"kms_key_arn": KEY}, kms_key_arn=WEST_KEY))
    found = statements(cloud)
    assert {sid: (statement["Action"], statement["Resource"]) for sid, statement in found.items()} == {
        "ReadConfiguration": (["s3:GetReplicationConfiguration", "s3:ListBucket"], [SOURCE_ARN]),
        "ReadVersions": (
            ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
            [f"{SOURCE_ARN}/*"],
        ),
        "WriteCopies": (["s3:ReplicateObject", "s3:ReplicateTags"], [f"{COPY_ARN}/*"]),
        "Decrypt": (["kms:Decrypt"], [KEY]),
        "Encrypt": (["kms:Encrypt", "kms:GenerateDataKey"], [WEST_KEY]),
    }
    assert found["Decrypt"]["Condition"] == {
        "StringEquals": {"kms:ViaService": f"s3.{HOME}.amazonaws.com"},
        "StringLike": {"kms:EncryptionContext:aws:s3:arn": [SOURCE_ARN, f"{SOURCE_ARN}/*"]},
    }
    assert found["Encrypt"]["Condition"]["StringEquals"] == {"kms:ViaService": f"s3.{WEST}.amazonaws.com"}
    assert cloud.of("Key") == []


def test_only_s3_takes_the_role_and_only_for_the_source(cloud: Cloud) -> None:
    cloud.deploy(replicate)
    [trusted] = json.loads(cloud.one("Role").inputs["assumeRolePolicy"])["Statement"]
    assert trusted["Principal"] == {"Service": "s3.amazonaws.com"}
    assert trusted["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
        "ArnLike": {"aws:SourceArn": SOURCE_ARN},
    }


def test_deletions_are_replicated_only_if_asked(cloud: Cloud) -> None:
    cloud.deploy(replicate)
    [rule] = cloud.one("BucketReplicationConfig").inputs["rules"]
    assert rule["deleteMarkerReplication"] == {"status": "Disabled"}
    assert "s3:ReplicateDelete" not in statements(cloud)["WriteCopies"]["Action"]


def test_deletions_that_are_asked_for_are_permitted(cloud: Cloud) -> None:
    cloud.deploy(lambda: replicate(delete_markers=True))
    assert "s3:ReplicateDelete" in statements(cloud)["WriteCopies"]["Action"]


def test_without_keys_none_is_made_or_named(cloud: Cloud) -> None:
    cloud.deploy(lambda: replicate(prefix="public/", storage_class=StorageClass.GLACIER_INSTANT))
    [rule] = cloud.one("BucketReplicationConfig").inputs["rules"]
    assert rule["filter"] == {"prefix": "public/"}
    assert rule["destination"] == {"bucket": COPY_ARN, "storageClass": "GLACIER_IR"}
    assert "sourceSelectionCriteria" not in rule
    assert cloud.of("Key") == []
    assert set(statements(cloud)) == {"ReadConfiguration", "ReadVersions", "WriteCopies"}


def test_the_rule_waits_for_versions_on_both_sides(cloud: Cloud) -> None:
    cloud.deploy(replicate)
    assert {SOURCE, COPY} <= set(cloud.one("BucketReplicationConfig").after)


def test_an_existing_copy_is_used(cloud: Cloud) -> None:
    made = cloud.deploy(lambda: replicate(existing="arn:aws:s3:::theirs"))
    assert [bucket.name for bucket in cloud.of("Bucket")] == [SOURCE]
    assert cloud.value(made.bucket_arn) == "arn:aws:s3:::theirs"
    assert statements(cloud)["WriteCopies"]["Resource"] == ["arn:aws:s3:::theirs/*"]


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (
            lambda: replicate(source={"versioned": False}),
            f"{COPY}: {SOURCE} has no versions, and S3 copies versions. Expected a versioned source. "
            f"Fix: set `versioned` of {SOURCE}.",
        ),
        (
            lambda: replicate(source={"region": WEST}),
            f"{COPY}: the source and the copy are both in {WEST}. Expected another region, which an outage of "
            "the first leaves alone. Fix: change `region`.",
        ),
        (
            lambda: replicate(source={"kms_key_arn": KEY}, existing="arn:aws:s3:::theirs"),
            f"{COPY}: {SOURCE} has a KMS key, and nobody says with which one the existing copy is encrypted. "
            f"Expected `kms_key_arn` of a key in {WEST}. Fix: add `kms_key_arn`.",
        ),
    ],
)
def test_contradictions_are_refused(cloud: Cloud, program: Any, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == sentence
    assert cloud.of("BucketReplicationConfig") == []
