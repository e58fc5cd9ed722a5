"""What trails name."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver
from simcloud.resolvers.cloudwatch import log_group


def _topic(ctx: Context, value: str) -> Any:
    arn = value if value.startswith("arn:") else ctx.arn("sns", value)
    return ctx.client("sns").get_topic_attributes(TopicArn=arn)


RESOLVERS = {
    "trail_bucket": Resolver(
        "S3BucketDoesNotExistException",
        "S3 bucket {value} does not exist!",
        lambda ctx, value: ctx.client("s3").head_bucket(Bucket=value),
    ),
    "trail_key": Resolver(
        "KmsKeyNotFoundException",
        "KMS key {value} does not exist.",
        lambda ctx, value: ctx.client("kms").describe_key(KeyId=value),
        given_out=True,
        any_region=True,
    ),
    "trail_log_group": Resolver(
        "InvalidCloudWatchLogsLogGroupArnException",
        "CloudTrail cannot validate the specified log group ARN {value}.",
        log_group,
    ),
    "trail_role": Resolver(
        "InvalidCloudWatchLogsRoleArnException",
        "CloudTrail cannot find the role {value}.",
        lambda ctx, value: ctx.client("iam").get_role(RoleName=value.rsplit("/", 1)[-1]),
    ),
    "trail_topic": Resolver(
        "InsufficientSnsTopicPolicyException",
        "SNS Topic {value} does not exist or the topic policy is incorrect!",
        _topic,
    ),
}
