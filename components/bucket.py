"""A private bucket, shaped by what it is for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial

import pulumi
import pulumi_aws as aws

from components import names
from components.bucket_args import BucketArgs, LockMode, ObjectLock, Purpose
from components.bucket_checks import check_bucket
from components.bucket_lifecycle import StorageClass, Transition
from components.bucket_parts import (
    Setting,
    close,
    encrypt,
    keep,
    own,
    permit,
    record_access,
    share_with_browsers,
)
from components.bucket_policy import Document, LogWriter, read_policy, read_write_policy, write_policy
from components.errors import ComponentError

__all__ = [
    "Bucket",
    "BucketArgs",
    "LockMode",
    "LogWriter",
    "ObjectLock",
    "Purpose",
    "StorageClass",
    "Transition",
]


class Bucket(pulumi.ComponentResource):
    """A bucket that speaks TLS only and is never public.

    `name`, `arn`, `domain_name` and `regional_domain_name` are known once the bucket's policy is in force,
    so whoever delivers logs to it finds the permission (of one that is opened later, before). `versioning` is what a
    replication has to wait for.
    """

    component_name: str
    name: pulumi.Output[str]
    arn: pulumi.Output[str]
    domain_name: pulumi.Output[str]
    regional_domain_name: pulumi.Output[str]
    versioning: pulumi.Resource | None

    def __init__(self, name: str, args: BucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        check_bucket(name, args)
        super().__init__("plinth:bucket:Bucket", name, {}, opts)
        self.component_name, self.args = name, args
        if args.existing is None:
            self._make()
        else:
            self._find(args.existing)
        self._register()

    def open_to(self, distribution_arn: pulumi.Input[str]) -> None:
        """Let one distribution read a site's files and learn which are missing; once, of a bucket `opened_later`."""
        if not self.args.opened_later:
            raise ComponentError(
                self.component_name,
                "the bucket is open already",
                expected="`opened_later=True` where a distribution is to be named",
                fix="set `opened_later`, or leave `open_to` out",
            )
        self._open(distribution_arn)

    def grant_read(self, role_name: pulumi.Input[str], grantee: str = "app") -> None:
        """Let a role list and read the objects; `grantee` names the grant."""
        self._grant(f"{self.component_name}-{grantee}-read", role_name, read_policy)

    def grant_write(self, role_name: pulumi.Input[str], grantee: str = "app") -> None:
        """Let a role write objects, and neither read nor delete any; `grantee` names the grant."""
        self._grant(f"{self.component_name}-{grantee}-write", role_name, write_policy)

    def grant_read_write(self, role_name: pulumi.Input[str], grantee: str = "app") -> None:
        """Let a role list, read, write and delete the objects; `grantee` names the grant."""
        self._grant(f"{self.component_name}-{grantee}-read-write", role_name, read_write_policy)

    def _make(self) -> None:
        bucket = self._bucket()
        to = Setting(parent=self, name=self.component_name, args=self.args, bucket=bucket)
        closed = close(to)
        self._open = partial(permit, to, closed)
        ready = [encrypt(to), own(to), closed if self.args.opened_later else self._open()]
        self.versioning = keep(to)
        record_access(to)
        share_with_browsers(to)
        self.name, self.arn = _once(ready, bucket.bucket), _once(ready, bucket.arn)
        self.domain_name = _once(ready, bucket.bucket_domain_name)
        self.regional_domain_name = _once(ready, bucket.bucket_regional_domain_name)

    def _find(self, existing: pulumi.Input[str]) -> None:
        found = aws.s3.get_bucket_output(
            bucket=existing, region=self.args.region, opts=pulumi.InvokeOutputOptions(parent=self)
        )
        self.versioning = None
        self.name, self.arn = found.bucket, found.arn
        self.domain_name, self.regional_domain_name = (
            found.bucket_domain_name,
            found.bucket_regional_domain_name,
        )

    def _bucket(self) -> aws.s3.Bucket:
        args, name = self.args, self.component_name
        return aws.s3.Bucket(
            names.fit(name, names.BUCKET),
            force_destroy=args.force_destroy,
            region=args.region,
            tags={**args.tags, "Name": name, "plinth:purpose": args.purpose.value},
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
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
            policy=pulumi.Output.all(self.arn, self.args.kms_key_arn).apply(
                lambda known: json.dumps(document(known[0], known[1]))
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )

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
