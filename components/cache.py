"""A Redis or Valkey cache: one replication group with TLS and a token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import pulumi

from components.secret_ref import SecretRef

if TYPE_CHECKING:
    from components.relations import Peer


class CacheEngine(StrEnum):
    """The cache engines that are supported."""

    REDIS = "redis"
    VALKEY = "valkey"


@dataclass(frozen=True, kw_only=True)
class CacheArgs:
    """`shards` above 1 means cluster mode; `replicas` is per shard.

    `token_version` is raised by one to make a new token.
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


class Cache(pulumi.ComponentResource):
    """An encrypted, private cache that only clients with the token can use."""

    component_name: str
    primary_endpoint: pulumi.Output[str]
    reader_endpoint: pulumi.Output[str]
    port: int
    replication_group_id: pulumi.Output[str]
    node_ids: Sequence[pulumi.Output[str]]
    secret: SecretRef
    security_group_id: pulumi.Output[str]
    log_group_names: Sequence[str]

    def __init__(
        self, name: str, args: CacheArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:cache:Cache", name, {}, opts)

    def allow_from(self, peer: Peer) -> None:
        """Let `peer` connect to the cache port, in both security groups."""
