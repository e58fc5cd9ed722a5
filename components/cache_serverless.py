"""A cache without nodes: AWS sizes it, patches it and spreads it over zones."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.cache_args import CacheArgs
from components.cache_options import Serverless
from components.cache_plan import CachePlan
from components.cache_secret import Entry


def make_serverless(
    parent: pulumi.Resource,
    name: str,
    args: CacheArgs,
    plan: CachePlan,
    security_group_id: pulumi.Output[str],
    entry: Entry,
) -> aws.elasticache.ServerlessCache:
    """It always has TLS and encryption on disk."""
    return aws.elasticache.ServerlessCache(
        name,
        name=name,
        description=f"Cache {name}",
        engine=args.engine,
        major_engine_version=plan.major_version,
        subnet_ids=args.subnet_ids,
        security_group_ids=[security_group_id],
        kms_key_id=args.kms_key_arn,
        user_group_id=entry.user_group_id,
        cache_usage_limits=_limits(args.serverless),
        snapshot_retention_limit=args.snapshot_retention_days,
        daily_snapshot_time=args.snapshot_window.split("-", maxsplit=1)[0]
        if args.snapshot_retention_days
        else None,
        tags={**args.tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent, protect=args.protect or None),
    )


def _limits(bounds: Serverless | None) -> aws.elasticache.ServerlessCacheCacheUsageLimitsArgs | None:
    if bounds is None or (bounds.max_storage_gb is None and bounds.max_ecpu_per_second is None):
        return None
    storage, units = bounds.max_storage_gb, bounds.max_ecpu_per_second
    return aws.elasticache.ServerlessCacheCacheUsageLimitsArgs(
        data_storage=None
        if storage is None
        else aws.elasticache.ServerlessCacheCacheUsageLimitsDataStorageArgs(maximum=storage, unit="GB"),
        ecpu_per_seconds=None
        if units is None
        else [aws.elasticache.ServerlessCacheCacheUsageLimitsEcpuPerSecondArgs(maximum=units)],
    )
