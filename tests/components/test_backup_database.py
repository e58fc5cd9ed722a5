"""A database's backups in a second region."""

from typing import Any

import pulumi_aws as aws
import pytest

from components.backup_database import DatabaseBackupReplication, DatabaseBackupReplicationArgs
from components.errors import ComponentError
from components.key import Key, KeyArgs
from simcloud.testing import Simulation
from tests.components.recording import ACCOUNT, Cloud

NAME, WEST = "la-prod-database-west", "us-west-2"
DATABASE = f"arn:aws:rds:us-east-1:{ACCOUNT}:db:la"


def replicate(database_arn: Any = DATABASE, **more: Any) -> DatabaseBackupReplication:
    args = DatabaseBackupReplicationArgs(**{"database_arn": database_arn, "region": WEST, **more})
    return DatabaseBackupReplication(NAME, args)


@pytest.fixture(scope="module")
def deployed() -> Simulation:
    """An encrypted database whose backups and one snapshot are in two regions."""
    simulation = Simulation()

    def program() -> None:
        key = Key("la-prod-data", KeyArgs(alias="la-prod-data", description="Data"))
        database = aws.rds.Instance(
            "la", identifier="la", engine="postgres", engine_version="16.4", instance_class="db.t4g.micro",
            allocated_storage=20, username="owner", password="a-password-of-a-test", storage_encrypted=True,
            kms_key_id=key.arn, backup_retention_period=7, skip_final_snapshot=True,
        )  # fmt: skip
        snapshot = aws.rds.Snapshot(
            "release", db_instance_identifier=database.identifier, db_snapshot_identifier="release"
        )
        replicate(database.arn, snapshots={"release": snapshot.db_snapshot_arn}, retention_days=14)

    simulation.run(program)
    return simulation


@pytest.mark.proves("S1-58")
def test_aws_replicates_the_automated_backups_under_a_key_of_the_region(deployed: Simulation) -> None:
    west = deployed.client("rds", WEST).describe_db_instance_automated_backups()
    [copy] = west["DBInstanceAutomatedBackups"]
    key = deployed.client("kms", WEST).describe_key(KeyId=f"alias/{NAME}")["KeyMetadata"]
    assert (copy["DBInstanceArn"], copy["BackupRetentionPeriod"]) == (DATABASE, 14)
    assert copy["KmsKeyId"] == key["Arn"]


def test_aws_has_the_snapshot_in_the_second_region(deployed: Simulation) -> None:
    [copy] = deployed.client("rds", WEST).describe_db_snapshots()["DBSnapshots"]
    assert copy["DBSnapshotIdentifier"] == f"{NAME}-release"
    assert copy["SourceDBSnapshotIdentifier"].endswith(":snapshot:release")
    assert copy["KmsKeyId"].split(":")[3] == WEST


def test_a_given_key_is_used(cloud: Cloud) -> None:
    cloud.deploy(lambda: replicate(kms_key_arn="key-2", protect=True))
    made = cloud.one("InstanceAutomatedBackupsReplication")
    assert made.inputs == {
        "sourceDbInstanceArn": DATABASE,
        "retentionPeriod": 7,
        "kmsKeyId": "key-2",
        "region": WEST,
    }
    assert made.protect
    assert cloud.of("Key") == []


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            {"retention_days": 36},
            "backups are replicated for 36 days. Expected 1 to 35 days. "
            "Fix: correct `retention_days`, and let Backup keep what is older.",
        ),
        (
            {"region": "us-east-1"},
            "the database and the replica of its backups are both in us-east-1. Expected another region. "
            "Fix: change `region`.",
        ),
        (
            {"database_arn": "la-prod-database"},
            "`la-prod-database` is not the ARN of a database instance. Expected "
            "arn:<partition>:rds:<region>:<account>:db:<name>. Fix: give the ARN that RDS shows.",
        ),
    ],
)
def test_contradictions_are_refused(cloud: Cloud, more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: replicate(**more))
    assert str(refused.value) == f"{NAME}: {sentence}"
    assert cloud.made == []
