"""What canaries name."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "canary_role": Resolver(
        "ValidationException",
        "The role {value} cannot be found.",
        lambda ctx, value: ctx.client("iam").get_role(RoleName=value.rsplit("/", 1)[-1]),
    ),
    "canary_bucket": Resolver(
        "ValidationException",
        "There is no S3 bucket for {value}.",
        lambda ctx, value: ctx.client("s3").head_bucket(Bucket=value.removeprefix("s3://").split("/", 1)[0]),
    ),
}
