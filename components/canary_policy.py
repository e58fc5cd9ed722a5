"""What a canary may do: keep its results and say how it went.

AWS: "Required roles and permissions for canaries", CloudWatch User Guide, read 2026-11.
"""

from __future__ import annotations

from components.account import Account
from components.iam_policy import allow, document


def trust_of_canaries() -> str:
    """Synthetics runs a canary as a Lambda function."""
    assume = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    return document(assume)


def canary_policy(account: Account, bucket_arn: str, key_arn: str | None, *, traced: bool) -> str:
    """Only its own bucket, its own log groups and the one namespace of Synthetics."""
    log_groups = account.arn("logs", "log-group:/aws/lambda/cwsyn-*")
    statements = [
        allow("KeepResults", ["s3:PutObject"], [f"{bucket_arn}/*"]),
        allow("FindBucket", ["s3:GetBucketLocation"], [bucket_arn]),
        # Neither action knows a resource.
        allow("ListBuckets", ["s3:ListAllMyBuckets"], ["*"]),
        allow(
            "SayHowItWent",
            ["cloudwatch:PutMetricData"],
            ["*"],
            condition={"StringEquals": {"cloudwatch:namespace": "CloudWatchSynthetics"}},
        ),
        allow("Log", ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], [log_groups]),
    ]
    if key_arn is not None:
        statements.append(allow("EncryptResults", ["kms:GenerateDataKey", "kms:Decrypt"], [key_arn]))
    if traced:
        statements.append(allow("Trace", ["xray:PutTraceSegments"], ["*"]))
    return document(*statements)
