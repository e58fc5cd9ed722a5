"""What a cache is asked to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.cache_engine import CacheEngine
from components.cache_options import (
    CacheAuth,
    CacheMode,
    CacheUser,
    CacheWorkload,
    ExistingCache,
    Serverless,
    Tls,
)


@dataclass(frozen=True, kw_only=True)
class CacheArgs:
    """AWS limits: CreateReplicationGroup and CreateServerlessCache, per reference notes."""

    engine: CacheEngine
    """Redis (AWS's last is 7.1) or Valkey, its open successor."""

    engine_version: str
    """Major and minor part, "7.1"; a serverless cache looks at the major one only."""

    vpc_id: pulumi.Input[str]
    """Where its security group is."""

    subnet_ids: pulumi.Input[Sequence[str]]
    """In two or more zones; two or three subnets for a serverless cache."""

    kms_key_arn: pulumi.Input[str] | None
    """Of memory on disk, snapshots, logs and secret. None: AWS's own keys. It can never change in place."""

    snapshot_retention_days: int
    """A daily snapshot, kept so long; 0 (none) to 35."""

    mode: CacheMode | None = None
    """None: what `shards`, `replicas` and `serverless` come to."""

    node_type: str | None = None
    """E.g. `cache.r7g.large`; its memory is the cache's. None with a serverless cache only."""

    replicas: int | None = None
    """Per shard, 0 to 5. None: 1, and 0 with the mode `single`."""

    shards: int = 1
    """1 to 500. Above 1 it is a cluster, whose clients must know how to follow it."""

    multi_az: bool | None = None
    """Nodes in several zones. None: wherever there is a replica."""

    serverless: Serverless | None = None
    """Bounds of a serverless cache; given, the mode is `serverless`."""

    auth: CacheAuth | None = None
    """None: `token`, and `rbac` for a serverless cache, which has no tokens."""

    user: CacheUser = field(default_factory=CacheUser)
    """With auth `rbac`."""

    tls: Tls = Tls.REQUIRED
    """Less than `required` goes with auth `none` only."""

    workload: CacheWorkload | None = None
    """What is thrown out when the memory is full. None: the engine's default, `volatile-lru`."""

    parameters: Mapping[str, str] = field(default_factory=dict)
    """Server settings; they stand above `workload`."""

    token_version: int = 1
    """Raised by one it makes a new token or password; the old token works on until the next."""

    restore_snapshot: str | None = None
    """Name of a snapshot that the cache begins with."""

    existing: ExistingCache = field(default_factory=ExistingCache)

    log_retention_days: int = 30
    """Of the slow log and the engine's log in CloudWatch; a serverless cache has none."""

    apply_immediately: bool = False
    """Changes at once instead of in the maintenance window."""

    auto_minor_version_upgrade: bool = True
    snapshot_window: str = "02:00-03:00"
    """UTC, an hour or more; a serverless cache begins its snapshot at the start of it."""

    maintenance_window: str = "sun:05:30-sun:06:30"
    """UTC."""

    final_snapshot: bool = False
    """Whether a deleted cache leaves a snapshot; a serverless one cannot."""

    secret_recovery_window_days: int = 30
    """0 (deleted at once) or 7 to 30."""

    protect: bool = False
    """Pulumi refuses to delete what holds data."""

    tags: Mapping[str, str] = field(default_factory=dict)
