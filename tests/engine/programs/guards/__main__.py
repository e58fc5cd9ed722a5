"""Everything that guards an environment: its backups, copies, secrets, records, budget and CI's roles."""

import pulumi_aws as aws

from components.audit import Audit, AuditArgs
from components.backup import Backup, BackupArgs, RestoreTest, Selection, VaultLock, VaultLockMode
from components.backup_database import DatabaseBackupReplication, DatabaseBackupReplicationArgs
from components.bucket import (
    Bucket,
    BucketArgs,
    LockMode,
    ObjectLock,
    Purpose,
    StorageClass,
    Transition,
)
from components.bucket_replication import BucketReplication, BucketReplicationArgs
from components.budget import Budget, BudgetArgs, CostTag, Line
from components.ci_roles import CiRoles, CiRolesArgs, ManagedRoles, StateStore
from components.key import Key, KeyArgs
from components.secrets import Reach, Secrets, SecretsArgs

WEST, MAIL = "us-west-2", "team@example.com"

topic = aws.sns.Topic("critical")
key = Key("data", KeyArgs(alias="data", description="Data", replica_regions=["eu-west-1"], rotation_days=180))
uploads = Bucket(
    "uploads",
    BucketArgs(
        purpose=Purpose.DATA,
        kms_key_arn=key.arn,
        lock=ObjectLock(mode=LockMode.GOVERNANCE, days=10),
        transitions=[Transition(days=40, storage_class=StorageClass.INFREQUENT)],
        refuse_other_keys=True,
    ),
)
BucketReplication("uploads-west", BucketReplicationArgs(source=uploads, region=WEST, time_control=True))
Backup(
    "backup",
    BackupArgs(
        selections={"tagged": Selection(tags={"Environment": "production"})},
        copy_region=WEST,
        lock=VaultLock(mode=VaultLockMode.COMPLIANCE, min_days=7, max_days=400, cooling_off_days=3),
        restore_test=RestoreTest(),
        topic_arn=topic.arn,
        s3=True,
    ),
)
database = aws.rds.Instance(
    "database",
    engine="postgres",
    engine_version="16.4",
    instance_class="db.t4g.micro",
    allocated_storage=20,
    username="owner",
    manage_master_user_password=True,
    storage_encrypted=True,
    backup_retention_period=7,
    skip_final_snapshot=True,
)
DatabaseBackupReplication(
    "database-west", DatabaseBackupReplicationArgs(database_arn=database.arn, region=WEST)
)
Secrets(
    "secrets",
    SecretsArgs(
        path="muejam", names={"stripe": "Payments"}, replica_regions=[WEST], read_policy=Reach.EVERYWHERE
    ),
)
Audit(
    "audit",
    AuditArgs(
        alarm_topic_arn=topic.arn,
        finding_emails=[MAIL],
        unused_access_days=90,
        insights=True,
        force_destroy=True,
    ),
)
Budget(
    "budget",
    BudgetArgs(
        monthly_usd=525,
        emails=[MAIL],
        own_topic=True,
        cost_tag=CostTag(key="Environment", value="production"),
        lines={"database": Line(monthly_usd=200.5, services=["Amazon Relational Database Service"])},
    ),
)
CiRoles(
    "ci",
    CiRolesArgs(
        repository="acme/learning",
        environment="production",
        repository_id="701234567",
        preview_refresh=True,
        state=StateStore(bucket_arn=uploads.arn, kms_key_arn=key.arn),
        deploy_policy_arns=["arn:aws:iam::aws:policy/PowerUserAccess"],
        managed_roles=ManagedRoles(prefix="la-prod-"),
    ),
)
