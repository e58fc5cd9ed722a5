"""Who may do what with a bucket, as policy documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

Statement = Mapping[str, Any]
Document = Mapping[str, Any]


class LogWriter(StrEnum):
    """The AWS services that deliver logs to a bucket."""

    ALB = "alb"
    CLOUDFRONT = "cloudfront"
    S3 = "s3"
    CLOUDTRAIL = "cloudtrail"
    CONFIG = "config"


def bucket_policy(
    bucket_arn: str,
    account_id: str,
    writers: Sequence[LogWriter] = (),
    *,
    read_by_cloudfront: bool = False,
    distribution_arn: str | None = None,
    only_encryption: str | None = None,
) -> Document:
    """Refuse plain HTTP from everybody; admit the log writers and, for a site, the account's CloudFront.

    Of a site that is one distribution's alone, `distribution_arn` is told which files are missing as well.
    `only_encryption` (`AES256` or a key's ARN) refuses uploads that ask for another.
    """
    statements = [_tls_only(bucket_arn)]
    if only_encryption is not None:
        statements.append(_one_encryption(bucket_arn, only_encryption))
    for writer, grants in _WRITERS.items():
        if writer in writers:
            statements.extend(grants(bucket_arn, account_id))
    if distribution_arn is not None:
        statements.extend(_distribution(bucket_arn, distribution_arn))
    elif read_by_cloudfront:
        statements.append(_cloudfront(bucket_arn, account_id))
    return _document(statements)


def read_policy(bucket_arn: str, kms_key_arn: str | None) -> Document:
    """List and read the objects, and decrypt them."""
    return _document([*_read(bucket_arn), *_key(kms_key_arn, ["kms:Decrypt"])])


def read_write_policy(bucket_arn: str, kms_key_arn: str | None) -> Document:
    """List, read, write and delete the objects, with their key."""
    write = _allow(
        "WriteObjects",
        ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
        f"{bucket_arn}/*",
    )
    key = _key(kms_key_arn, ["kms:Decrypt", "kms:GenerateDataKey"])
    return _document([*_read(bucket_arn), write, *key])


def write_policy(bucket_arn: str, kms_key_arn: str | None) -> Document:
    """Write objects and nothing else: who only writes can neither read nor delete what was written before."""
    write = _allow("WriteObjects", ["s3:PutObject", "s3:AbortMultipartUpload"], f"{bucket_arn}/*")
    return _document([write, *_key(kms_key_arn, ["kms:GenerateDataKey", "kms:Decrypt"])])


def _tls_only(bucket_arn: str) -> Statement:
    return {
        "Sid": "RefusePlainHttp",
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": "s3:*",
        "Resource": [bucket_arn, f"{bucket_arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def _one_encryption(bucket_arn: str, encryption: str) -> Statement:
    # Who asks for nothing gets the bucket's own: the conditions hold for those who do ask.
    header = (
        "s3:x-amz-server-side-encryption"
        if encryption == "AES256"
        else "s3:x-amz-server-side-encryption-aws-kms-key-id"
    )
    return {
        "Sid": "RefuseOtherEncryption",
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": "s3:PutObject",
        "Resource": f"{bucket_arn}/*",
        "Condition": {"Null": {header: "false"}, "StringNotEquals": {header: encryption}},
    }


def _alb(bucket_arn: str, account_id: str) -> list[Statement]:
    # The account in the path is what keeps other accounts' load balancers out.
    # AWS: ELB user guide, "Enable access logs for your Application Load Balancer", read 2026-11
    return [
        {
            "Sid": "LoadBalancerLogs",
            "Effect": "Allow",
            "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
            "Action": "s3:PutObject",
            "Resource": f"{bucket_arn}/*/AWSLogs/{account_id}/*",
        }
    ]


def _s3(bucket_arn: str, account_id: str) -> list[Statement]:
    return [
        {
            "Sid": "BucketAccessLogs",
            "Effect": "Allow",
            "Principal": {"Service": "logging.s3.amazonaws.com"},
            "Action": "s3:PutObject",
            "Resource": f"{bucket_arn}/*",
            "Condition": {"StringEquals": {"aws:SourceAccount": account_id}},
        }
    ]


def _cloudtrail(bucket_arn: str, account_id: str) -> list[Statement]:
    # AWS: CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail", per reference notes
    partition = bucket_arn.split(":")[1]
    trails = {"ArnLike": {"aws:SourceArn": f"arn:{partition}:cloudtrail:*:{account_id}:trail/*"}}
    return _delivery(
        "Trail",
        "cloudtrail.amazonaws.com",
        bucket_arn,
        f"AWSLogs/{account_id}/*",
        ["s3:GetBucketAcl"],
        trails,
    )


def _config(bucket_arn: str, account_id: str) -> list[Statement]:
    # AWS: Config Developer Guide, "Permissions for the Amazon S3 Bucket for the AWS Config Delivery Channel",
    # per reference notes
    here = {"StringEquals": {"aws:SourceAccount": account_id}}
    look = ["s3:GetBucketAcl", "s3:ListBucket"]
    return _delivery(
        "Config", "config.amazonaws.com", bucket_arn, f"AWSLogs/{account_id}/Config/*", look, here
    )


def _delivery(
    sid: str,
    service: str,
    bucket_arn: str,
    objects: str,
    look: Sequence[str],
    condition: Mapping[str, Mapping[str, str]],
) -> list[Statement]:
    """A service looks at the bucket and then writes objects that are the bucket owner's."""
    owned = {**condition.get("StringEquals", {}), "s3:x-amz-acl": "bucket-owner-full-control"}
    common = {"Effect": "Allow", "Principal": {"Service": service}}
    return [
        {
            "Sid": f"{sid}Looks",
            **common,
            "Action": list(look),
            "Resource": bucket_arn,
            "Condition": condition,
        },
        {
            "Sid": f"{sid}Writes",
            **common,
            "Action": "s3:PutObject",
            "Resource": f"{bucket_arn}/{objects}",
            "Condition": {**condition, "StringEquals": owned},
        },
    ]


_WRITERS: Mapping[LogWriter, Callable[[str, str], list[Statement]]] = {
    LogWriter.ALB: _alb,
    LogWriter.S3: _s3,
    LogWriter.CLOUDTRAIL: _cloudtrail,
    LogWriter.CONFIG: _config,
}


def _cloudfront(bucket_arn: str, account_id: str) -> Statement:
    # Any distribution of the account: naming one would make bucket and distribution wait for each other.
    partition = bucket_arn.split(":")[1]
    distributions = f"arn:{partition}:cloudfront::{account_id}:distribution/*"
    return {
        "Sid": "SiteFiles",
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": f"{bucket_arn}/*",
        "Condition": {"ArnLike": {"aws:SourceArn": distributions}},
    }


def _distribution(bucket_arn: str, distribution_arn: str) -> list[Statement]:
    # AWS: S3 API reference, GetObject: a missing key is 404 to who may list the bucket, 403 to everybody else;
    # CloudFront developer guide, "Restrict access to an Amazon S3 origin"; general knowledge of both, not read again.
    common = {
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Condition": {"StringEquals": {"aws:SourceArn": distribution_arn}},
    }
    return [
        {"Sid": "SiteFiles", **common, "Action": "s3:GetObject", "Resource": f"{bucket_arn}/*"},
        {"Sid": "MissingFiles", **common, "Action": "s3:ListBucket", "Resource": bucket_arn},
    ]


def _read(bucket_arn: str) -> Sequence[Statement]:
    return [
        _allow("ListBucket", ["s3:ListBucket"], bucket_arn),
        _allow("ReadObjects", ["s3:GetObject"], f"{bucket_arn}/*"),
    ]


def _key(kms_key_arn: str | None, actions: Sequence[str]) -> Sequence[Statement]:
    return [_allow("UseKey", actions, kms_key_arn)] if kms_key_arn else []


def _allow(sid: str, actions: Sequence[str], resource: str) -> Statement:
    return {"Sid": sid, "Effect": "Allow", "Action": list(actions), "Resource": resource}


def _document(statements: Sequence[Statement]) -> Document:
    return {"Version": "2012-10-17", "Statement": list(statements)}
