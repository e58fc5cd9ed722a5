"""What a database is asked to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.credentials import Credentials
from components.engine import Engine


@dataclass(frozen=True, kw_only=True)
class DatabaseArgs:
    """`parameters` may hold human sizes ("256MB"); `credentials` None means: chosen legally.

    `credentials_version` is raised by one to make a new password (mode `secret`). `availability_zones` are
    those of `subnet_ids`; the first is the primary's unless RDS decides (`multi_az`). An `engine_version`
    without its minor part ("16") lets `auto_minor_version_upgrade` move it without Pulumi moving it back.
    """

    engine: Engine
    engine_version: str
    instance_class: str
    storage_gb: int
    max_storage_gb: int
    multi_az: bool
    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[str]]
    availability_zones: Sequence[str]
    kms_key_arn: pulumi.Input[str] | None
    backup_retention_days: int
    deletion_protection: bool
    final_snapshot: bool
    replicas: int = 0
    replica_instance_class: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    credentials: Credentials | None = None
    credentials_version: int = 1
    performance_insights: bool = True
    monitoring_interval_seconds: int = 0
    log_retention_days: int = 30
    database_name: str
    username: str
    apply_immediately: bool = False
    auto_minor_version_upgrade: bool = True
    backup_window: str = "03:00-04:00"
    maintenance_window: str = "sun:04:30-sun:05:30"
    secret_recovery_window_days: int = 30
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)
