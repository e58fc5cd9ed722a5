"""What about the cache cannot be."""

from collections.abc import Iterator

from stacks.settings.cache import Cache
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings

LAST_REDIS = (7, 1)
FIRST_VALKEY = (7, 2)


def cache(settings: Settings) -> Iterator[Problem]:
    """Failover with nobody to take over, zones with nothing to put there, versions that were never made."""
    if settings.cache is None:
        return
    if settings.cache.serverless is None:
        yield from _failover(settings.cache)
        yield from _one_node_in_many_zones(settings.cache)
    yield from _version(settings.cache)


def _failover(cache: Cache) -> Iterator[Problem]:
    if cache.automatic_failover == bool(cache.replicas):
        return
    alone = not cache.replicas
    yield Problem(
        path="cache.automatic_failover",
        problem="there is no replica that could take over"
        if alone
        else f"{cache.replicas} replicas would stand by while the primary is down",
        expected="false without replicas" if alone else "true with replicas",
        fix="set cache.replicas to 1 or more, or cache.automatic_failover to false"
        if alone
        else SetTo(path="cache.automatic_failover", value=True),
        involves=("cache.automatic_failover", "cache.replicas"),
    )


def _one_node_in_many_zones(cache: Cache) -> Iterator[Problem]:
    if cache.multi_az and not cache.replicas:
        yield Problem(
            path="cache.multi_az",
            problem="a single node per shard stands in one zone",
            expected="false without replicas",
            fix="set cache.replicas to 1 or more, or cache.multi_az to false",
            involves=("cache.multi_az", "cache.replicas"),
        )


def _version(cache: Cache) -> Iterator[Problem]:
    # AWS: ElastiCache user guide, "Supported engines and versions": Redis OSS ends at 7.1, Valkey starts
    # at 7.2; per general knowledge of that page
    version = tuple(int(part) for part in cache.engine_version.split("."))
    wrong = version > LAST_REDIS if cache.engine == "redis" else version < FIRST_VALKEY
    if wrong:
        nearest, direction = ("7.1", "older") if cache.engine == "redis" else ("7.2", "newer")
        yield Problem(
            path="cache.engine_version",
            problem=f"ElastiCache has no {cache.engine} {cache.engine_version}",
            expected=f"{nearest} or {direction} for {cache.engine}",
            fix=SetTo(path="cache.engine_version", value=nearest),
            involves=("cache.engine", "cache.engine_version"),
        )
