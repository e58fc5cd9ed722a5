"""A private bucket, shaped by what it is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pulumi


class Purpose(StrEnum):
    """What a bucket is for."""

    DATA = "data"
    SITE = "site"
    LOGS = "logs"
    BACKUP = "backup"


class LogWriter(StrEnum):
    """The AWS services that deliver logs to a bucket."""

    ALB = "alb"
    CLOUDFRONT = "cloudfront"
    S3 = "s3"


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

    def __init__(
        self, name: str, args: BucketArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:bucket:Bucket", name, {}, opts)

    def grant_read(self, role_name: pulumi.Input[str], grantee: str = "app") -> None:
        """Let a role list and read the objects; `grantee` names the grant."""

    def grant_read_write(
        self, role_name: pulumi.Input[str], grantee: str = "app"
    ) -> None:
        """Let a role list, read, write and delete the objects; `grantee` names the grant."""
