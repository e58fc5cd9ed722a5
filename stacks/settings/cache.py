from collections.abc import Mapping
from typing import Literal

from stacks.settings.field import setting
from stacks.settings.kinds import LogDays, Text
from stacks.settings.section import Section


class Serverless(Section):
    """Bounds of a cache that grows by itself; null: AWS's own."""

    max_storage_gb: int | None = setting(
        "Storage beyond which it evicts", example=10, unit="GB", ge=1, le=5000, default=None
    )
    max_ecpu_per_second: int | None = setting(
        "Commands (ElastiCache processing units) beyond which it throttles",
        example=5000,
        unit="ECPU per second",
        ge=1000,
        le=15_000_000,
        default=None,
    )


class Cache(Section):
    """The in-memory store for sessions and cached data."""

    engine: Literal["redis", "valkey"] = setting("Cache engine", example="redis", default="redis")
    engine_version: Text = setting("Version of the engine", example="7.1", pattern=r"^\d+\.\d+$")
    node_type: str = setting(
        "Machine of every node", example="cache.t4g.small", pattern=r"^cache\.[a-z][a-z0-9-]*\.[a-z0-9]+$"
    )
    serverless: Serverless | None = setting(
        "A cache without nodes, instead of node_type, shards and replicas; null: nodes",
        example={"max_storage_gb": 10},
        default=None,
    )
    shards: int = setting(
        "Parts that the keys are divided into", example=1, unit="shards", ge=1, le=500, default=1
    )
    replicas: int = setting("Replicas of every shard", example=2, unit="replicas", ge=0, le=5)
    # The product's document draws the cache in the private tier and lists it in the database tier; the latter has
    # no route to the internet.
    subnet_tier: Literal["private", "database"] = setting(
        "Tier that the nodes stand in", example="database", default="database"
    )
    automatic_failover: bool = setting("Whether a replica takes over by itself", example=True)
    multi_az: bool = setting("Whether the nodes of a shard stand in different zones", example=True)
    auth: Literal["token", "rbac"] = setting(
        "One password for all (token), or a user with rights of its own (rbac)",
        example="rbac",
        default="token",
    )
    snapshot_retention_days: int = setting(
        "How long daily snapshots stay; 0: none", example=7, unit="days", ge=0, le=35
    )
    parameters: Mapping[str, Text] = setting(
        "Further server parameters", example={"maxmemory-policy": "allkeys-lru"}, default={}
    )
    log_retention_days: LogDays = setting("How long slow and engine logs stay", example=30, unit="days")
