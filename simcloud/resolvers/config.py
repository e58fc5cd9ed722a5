"""What AWS Config names of itself and of others."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver


def _role(ctx: Context, value: str) -> Any:
    # AWS makes a service's own role when it is first needed.
    if ":role/aws-service-role/" in value:
        return True
    return ctx.client("iam").get_role(RoleName=value.rsplit("/", 1)[-1])


RESOLVERS = {
    "config_role": Resolver("InvalidRoleException", "The role {value} cannot be found.", _role),
    "config_bucket": Resolver(
        "NoSuchBucketException",
        "Cannot find a S3 bucket with name {value}",
        lambda ctx, value: ctx.client("s3").head_bucket(Bucket=value),
    ),
    "config_key": Resolver(
        "InvalidS3KmsKeyArnException",
        "The arn '{value}' is not a valid kms key or alias arn.",
        lambda ctx, value: ctx.client("kms").describe_key(KeyId=value),
        given_out=True,
    ),
    "config_topic": Resolver(
        "InvalidSNSTopicARNException",
        "The sns topic arn '{value}' is not valid.",
        lambda ctx, value: ctx.client("sns").get_topic_attributes(TopicArn=value),
    ),
    "config_recorder": Resolver(
        "NoSuchConfigurationRecorderException",
        "Cannot find configuration recorder with the specified name '{value}'.",
        lambda ctx, value: ctx.client("config").describe_configuration_recorders(
            ConfigurationRecorderNames=[value]
        ),
    ),
}
