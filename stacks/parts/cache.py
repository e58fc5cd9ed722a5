"""The cache, of nodes or serverless."""

from components.cache import Cache, CacheArgs, CacheAuth, CacheEngine, Serverless
from stacks.parts.ground import Ground
from stacks.settings import cache as settings_of_cache
from stacks.settings.root import Settings


def make_cache(settings: Settings, cache: settings_of_cache.Cache, ground: Ground) -> Cache:
    """In the tier that it is told; a serverless one has no shards, no replicas and no parameters of its own."""
    network, nodes = ground.network, cache.serverless is None
    tiers = {"private": network.private_subnet_ids, "database": network.database_subnet_ids}
    args = CacheArgs(
        engine=CacheEngine(cache.engine),
        engine_version=cache.engine_version,
        node_type=cache.node_type if nodes else None,
        replicas=cache.replicas if nodes else None,
        shards=cache.shards if nodes else 1,
        multi_az=cache.multi_az if nodes else None,
        parameters=cache.parameters if nodes else {},
        serverless=_bounds(cache),
        # A serverless cache knows no token.
        auth=CacheAuth(cache.auth) if nodes else CacheAuth.RBAC,
        vpc_id=network.vpc_id,
        subnet_ids=tiers[cache.subnet_tier],
        kms_key_arn=ground.key.arn,
        snapshot_retention_days=cache.snapshot_retention_days,
        log_retention_days=cache.log_retention_days,
        secret_recovery_window_days=settings.secrets.recovery_window_days,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Cache(f"{settings.prefix}-cache", args)


def _bounds(cache: settings_of_cache.Cache) -> Serverless | None:
    bounds = cache.serverless
    if bounds is None:
        return None
    return Serverless(max_storage_gb=bounds.max_storage_gb, max_ecpu_per_second=bounds.max_ecpu_per_second)
