"""A relational database: one primary, its read replicas and everything around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import pulumi

from components.credentials import Credentials
from components.secret_ref import SecretRef

if TYPE_CHECKING:
    from components.relations import Peer


class Engine(StrEnum):
    """The database engines that are supported."""

    POSTGRES = "postgres"
    MYSQL = "mysql"


@dataclass(frozen=True, kw_only=True)
class DatabaseArgs:
    """`parameters` may hold human sizes ("256MB"); `credentials` None means: chosen legally.

    `credentials_version` is raised by one to make a new password (mode `secret`).
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


class Database(pulumi.ComponentResource):
    """An encrypted, private RDS database whose clients must use TLS."""

    component_name: str
    endpoint: pulumi.Output[str]
    reader_endpoints: Sequence[pulumi.Output[str]]
    port: int
    database_name: str
    identifier: pulumi.Output[str]
    replica_identifiers: Sequence[pulumi.Output[str]]
    secret: SecretRef
    security_group_id: pulumi.Output[str]
    log_group_names: Sequence[str]

    def __init__(
        self, name: str, args: DatabaseArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:database:Database", name, {}, opts)

    def allow_from(self, peer: Peer) -> None:
        """Let `peer` connect to the database port, in both security groups."""
