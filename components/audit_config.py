"""AWS Config: what every resource looks like and looked like, and which rules it breaks."""

from __future__ import annotations

import json

import pulumi
import pulumi_aws as aws

from components import names
from components.account import Account
from components.audit_args import AuditArgs
from components.audit_rules import ConfigRule
from components.bucket import Bucket
from components.iam_policy import allow, document, trust


def make_config(
    parent: pulumi.Resource,
    name: str,
    args: AuditArgs,
    here: pulumi.Output[Account],
    *,
    bucket: Bucket,
    kms_key_arn: pulumi.Input[str],
) -> None:
    """A recorder that is on, a channel to the bucket, and the rules."""
    opts = pulumi.ResourceOptions(parent=parent)
    recorder = aws.cfg.Recorder(
        name,
        role_arn=_role(parent, name, args, here, bucket, kms_key_arn),
        recording_group={"all_supported": True, "include_global_resource_types": args.global_types},
        opts=opts,
    )
    channel = aws.cfg.DeliveryChannel(
        name,
        s3_bucket_name=bucket.name,
        s3_kms_key_arn=kms_key_arn,
        snapshot_delivery_properties={"delivery_frequency": "TwentyFour_Hours"},
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[recorder]),
    )
    recording = aws.cfg.RecorderStatus(
        name,
        name=recorder.name,
        is_enabled=True,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[channel]),
    )
    for rule in args.rules:
        _rule(parent, name, args, rule, recording)


def delivery_policy(account: Account, bucket_arn: str, kms_key_arn: str) -> str:
    """Write the account's Config files, as the bucket owner's, with the bucket's key."""
    owned = {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}
    return document(
        allow("LookAtBucket", ["s3:GetBucketAcl", "s3:ListBucket"], [bucket_arn]),
        allow(
            "WriteFiles",
            ["s3:PutObject"],
            [f"{bucket_arn}/AWSLogs/{account.id}/Config/*"],
            condition=owned,
        ),
        allow("EncryptFiles", ["kms:GenerateDataKey", "kms:Decrypt"], [kms_key_arn]),
    )


def _role(
    parent: pulumi.Resource,
    name: str,
    args: AuditArgs,
    here: pulumi.Output[Account],
    bucket: Bucket,
    kms_key_arn: pulumi.Input[str],
) -> pulumi.Output[str]:
    opts = pulumi.ResourceOptions(parent=parent)
    role = aws.iam.Role(
        names.fit(f"{name}-config", names.ROLE),
        description=f"AWS Config looks at every resource and writes to the bucket of {name}",
        assume_role_policy=here.apply(lambda account: trust("config.amazonaws.com", account.id)),
        tags={**args.tags, "Name": f"{name}-config"},
        opts=opts,
    )
    look = aws.iam.RolePolicyAttachment(
        f"{name}-config-look",
        role=role.name,
        policy_arn=here.apply(
            lambda account: f"arn:{account.partition}:iam::aws:policy/service-role/AWS_ConfigRole"
        ),
        opts=opts,
    )
    write = aws.iam.RolePolicy(
        f"{name}-config-write",
        role=role.name,
        policy=pulumi.Output.all(here, bucket.arn, kms_key_arn).apply(lambda known: delivery_policy(*known)),
        opts=opts,
    )
    return pulumi.Output.all(role.arn, look.id, write.id).apply(lambda known: str(known[0]))


def _rule(
    parent: pulumi.Resource, name: str, args: AuditArgs, rule: ConfigRule, recording: pulumi.Resource
) -> None:
    aws.cfg.Rule(
        names.fit(f"{name}-{rule.label}", names.Limit("Config rule name", 128)),
        source={"owner": "AWS", "source_identifier": rule.identifier},
        input_parameters=json.dumps(dict(rule.parameters)) if rule.parameters else None,
        tags={**args.tags, "Name": f"{name}-{rule.label}"},
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[recording]),
    )
