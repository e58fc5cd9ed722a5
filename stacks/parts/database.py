"""The database, as the settings describe it; and, in a standby, the replica of the first region's."""

from dataclasses import replace

from components.database import BackupRegion, CrossRegion, Database, DatabaseArgs, Followed
from components.remote_replica import RemoteReplica, RemoteReplicaArgs
from components.secret_ref import SecretRef
from stacks.parts.ground import Ground
from stacks.parts.primary import Primary
from stacks.settings import database as settings_of_database
from stacks.settings.data_args import Place, database_args
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
    """Everything that the settings say of the database, and what of it is copied to the second region."""
    network = ground.network
    place = Place(
        vpc_id=network.vpc_id,
        subnet_ids=network.database_subnet_ids,
        function_subnet_ids=network.private_subnet_ids,
        kms_key_arn=ground.key.arn,
    )
    return replace(
        database_args(settings, db, place, network.availability_zones),
        followed=_followed(settings, ground),
        backup_region=_backup_region(settings, ground),
    )


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
