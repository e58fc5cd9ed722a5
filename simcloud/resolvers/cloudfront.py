"""What other resources name of CloudFront."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver


def _key_value_store(ctx: Context, value: str) -> bool:
    listed = ctx.client("cloudfront").list_key_value_stores()["KeyValueStoreList"].get("Items", [])
    return value in [store["ARN"] for store in listed]


def _vpc_origin_endpoint(ctx: Context, value: str) -> Any:
    if ":instance/" in value:
        return ctx.client("ec2").describe_instances(InstanceIds=[value.rsplit("/", 1)[-1]])
    return ctx.client("elbv2").describe_load_balancers(LoadBalancerArns=[value])


RESOLVERS = {
    "distribution": Resolver(
        "NoSuchDistribution",
        "The specified distribution does not exist: {value}",
        lambda ctx, value: ctx.client("cloudfront").get_distribution(Id=value),
        given_out=True,
    ),
    "public_key": Resolver(
        "InvalidArgument",
        "The public key {value} does not exist.",
        lambda ctx, value: ctx.client("cloudfront").get_public_key(Id=value),
        given_out=True,
    ),
    "key_value_store": Resolver(
        "ResourceNotFoundException",
        "The key value store {value} does not exist.",
        _key_value_store,
        given_out=True,
    ),
    "vpc_origin_endpoint": Resolver(
        "InvalidArgument",
        "The load balancer or instance {value} does not exist.",
        _vpc_origin_endpoint,
        given_out=True,
        any_region=True,
    ),
}
