"""The database, as the settings describe it; and, in a standby, the replica of the first region's."""

from collections.abc import Sequence

import pulumi

from components.credentials import Credentials
from components.database import (
    NO_ROTATION,
    BackupRegion,
    CrossRegion,
    Database,
    DatabaseArgs,
    Engine,
    Followed,
    NoRotation,
    Proxy,
    Restore,
    Rotation,
)
from components.remote_replica import RemoteReplica, RemoteReplicaArgs
from components.secret_ref import SecretRef
from stacks.parts.ground import Ground
from stacks.parts.primary import Primary
from stacks.settings import database as settings_of_database
from stacks.settings.root import Settings


def make_database(settings: Settings, db: settings_of_database.Database, ground: Ground) -> Database:
    """A primary with what it is told to have, or a Multi-AZ DB cluster, whose storage does not grow."""
    return Database(f"{settings.prefix}-database", described(settings, db, ground))


def make_replica(
    settings: Settings, db: settings_of_database.Database, ground: Ground, primary: Primary
) -> RemoteReplica:
    """A server of this region that follows the first one's, with its users and their password."""
    args = RemoteReplicaArgs(
        like=described(settings, db, ground),
        place=CrossRegion(
            region=settings.region,
            vpc_id=ground.network.vpc_id,
            subnet_ids=ground.network.database_subnet_ids,
            kms_key_arn=ground.key.arn,
            multi_az=db.multi_az,
            backup_retention_days=db.backup_retention_days,
        ),
        primary_arn=primary.database_arn,
        secret=SecretRef(arn=primary.database_secret_arn, kms_key_arn=primary.copies_key_arn),
        promoted=primary.promoted,
    )
    return RemoteReplica(f"{settings.prefix}-database", args)


def described(settings: Settings, db: settings_of_database.Database, ground: Ground) -> DatabaseArgs:
    """Everything that the settings say of the database."""
    network = ground.network
    return DatabaseArgs(
        engine=Engine(db.engine),
        engine_version=db.engine_version,
        instance_class=db.instance_class,
        storage_gb=db.storage_gb,
        max_storage_gb=db.storage_gb if db.clustered else db.max_storage_gb,
        multi_az=db.multi_az,
        failover_seconds=db.failover_seconds,
        replicas=db.replicas,
        vpc_id=network.vpc_id,
        subnet_ids=network.database_subnet_ids,
        availability_zones=network.availability_zones,
        kms_key_arn=ground.key.arn,
        backup_retention_days=db.backup_retention_days,
        apply_immediately=db.apply_immediately,
        deletion_protection=settings.protection.enabled,
        final_snapshot=db.final_snapshot,
        parameters={**db.parameters, "max_connections": str(db.max_connections)},
        credentials=Credentials(db.credentials) if db.credentials else None,
        rotation=_rotation(db, network.private_subnet_ids),
        iam_authentication=db.iam_authentication,
        proxy=_proxy(db),
        followed=_followed(settings, ground),
        backup_region=_backup_region(settings, ground),
        restore=Restore(snapshot_identifier=db.restore_snapshot) if db.restore_snapshot else None,
        performance_insights=db.performance_insights,
        monitoring_interval_seconds=db.monitoring_interval_seconds,
        log_retention_days=db.log_retention_days,
        database_name=db.database_name,
        username=db.username,
        secret_recovery_window_days=settings.secrets.recovery_window_days,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )


def _rotation(
    db: settings_of_database.Database, subnet_ids: pulumi.Input[Sequence[str]]
) -> Rotation | NoRotation:
    """The function stands beside the tasks: from there it reaches the database and Secrets Manager."""
    if db.rotation_days is None:
        return NO_ROTATION
    return Rotation(days=db.rotation_days, function_subnet_ids=subnet_ids)


def _proxy(db: settings_of_database.Database) -> Proxy | None:
    pooler = db.pooler
    if pooler is None:
        return None
    most = pooler.max_connections_percent
    return Proxy(iam=pooler.iam, max_connections_percent=most, max_idle_connections_percent=most // 2)


def _followed(settings: Settings, ground: Ground) -> Followed | None:
    second = settings.regions.second
    if second is None or ground.second_key is None or settings.regions.database != "replica":
        return None
    return Followed(region=second, kms_key_arn=ground.second_key.arn)


def _backup_region(settings: Settings, ground: Ground) -> BackupRegion | None:
    regions = settings.regions
    if regions.second is None or ground.second_key is None or regions.database != "backups":
        return None
    return BackupRegion(
        region=regions.second,
        kms_key_arn=ground.second_key.arn,
        retention_days=regions.database_keep_days,
    )
