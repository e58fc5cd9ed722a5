"""Whether CloudTrail is let in where a trail wants to write: it tries that out before it agrees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from botocore.exceptions import ClientError

from simcloud.bindings import _grants
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_SERVICE = "cloudtrail.amazonaws.com"


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """What CloudTrail may not do yet, of what the trail needs."""
    facts = _facts(ctx, new)
    if not _may_write(ctx, new, facts):
        yield Refusal(
            "InsufficientS3BucketPolicyException",
            f"Incorrect S3 bucket policy is detected for bucket: {new['s3BucketName']}",
            "s3BucketName",
            f"the bucket's policy must allow {_SERVICE} s3:GetBucketAcl on the bucket and s3:PutObject on "
            f"{_objects(ctx, new)}; let the trail depend on it.",
        )
    if "kmsKeyId" in new and not _may_encrypt(ctx, new["kmsKeyId"], facts):
        yield Refusal(
            "InsufficientEncryptionPolicyException",
            f"Insufficient permissions to access S3 bucket {new['s3BucketName']} or KMS key {new['kmsKeyId']}.",
            "kmsKeyId",
            f"the key's policy must allow {_SERVICE} kms:GenerateDataKey*.",
        )
    if "snsTopicName" in new and not _may_publish(ctx, new["snsTopicName"], facts):
        yield Refusal(
            "InsufficientSnsTopicPolicyException",
            "SNS Topic does not exist or the topic policy is incorrect!",
            "snsTopicName",
            f"the topic's policy must allow {_SERVICE} sns:Publish.",
        )


def _facts(ctx: Context, new: Props) -> Mapping[str, str]:
    """The condition keys of CloudTrail's requests."""
    trail = ctx.arn("cloudtrail", f"trail/{new['name']}")
    return {
        "aws:sourcearn": trail,
        "aws:sourceaccount": ctx.account,
        "s3:x-amz-acl": "bucket-owner-full-control",
        "kms:encryptioncontext:aws:cloudtrail:arn": trail,
    }


# AWS: Amazon S3 bucket policy for CloudTrail, CloudTrail User Guide, read 2026-11.
def _may_write(ctx: Context, new: Props, facts: Mapping[str, str]) -> bool:
    try:
        policy = ctx.client("s3").get_bucket_policy(Bucket=new["s3BucketName"])["Policy"]
    except ClientError:
        return False
    bucket = f"arn:{ctx.partition}:s3:::{new['s3BucketName']}"
    objects = _objects(ctx, new).replace("*", "CloudTrail/log.json.gz")
    return _grants.lets(policy, _SERVICE, "s3:GetBucketAcl", bucket, facts) and _grants.lets(
        policy, _SERVICE, "s3:PutObject", objects, facts
    )


def _objects(ctx: Context, new: Props) -> str:
    prefix = f"{new['s3KeyPrefix']}/" if new.get("s3KeyPrefix") else ""
    return f"arn:{ctx.partition}:s3:::{new['s3BucketName']}/{prefix}AWSLogs/{ctx.account}/*"


# AWS: Configure AWS KMS key policies for CloudTrail, CloudTrail User Guide; from memory, not verified.
def _may_encrypt(ctx: Context, key: str, facts: Mapping[str, str]) -> bool:
    kms = ctx.client("kms")
    identity = kms.describe_key(KeyId=key)["KeyMetadata"]["KeyId"]
    policy = kms.get_key_policy(KeyId=identity, PolicyName="default")["Policy"]
    return _grants.lets(policy, _SERVICE, "kms:GenerateDataKey", facts=facts)


# AWS: Amazon SNS topic policy for CloudTrail, CloudTrail User Guide; from memory, not verified.
def _may_publish(ctx: Context, topic: str, facts: Mapping[str, str]) -> bool:
    arn = topic if topic.startswith("arn:") else ctx.arn("sns", topic)
    policy = ctx.client("sns").get_topic_attributes(TopicArn=arn)["Attributes"]["Policy"]
    return _grants.lets(policy, _SERVICE, "sns:Publish", arn, facts)
