"""What other resources name of ElastiCache."""

from __future__ import annotations

from simcloud.bindings._regional import recorded
from simcloud.resolver import Resolver

RESOLVERS = {
    "cache_subnet_group": Resolver(
        "CacheSubnetGroupNotFoundFault",
        "CacheSubnetGroup {value} not found.",
        lambda ctx, value: ctx.client("elasticache").describe_cache_subnet_groups(CacheSubnetGroupName=value),
    ),
    "cache_user_group": Resolver(
        "UserGroupNotFound",
        "User group {value} not found.",
        lambda ctx, value: recorded(ctx, "aws:elasticache/userGroup:UserGroup", value) is not None,
    ),
    "replication_group": Resolver(
        "ReplicationGroupNotFoundFault",
        "ReplicationGroup {value} not found.",
        lambda ctx, value: ctx.client("elasticache").describe_replication_groups(ReplicationGroupId=value),
    ),
}
