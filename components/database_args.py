"""What a database is asked to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.connection_budget import Clients
from components.credentials import Credentials
from components.database_options import (
    BackupRegion,
    CrossRegion,
    Events,
    Existing,
    Followed,
    Insights,
    NoRotation,
    Proxy,
    Restore,
    Rotation,
)
from components.engine import Engine
from components.workload import Workload


@dataclass(frozen=True, kw_only=True)
class DatabaseArgs:
    """Sizes are in GiB, times in seconds or days. AWS limits: CreateDBInstance, per reference notes."""

    engine: Engine
    """PostgreSQL or MySQL."""

    engine_version: str
    """Without its minor part ("16"), `auto_minor_version_upgrade` moves it and Pulumi never moves it back."""

    instance_class: str
    """E.g. `db.r6g.large`; a Multi-AZ DB cluster takes classes with local disks only, `db.r6gd.large`."""

    storage_gb: int
    """20 or more (gp3)."""

    max_storage_gb: int
    """How far RDS may grow it; equal to `storage_gb`: not at all."""

    multi_az: bool
    """A standby in another zone."""

    vpc_id: pulumi.Input[str]
    """Where its security group is."""

    subnet_ids: pulumi.Input[Sequence[str]]
    """In two or more zones, three for a Multi-AZ DB cluster."""

    availability_zones: Sequence[str]
    """Those of `subnet_ids`; the first is the primary's unless RDS decides (`multi_az`)."""

    kms_key_arn: pulumi.Input[str] | None
    """Of storage, insights, logs and secret. None: AWS's own keys. It can never change in place."""

    backup_retention_days: int
    """0 to 35; 1 or more with replicas. Within it, any second can be restored."""

    deletion_protection: bool
    """AWS itself refuses to delete it."""

    final_snapshot: bool
    """Whether a deleted database leaves a snapshot and its backups."""

    database_name: str
    """Of the first database."""

    username: str
    """Of the master user."""

    failover_seconds: int | None = None
    """How long a failover may take. Below 120 it makes a Multi-AZ DB cluster; None: `multi_az` says it all."""

    replicas: int = 0
    """Read replicas in the same region, 0 to 15, spread over the zones that the primary is not in."""

    replica_instance_class: str | None = None
    """None: the primary's."""

    workload: Workload | None = None
    """Server settings for a kind of work; `parameters` stand above it."""

    parameters: Mapping[str, str] = field(default_factory=dict)
    """Server settings; sizes and times may be human ("256MB", "30s")."""

    credentials: Credentials | None = None
    """None: chosen legally, and said why (`Database.credentials.reason`)."""

    credentials_version: int = 1
    """Raised by one it makes a new master password (credentials `secret`)."""

    rotation: Rotation | NoRotation | None = None
    """None: RDS's own rhythm of 7 days with credentials `managed`; with `secret` every 30 days by a function, which
    needs a place (`Rotation(function_subnet_ids=…)`). `NO_ROTATION`: a secret of ours stays as it is."""

    clients: Sequence[Clients] = ()
    """How many connections services may open; refused if the database takes fewer. A `proxy` pools them."""

    iam_authentication: bool = False
    """Users of the database may log in with IAM tokens (`Database.grant_connect`)."""

    proxy: Proxy | None = None
    """Clients then connect to `endpoint`, which is the proxy's."""

    blue_green: bool = False
    """Changes that restart the database are made in a copy, which then takes its place."""

    cross_region: CrossRegion | None = None
    followed: Followed | None = None
    backup_region: BackupRegion | None = None
    restore: Restore | None = None
    events: Events | None = None
    existing: Existing = field(default_factory=Existing)

    performance_insights: bool = True
    """What the database waits for, by statement."""

    insights: Insights = field(default_factory=Insights)

    monitoring_interval_seconds: int = 0
    """Metrics of the operating system every 1, 5, 10, 15, 30 or 60 seconds; 0: none."""

    log_retention_days: int = 30
    """Of the server's logs in CloudWatch."""

    apply_immediately: bool = False
    """Changes at once instead of in the maintenance window: some restart the database."""

    auto_minor_version_upgrade: bool = True
    """Security fixes of the engine come by themselves, in the maintenance window."""

    backup_window: str = "03:00-04:00"
    """UTC, 30 minutes or more, outside of the maintenance window."""

    maintenance_window: str = "sun:04:30-sun:05:30"
    """UTC."""

    secret_recovery_window_days: int = 30
    """0 (deleted at once) or 7 to 30."""

    protect: bool = False
    """Pulumi refuses to delete what holds data."""

    tags: Mapping[str, str] = field(default_factory=dict)
    """For every child that takes tags."""
