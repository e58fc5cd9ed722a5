"""What a cache is asked to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.cache_engine import CacheEngine


@dataclass(frozen=True, kw_only=True)
class CacheArgs:
    """`shards` above 1 means cluster mode; `replicas` is per shard.

    `token_version` is raised by one to make a new token; the old one works on until the next.
    """

    engine: CacheEngine
    engine_version: str
    node_type: str
    replicas: int
    multi_az: bool
    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[str]]
    kms_key_arn: pulumi.Input[str] | None
    snapshot_retention_days: int
    shards: int = 1
    parameters: Mapping[str, str] = field(default_factory=dict)
    log_retention_days: int = 30
    token_version: int = 1
    apply_immediately: bool = False
    auto_minor_version_upgrade: bool = True
    snapshot_window: str = "02:00-03:00"
    maintenance_window: str = "sun:05:30-sun:06:30"
    final_snapshot: bool = False
    secret_recovery_window_days: int = 30
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def clustered(self) -> bool:
        """Whether keys are spread over several shards."""
        return self.shards > 1
