"""The nightly dump of a database into a bucket, as a job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.bucket import Bucket
from components.cluster import Cluster
from components.database import Database
from components.engine import Engine
from components.errors import ComponentError
from components.job import Job, JobArgs, Schedule
from components.registry import Registry
from components.service_grant import Grant

NIGHTLY = "cron(0 2 * * ? *)"

_FILE = "/tmp/dump"
# Complete before it is uploaded, and readable: a stream that breaks would leave half a dump under a good name.
_POSTGRES = (
    f"pg_dump --format=custom --no-owner --file={_FILE} "
    f"&& pg_restore --list {_FILE} > /dev/null "
    f'&& aws s3 cp --no-progress {_FILE} "s3://$BUCKET/$PREFIX/$(date -u +%Y/%m/%d/%H%M%S).dump"'
)


@dataclass(frozen=True, kw_only=True)
class DumpArgs:
    """`image` has `sh`, `pg_dump` of the server's major version or newer, and the AWS command line.

    The whole dump lies on the task's disk before it is uploaded below `prefix`: `ephemeral_storage_gb` (AWS: 21 to
    200) must hold it. `host` is another one than the writer, such as a replica's. `bucket_kms_key_arn` is the
    bucket's key, if it has one.
    """

    cluster: Cluster
    database: Database
    bucket: Bucket
    image: pulumi.Input[str]
    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[str]]
    host: pulumi.Input[str] | None = None
    prefix: str = "dumps"
    schedule: Schedule = field(default_factory=lambda: Schedule(expression=NIGHTLY))
    cpu: int = 1024
    memory: int = 2048
    ephemeral_storage_gb: int = 50
    registry: Registry | None = None
    require_digest: bool = False
    bucket_kms_key_arn: pulumi.Input[str] | None = None
    kms_key_arn: pulumi.Input[str] | None = None
    log_retention_days: int = 30
    alarm_topic_arns: Sequence[pulumi.Input[str]] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


def dump_database(name: str, args: DumpArgs, opts: pulumi.ResourceOptions | None = None) -> Job:
    """The job, which may write below its prefix and nothing else, and its way to the database."""
    _check(name, args)
    database = args.database
    job = Job(
        name,
        JobArgs(
            cluster=args.cluster,
            vpc_id=args.vpc_id,
            subnet_ids=args.subnet_ids,
            image=args.image,
            command=["sh", "-c", _POSTGRES],
            cpu=args.cpu,
            memory=args.memory,
            schedule=args.schedule,
            registry=args.registry,
            environment=_environment(args),
            # A dump is of everything: what the applications own, which the master is one of, and what is the master's.
            secrets={
                "PGUSER": database.master_secret.field("username"),
                "PGPASSWORD": database.master_secret.field("password"),
            },
            grants=_grants(args),
            ephemeral_storage_gb=args.ephemeral_storage_gb,
            require_digest=args.require_digest,
            log_retention_days=args.log_retention_days,
            kms_key_arn=args.kms_key_arn,
            alarm_topic_arns=args.alarm_topic_arns,
            tags=args.tags,
        ),
        opts,
    )
    # Past a proxy: a dump holds one connection for long, and its snapshot pins it there anyway.
    database.allow_directly_from(job)
    return job


def _check(where: str, args: DumpArgs) -> None:
    if args.database.engine is not Engine.POSTGRES:
        raise ComponentError(
            where,
            f"pg_dump of a {args.database.engine} database",
            expected="a PostgreSQL database",
            fix="give a Job the command of that engine's own tool",
        )
    if not args.prefix or args.prefix.startswith("/") or args.prefix.endswith("/"):
        raise ComponentError(
            where,
            f"dumps go below {args.prefix!r}",
            expected="a prefix without slashes at its ends, such as dumps",
            fix="correct prefix",
        )


def _environment(args: DumpArgs) -> Mapping[str, pulumi.Input[str]]:
    database = args.database
    return {
        "PGHOST": database.writer_endpoint if args.host is None else args.host,
        "PGPORT": str(database.port),
        "PGDATABASE": database.database_name,
        "PGSSLMODE": "require",
        "BUCKET": args.bucket.name,
        "PREFIX": args.prefix,
    }


def _grants(args: DumpArgs) -> list[Grant]:
    below = pulumi.Output.concat(args.bucket.arn, f"/{args.prefix}/*")
    write = Grant(sid="WriteDumps", actions=["s3:PutObject", "s3:AbortMultipartUpload"], resources=[below])
    if args.bucket_kms_key_arn is None:
        return [write]
    # S3 decrypts its own parts when a large upload is put together.
    key = Grant(
        sid="EncryptDumps",
        actions=["kms:GenerateDataKey", "kms:Decrypt"],
        resources=[args.bucket_kms_key_arn],
    )
    return [write, key]
