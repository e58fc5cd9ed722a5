"""A private bucket, shaped by what it is for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pulumi
import pulumi_aws as aws

from components import names
from components.bucket_lifecycle import lifecycle
from components.bucket_policy import Document, LogWriter, bucket_policy, read_policy, read_write_policy
from components.errors import ComponentError

__all__ = ["Bucket", "BucketArgs", "LogWriter", "Purpose"]

# Who delivers logs only into buckets encrypted with S3's own key.
# AWS: ELB user guide, "Enable access logs for your Application Load Balancer", read 2026-11
_WRITERS_WITHOUT_KMS = {LogWriter.ALB, LogWriter.S3}


class Purpose(StrEnum):
    """What a bucket is for."""

    DATA = "data"
    SITE = "site"
    LOGS = "logs"
    BACKUP = "backup"


@dataclass(frozen=True, kw_only=True)
class BucketArgs:
    """`noncurrent_days` is how long an overwritten or deleted object can be brought back.

    `access_log_bucket` is a bucket of purpose logs with the writer s3.
    """

    purpose: Purpose
    kms_key_arn: pulumi.Input[str] | None = None
    versioned: bool = True
    expire_days: int | None = None
    noncurrent_days: int = 30
    access_log_bucket: pulumi.Input[str] | None = None
    log_writers: Sequence[LogWriter] = ()
    cors_origins: Sequence[str] = ()
    force_destroy: bool = False
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class Bucket(pulumi.ComponentResource):
    """A bucket that speaks TLS only and is never public.

    `name`, `arn`, `domain_name` and `regional_domain_name` are known once the bucket's policy is in force,
    so whoever delivers logs to it finds the permission.
    """

    component_name: str
    name: pulumi.Output[str]
    arn: pulumi.Output[str]
    domain_name: pulumi.Output[str]
    regional_domain_name: pulumi.Output[str]

    def __init__(self, name: str, args: BucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("plinth:bucket:Bucket", name, {}, opts)
        _check(name, args)
        self.component_name, self._args = name, args
        bucket = self._bucket()
        ready = [self._encrypt(bucket), self._own(bucket), self._permit(bucket)]
        self._keep(bucket)
        self._record_access(bucket)
        self._share_with_browsers(bucket)
        self.name, self.arn = _once(ready, bucket.bucket), _once(ready, bucket.arn)
        self.domain_name = _once(ready, bucket.bucket_domain_name)
        self.regional_domain_name = _once(ready, bucket.bucket_regional_domain_name)
        self._register()

    def grant_read(self, role_name: pulumi.Input[str], grantee: str = "app") -> None:
        """Let a role list and read the objects; `grantee` names the grant."""
        self._grant(f"{self.component_name}-{grantee}-read", role_name, read_policy)

    def grant_read_write(self, role_name: pulumi.Input[str], grantee: str = "app") -> None:
        """Let a role list, read, write and delete the objects; `grantee` names the grant."""
        self._grant(f"{self.component_name}-{grantee}-read-write", role_name, read_write_policy)

    def _bucket(self) -> aws.s3.Bucket:
        args, name = self._args, self.component_name
        return aws.s3.Bucket(
            names.fit(name, names.BUCKET),
            force_destroy=args.force_destroy,
            tags={**args.tags, "Name": name, "plinth:purpose": args.purpose.value},
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )

    def _encrypt(self, bucket: aws.s3.Bucket) -> pulumi.Resource:
        key = self._args.kms_key_arn
        return aws.s3.BucketServerSideEncryptionConfiguration(
            self.component_name,
            bucket=bucket.bucket,
            rules=[
                {
                    "apply_server_side_encryption_by_default": {
                        "sse_algorithm": "AES256" if key is None else "aws:kms",
                        "kms_master_key_id": key,
                    },
                    # One key request per bucket and hour instead of one per object.
                    "bucket_key_enabled": key is not None,
                }
            ],
            opts=self._child(),
        )

    def _own(self, bucket: aws.s3.Bucket) -> pulumi.Resource:
        # CloudFront's standard logs come with an ACL; everything else belongs to the bucket's owner without one.
        acls = LogWriter.CLOUDFRONT in self._args.log_writers
        return aws.s3.BucketOwnershipControls(
            self.component_name,
            bucket=bucket.bucket,
            rule={"object_ownership": "BucketOwnerPreferred" if acls else "BucketOwnerEnforced"},
            opts=self._child(),
        )

    def _permit(self, bucket: aws.s3.Bucket) -> pulumi.Resource:
        closed = aws.s3.BucketPublicAccessBlock(
            self.component_name,
            bucket=bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=self._child(),
        )
        # S3 refuses two changes of a bucket's access at the same moment.
        return aws.s3.BucketPolicy(
            self.component_name, bucket=bucket.bucket, policy=self._policy(bucket), opts=self._child(closed)
        )

    def _policy(self, bucket: aws.s3.Bucket) -> pulumi.Output[str]:
        writers, site = self._args.log_writers, self._args.purpose is Purpose.SITE
        account = aws.get_caller_identity_output(opts=pulumi.InvokeOutputOptions(parent=self)).account_id
        return pulumi.Output.all(bucket.arn, account).apply(
            lambda known: json.dumps(bucket_policy(known[0], known[1], writers, read_by_cloudfront=site))
        )

    def _keep(self, bucket: aws.s3.Bucket) -> None:
        args = self._args
        versioning = aws.s3.BucketVersioning(
            self.component_name,
            bucket=bucket.bucket,
            versioning_configuration={"status": "Enabled" if args.versioned else "Suspended"},
            opts=self._child(),
        )
        aws.s3.BucketLifecycleConfiguration(
            self.component_name,
            bucket=bucket.bucket,
            rules=lifecycle(
                versioned=args.versioned,
                noncurrent_days=args.noncurrent_days,
                expire_days=args.expire_days,
            ),
            opts=self._child(versioning),
        )

    def _record_access(self, bucket: aws.s3.Bucket) -> None:
        if self._args.access_log_bucket is None:
            return
        aws.s3.BucketLogging(
            self.component_name,
            bucket=bucket.bucket,
            target_bucket=self._args.access_log_bucket,
            target_prefix=f"{self.component_name}/",
            opts=self._child(),
        )

    def _share_with_browsers(self, bucket: aws.s3.Bucket) -> None:
        if not self._args.cors_origins:
            return
        aws.s3.BucketCorsConfiguration(
            self.component_name,
            bucket=bucket.bucket,
            cors_rules=[
                {
                    "allowed_origins": list(self._args.cors_origins),
                    "allowed_methods": ["GET", "HEAD", "PUT"],
                    "allowed_headers": ["*"],
                    "expose_headers": ["ETag"],
                    "max_age_seconds": 3600,
                }
            ],
            opts=self._child(),
        )

    def _grant(
        self,
        name: str,
        role_name: pulumi.Input[str],
        document: Callable[[str, str | None], Document],
    ) -> None:
        aws.iam.RolePolicy(
            name,
            role=role_name,
            policy=pulumi.Output.all(self.arn, self._args.kms_key_arn).apply(
                lambda known: json.dumps(document(known[0], known[1]))
            ),
            opts=self._child(),
        )

    def _child(self, *depends_on: pulumi.Resource) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self, depends_on=list(depends_on))

    def _register(self) -> None:
        self.register_outputs(
            {
                "name": self.name,
                "arn": self.arn,
                "domain_name": self.domain_name,
                "regional_domain_name": self.regional_domain_name,
            }
        )


def _once(ready: Sequence[pulumi.Resource], value: pulumi.Output[str]) -> pulumi.Output[str]:
    """`value`, known only when the resources stand."""
    ids = [resource.id for resource in ready if isinstance(resource, pulumi.CustomResource)]
    return pulumi.Output.all(value, *ids).apply(lambda known: str(known[0]))


def _check(where: str, args: BucketArgs) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*[a-z0-9]", where):
        raise ComponentError(
            where,
            "the name cannot begin a bucket's name",
            expected="lower-case letters, digits and hyphens",
            fix="rename the component",
        )
    _check_writers(where, args)
    _check_days(where, args)


def _check_writers(where: str, args: BucketArgs) -> None:
    if args.log_writers and args.purpose is not Purpose.LOGS:
        raise ComponentError(
            where,
            f"a bucket of purpose {args.purpose} has the log writers {', '.join(args.log_writers)}",
            expected="log writers on buckets of purpose logs only",
            fix="give the logs a bucket of their own",
        )
    refusing = sorted(_WRITERS_WITHOUT_KMS & set(args.log_writers))
    if refusing and args.kms_key_arn is not None:
        raise ComponentError(
            where,
            f"{' and '.join(refusing)} cannot write logs into a bucket with a KMS key",
            expected="S3's own encryption",
            fix="drop kms_key_arn",
        )


def _check_days(where: str, args: BucketArgs) -> None:
    for what, days in (("expire_days", args.expire_days), ("noncurrent_days", args.noncurrent_days)):
        if days is not None and days < 1:
            raise ComponentError(
                where, f"{what} is {days}", expected="one day or more", fix=f"correct {what}"
            )
