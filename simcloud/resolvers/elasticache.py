"""What other resources name of ElastiCache."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "cache_subnet_group": Resolver(
        "CacheSubnetGroupNotFoundFault",
        "CacheSubnetGroup {value} not found.",
        lambda ctx, value: ctx.client("elasticache").describe_cache_subnet_groups(CacheSubnetGroupName=value),
    ),
}
