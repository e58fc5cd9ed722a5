"""A bucket's objects, copied to another region as they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws
from pulumi_aws.s3 import BucketReplicationConfigRuleArgsDict as Rule
from pulumi_aws.s3 import BucketReplicationConfigRuleDestinationArgsDict as Destination

from components import account, names
from components.account import Account
from components.bucket import Bucket, BucketArgs, Purpose
from components.bucket_lifecycle import StorageClass, Transition
from components.bucket_replication_policy import Side, replication_policy
from components.errors import ComponentError
from components.iam_policy import trust
from components.key import Key, KeyArgs

# AWS: S3 User Guide, "Using S3 Replication Time Control": fifteen minutes is the only value, read 2026-11
_MINUTES = 15


@dataclass(frozen=True, kw_only=True)
class BucketReplicationArgs:
    """`region` is the second region; `existing` the ARN of a versioned bucket there, else one is made.

    `kms_key_arn` is a key of the second region; where the source has a key and this is None, one is made there.
    `prefix` None copies everything. `delete_markers` also copies deletions (versions stay on both sides).
    `time_control` promises 99.99 % of copies within 15 minutes, for a fee, and measures them.
    What else there is (`noncurrent_days` to `protect`) is said of the bucket that is made: S3 copies no settings.
    """

    source: Bucket
    region: str
    existing: pulumi.Input[str] | None = None
    kms_key_arn: pulumi.Input[str] | None = None
    prefix: str | None = None
    delete_markers: bool = False
    time_control: bool = False
    storage_class: StorageClass | None = None
    noncurrent_days: int = 30
    expire_days: int | None = None
    transitions: Sequence[Transition] = ()
    cors_origins: Sequence[str] = ()
    force_destroy: bool = False
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class BucketReplication(pulumi.ComponentResource):
    """The copy in the second region, the role that may write it, and the rule that says what is copied."""

    component_name: str
    bucket_arn: pulumi.Output[str]
    bucket_name: pulumi.Output[str]
    role_arn: pulumi.Output[str]
    kms_key_arn: pulumi.Input[str] | None

    def __init__(
        self, name: str, args: BucketReplicationArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        _check(name, args)
        super().__init__("plinth:bucket:BucketReplication", name, {}, opts)
        self.component_name, self._args = name, args
        self.kms_key_arn = self._key_arn()
        target = self._target() if args.existing is None else None
        self.bucket_arn = target.arn if target else pulumi.Output.concat(args.existing or "")
        self.bucket_name = self.bucket_arn.apply(lambda arn: arn.rpartition(":")[2])
        self._here = account.current(self)
        role = self._role()
        self.role_arn = role.arn
        self._rule(role, self._permit(role), target)
        self.register_outputs({"bucket_arn": self.bucket_arn, "role_arn": self.role_arn})

    def _key_arn(self) -> pulumi.Input[str] | None:
        args = self._args
        if args.kms_key_arn is not None or args.source.args.kms_key_arn is None or args.existing is not None:
            return args.kms_key_arn
        key = KeyArgs(
            alias=self.component_name,
            description=f"Copies of {args.source.component_name}",
            region=args.region,
            protect=args.protect,
            tags=args.tags,
        )
        return Key(f"{self.component_name}-key", key, pulumi.ResourceOptions(parent=self)).arn

    def _target(self) -> Bucket:
        args = self._args
        copy = BucketArgs(
            purpose=Purpose.BACKUP,
            region=args.region,
            kms_key_arn=self.kms_key_arn,
            noncurrent_days=args.noncurrent_days,
            expire_days=args.expire_days,
            transitions=args.transitions,
            cors_origins=args.cors_origins,
            force_destroy=args.force_destroy,
            protect=args.protect,
            tags=args.tags,
        )
        return Bucket(self.component_name, copy, pulumi.ResourceOptions(parent=self))

    def _role(self) -> aws.iam.Role:
        trusted = pulumi.Output.all(self._here, self._args.source.arn).apply(
            lambda known: trust("s3.amazonaws.com", known[0].id, known[1])
        )
        return aws.iam.Role(
            names.fit(self.component_name, names.ROLE),
            description=f"S3 copies {self._args.source.component_name} to {self._args.region}",
            assume_role_policy=trusted,
            tags={**self._args.tags, "Name": self.component_name},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _permit(self, role: aws.iam.Role) -> pulumi.Resource:
        source, deletes, region = self._args.source, self._args.delete_markers, self._args.region
        known = pulumi.Output.all(
            self._here, source.arn, source.args.kms_key_arn, self.bucket_arn, self.kms_key_arn
        )
        return aws.iam.RolePolicy(
            self.component_name,
            role=role.name,
            policy=known.apply(
                lambda all_: replication_policy(
                    all_[0],
                    Side(bucket_arn=all_[1], kms_key_arn=all_[2], region=_region(source, all_[0])),
                    Side(bucket_arn=all_[3], kms_key_arn=all_[4], region=region),
                    deletes=deletes,
                )
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _rule(self, role: aws.iam.Role, policy: pulumi.Resource, target: Bucket | None) -> None:
        versioned = [side.versioning for side in (self._args.source, target) if side and side.versioning]
        aws.s3.BucketReplicationConfig(
            self.component_name,
            bucket=self._args.source.name,
            region=self._args.source.args.region,
            role=role.arn,
            rules=[self._what()],
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy, *versioned]),
        )

    def _what(self) -> Rule:
        args = self._args
        rule: Rule = {
            "id": "second-region",
            "status": "Enabled",
            "priority": 1,
            "filter": {"prefix": args.prefix or ""},
            "delete_marker_replication": {"status": "Enabled" if args.delete_markers else "Disabled"},
            "destination": self._destination(),
        }
        if args.source.args.kms_key_arn is not None:
            # Without this S3 leaves objects with a KMS key behind, silently.
            rule["source_selection_criteria"] = {"sse_kms_encrypted_objects": {"status": "Enabled"}}
        return rule

    def _destination(self) -> Destination:
        destination: Destination = {"bucket": self.bucket_arn}
        if self._args.storage_class is not None:
            destination["storage_class"] = self._args.storage_class.value
        if self.kms_key_arn is not None:
            destination["encryption_configuration"] = {"replica_kms_key_id": self.kms_key_arn}
        if self._args.time_control:
            destination["metrics"] = {"status": "Enabled", "event_threshold": {"minutes": _MINUTES}}
            destination["replication_time"] = {"status": "Enabled", "time": {"minutes": _MINUTES}}
        return destination


def _region(source: Bucket, here: Account) -> str:
    return source.args.region or here.region


def _check(where: str, args: BucketReplicationArgs) -> None:
    source = args.source
    if not source.args.versioned:
        raise ComponentError(
            where,
            f"{source.component_name} has no versions, and S3 copies versions",
            expected="a versioned source",
            fix=f"set `versioned` of {source.component_name}",
        )
    if args.region == (source.args.region or aws.config.region):
        raise ComponentError(
            where,
            f"the source and the copy are both in {args.region}",
            expected="another region, which an outage of the first leaves alone",
            fix="change `region`",
        )
    if args.existing is not None and source.args.kms_key_arn is not None and args.kms_key_arn is None:
        raise ComponentError(
            where,
            f"{source.component_name} has a KMS key, and nobody says with which one the existing copy is encrypted",
            expected=f"`kms_key_arn` of a key in {args.region}",
            fix="add `kms_key_arn`",
        )
