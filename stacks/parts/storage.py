"""The buckets: what users upload, and who asked for what."""

from components.bucket import Bucket, BucketArgs, LogWriter, Purpose, StorageClass, Transition
from components.bucket_replication import BucketReplication, BucketReplicationArgs
from components.key import Key
from stacks.parts.primary import Primary
from stacks.settings.root import Settings


def make_logs(settings: Settings) -> Bucket:
    """Where load balancer, edge and buckets write who asked them."""
    args = BucketArgs(
        purpose=Purpose.LOGS,
        log_writers=(LogWriter.ALB, LogWriter.CLOUDFRONT, LogWriter.S3),
        expire_days=settings.storage.access_log_days,
        force_destroy=settings.storage.force_destroy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Bucket(f"{settings.prefix}-logs", args)


def make_uploads(settings: Settings, key: Key, logs: Bucket, primary: Primary | None) -> Bucket:
    """Uploaded files; in a standby, the copy of them that the first region's stack keeps there."""
    name = f"{settings.prefix}-uploads"
    if primary is not None and primary.copies_uploads:
        return Bucket(name, _copied(settings, primary))
    storage = settings.storage
    args = BucketArgs(
        purpose=Purpose.DATA,
        kms_key_arn=key.arn,
        noncurrent_days=storage.noncurrent_days,
        expire_days=storage.expire_days,
        transitions=_transitions(storage.infrequent_after_days),
        access_log_bucket=logs.name,
        cors_origins=_origins(settings),
        force_destroy=storage.force_destroy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Bucket(name, args)


def copy_uploads(settings: Settings, uploads: Bucket, key: Key) -> BucketReplication:
    """Every file in the second region as well, minutes after it was written, and for as long."""
    storage = settings.storage
    assert settings.regions.second is not None
    args = BucketReplicationArgs(
        source=uploads,
        region=settings.regions.second,
        kms_key_arn=key.arn,
        time_control=settings.regions.uploads_time_control,
        noncurrent_days=storage.noncurrent_days,
        expire_days=storage.expire_days,
        transitions=_transitions(storage.infrequent_after_days),
        cors_origins=_origins(settings),
        force_destroy=storage.force_destroy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return BucketReplication(f"{settings.prefix}-uploads-copy", args)


def _copied(settings: Settings, primary: Primary) -> BucketArgs:
    return BucketArgs(
        purpose=Purpose.DATA,
        existing=primary.uploads,
        kms_key_arn=primary.copies_key_arn,
        tags=settings.all_tags,
    )


def _transitions(after_days: int | None) -> tuple[Transition, ...]:
    if after_days is None:
        return ()
    return (Transition(days=after_days, storage_class=StorageClass.INFREQUENT),)


def _origins(settings: Settings) -> tuple[str, ...]:
    """Whose pages may upload straight into the bucket."""
    labels = ("@", *settings.domain.alternative_names, *(settings.site.hosts if settings.site else ()))
    own = [settings.domain.host(label) for label in dict.fromkeys(labels)]
    return tuple(f"https://{host}" for host in (*own, *settings.storage.cors_origins))
