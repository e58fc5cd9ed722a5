"""The nightly dump of a database into a bucket, as a job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.bucket import Bucket
from components.cluster import Cluster
from components.database import Database
from components.dump_tool import TOOLS
from components.errors import ComponentError
from components.job import Job, JobArgs, Schedule
from components.registry import Registry
from components.service_grant import Grant

NIGHTLY = "cron(0 2 * * ? *)"


@dataclass(frozen=True, kw_only=True)
class DumpArgs:
    """`image` has `sh`, the AWS command line, and what dumps the server's engine in its major version or newer.

    That is `pg_dump` for PostgreSQL, `mysqldump` and `gzip` for MySQL.

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
    tool = TOOLS[database.engine]
    job = Job(
        name,
        JobArgs(
            cluster=args.cluster,
            vpc_id=args.vpc_id,
            subnet_ids=args.subnet_ids,
            image=args.image,
            command=["sh", "-c", tool.command],
            cpu=args.cpu,
            memory=args.memory,
            schedule=args.schedule,
            registry=args.registry,
            environment=_environment(args),
            # A dump is of everything: what the applications own, which the master is one of, and what is the master's.
            secrets={
                tool.username: database.master_secret.field("username"),
                tool.password: database.master_secret.field("password"),
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
    if not args.prefix or args.prefix.startswith("/") or args.prefix.endswith("/"):
        raise ComponentError(
            where,
            f"dumps go below {args.prefix!r}",
            expected="a prefix without slashes at its ends, such as dumps",
            fix="correct prefix",
        )


def _environment(args: DumpArgs) -> Mapping[str, pulumi.Input[str]]:
    database = args.database
    tool = TOOLS[database.engine]
    return {
        tool.host: database.writer_endpoint if args.host is None else args.host,
        tool.port: str(database.port),
        tool.database: database.database_name,
        **tool.constants,
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
