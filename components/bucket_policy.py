"""Who may do what with a bucket, as policy documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

Statement = Mapping[str, Any]
Document = Mapping[str, Any]


class LogWriter(StrEnum):
    """The AWS services that deliver logs to a bucket."""

    ALB = "alb"
    CLOUDFRONT = "cloudfront"
    S3 = "s3"


def bucket_policy(
    bucket_arn: str, account_id: str, writers: Sequence[LogWriter] = (), *, read_by_cloudfront: bool = False
) -> Document:
    """Refuse plain HTTP from everybody; admit the log writers and, for a site, the account's CloudFront."""
    statements = [_tls_only(bucket_arn)]
    if LogWriter.ALB in writers:
        statements.append(_alb(bucket_arn, account_id))
    if LogWriter.S3 in writers:
        statements.append(_s3(bucket_arn, account_id))
    if read_by_cloudfront:
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


def _tls_only(bucket_arn: str) -> Statement:
    return {
        "Sid": "RefusePlainHttp",
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": "s3:*",
        "Resource": [bucket_arn, f"{bucket_arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def _alb(bucket_arn: str, account_id: str) -> Statement:
    # The account in the path is what keeps other accounts' load balancers out.
    # AWS: ELB user guide, "Enable access logs for your Application Load Balancer", read 2026-11
    return {
        "Sid": "LoadBalancerLogs",
        "Effect": "Allow",
        "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"{bucket_arn}/*/AWSLogs/{account_id}/*",
    }


def _s3(bucket_arn: str, account_id: str) -> Statement:
    return {
        "Sid": "BucketAccessLogs",
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"{bucket_arn}/*",
        "Condition": {"StringEquals": {"aws:SourceAccount": account_id}},
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
