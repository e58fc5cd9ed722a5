"""The cache, of nodes or serverless."""

from components.cache import Cache
from stacks.parts.ground import Ground
from stacks.settings import cache as settings_of_cache
from stacks.settings.data_args import Place, cache_args
from stacks.settings.root import Settings


def make_cache(settings: Settings, cache: settings_of_cache.Cache, ground: Ground) -> Cache:
    """In the tier that it is told."""
    network = ground.network
    tiers = {"private": network.private_subnet_ids, "database": network.database_subnet_ids}
    place = Place(
        vpc_id=network.vpc_id,
        subnet_ids=tiers[cache.subnet_tier],
        function_subnet_ids=network.private_subnet_ids,
        kms_key_arn=ground.key.arn,
    )
    return Cache(f"{settings.prefix}-cache", cache_args(settings, cache, place))
