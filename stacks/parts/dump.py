"""The nightly dump: a file of the whole database that can be read without AWS."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from components.bucket import Bucket, BucketArgs, Purpose
from components.bucket_replication import BucketReplication, BucketReplicationArgs
from components.database import Database
from components.endpoint_names import interfaces
from components.job import Job, Schedule
from components.job_dump import DumpArgs, dump_database
from components.registry import Registry, RegistryArgs
from stacks.parts.application import Application
from stacks.parts.data import Data
from stacks.parts.ground import Ground
from stacks.parts.lookouts import Lookouts
from stacks.settings import backup as settings_of_backup
from stacks.settings.root import Settings

# AWS: ECS API reference, EphemeralStorage, sizeInGiB: 21 to 200 (botocore 1.44.5), read 2026-11.
SMALLEST_DISK_GB, LARGEST_DISK_GB = 21, 200


@dataclass(frozen=True)
class Dumps:
    """`registry` is None where the image is elsewhere, `copies` where dumps stay in their region."""

    job: Job
    bucket: Bucket
    registry: Registry | None
    copies: BucketReplication | None

    def told(self) -> Mapping[str, object]:
        """Outputs: where dumps and their copies are, how one is started by hand, and where its image belongs."""
        told: dict[str, object] = {"dump_bucket": self.bucket.name, "dump_run_task": self.job.run_task}
        if self.copies is not None:
            told["dump_copy_bucket"] = self.copies.bucket_name
        return told if self.registry is None else {**told, "dump_image_registry": self.registry.url}


def dump(
    settings: Settings, ground: Ground, data: Data, application: Application, lookouts: Lookouts
) -> Dumps | None:
    """The job and its bucket, if a dump is asked for and there is a database of this stack's own."""
    asked, database = settings.backup.dump, data.database
    if asked is None or settings.database is None or not isinstance(database, Database):
        return None
    bucket = _bucket(settings, ground, asked)
    registry = _registry(settings, ground) if asked.image is None else None
    args = DumpArgs(
        cluster=application.cluster,
        database=database,
        bucket=bucket,
        image=_image(settings, asked, registry),
        vpc_id=ground.network.vpc_id,
        subnet_ids=ground.network.private_subnet_ids,
        host=database.reader_endpoints[0] if asked.source == "replica" else None,
        schedule=Schedule(expression=asked.cron),
        ephemeral_storage_gb=_disk_gb(settings.database.storage_gb),
        registry=registry,
        bucket_kms_key_arn=ground.key.arn,
        kms_key_arn=ground.key.arn,
        log_retention_days=settings.logs.application_days,
        alarm_topic_arns=[lookouts.alarms.warning_topic_arn],
        tags=settings.all_tags,
    )
    job = dump_database(f"{settings.prefix}-dump", args)
    if interfaces(settings.network.endpoints):
        ground.network.endpoints.allow_from(job)
    copies = _copies(settings, ground, asked, bucket) if settings.regions.dumps else None
    return Dumps(job=job, bucket=bucket, registry=registry, copies=copies)


def _image(
    settings: Settings, asked: settings_of_backup.Dump, registry: Registry | None
) -> pulumi.Input[str]:
    """Tagged like the server's version in the stack's own registry, for its tools must not be older."""
    if registry is None:
        return str(asked.image)
    assert settings.database is not None
    return pulumi.Output.concat(registry.url, ":", settings.database.engine_version)


def _disk_gb(storage_gb: int) -> int:
    """A dump is compressed, and no larger than the database: as far as Fargate has disks."""
    return min(max(storage_gb, SMALLEST_DISK_GB), LARGEST_DISK_GB)


def _bucket(settings: Settings, ground: Ground, asked: settings_of_backup.Dump) -> Bucket:
    args = BucketArgs(
        purpose=Purpose.BACKUP,
        kms_key_arn=ground.key.arn,
        expire_days=asked.keep_days,
        noncurrent_days=settings.storage.noncurrent_days,
        access_log_bucket=ground.logs.name,
        force_destroy=settings.storage.force_destroy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Bucket(f"{settings.prefix}-dumps", args)


def _copies(
    settings: Settings, ground: Ground, asked: settings_of_backup.Dump, bucket: Bucket
) -> BucketReplication:
    """Every dump in the second region as well, in time: there is one a day, and S3 alone may take two."""
    assert settings.regions.second is not None
    assert ground.second_key is not None
    args = BucketReplicationArgs(
        source=bucket,
        region=settings.regions.second,
        kms_key_arn=ground.second_key.arn,
        time_control=True,
        expire_days=asked.keep_days,
        noncurrent_days=settings.storage.noncurrent_days,
        force_destroy=settings.storage.force_destroy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return BucketReplication(f"{settings.prefix}-dumps-copy", args)


def _registry(settings: Settings, ground: Ground) -> Registry:
    args = RegistryArgs(
        kms_key_arn=ground.key.arn,
        force_delete=settings.storage.force_destroy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Registry(f"{settings.prefix}-dump-images", args)
