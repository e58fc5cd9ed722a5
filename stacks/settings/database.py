from collections.abc import Mapping
from typing import Literal

from components.failover_seconds import MULTI_AZ_INSTANCE
from stacks.settings.field import setting
from stacks.settings.kinds import HostName, LogDays, Text
from stacks.settings.section import Section


class Pooler(Section):
    """RDS Proxy: many clients share few connections, and a failover costs them no new connection."""

    iam: bool = setting(
        "Whether clients show an IAM token instead of the password", example=False, default=False
    )
    max_connections_percent: int = setting(
        "Share of the database's connections that it may take",
        example=90,
        unit="percent",
        ge=1,
        le=100,
        default=90,
    )


class Reference(Section):
    """Somebody's database with sample data, for developers to look at; never outside of dev."""

    host: HostName = setting("Its host", example="reference.example.net")
    access: str = setting("How people get in", example="phpMyAdmin")


class Database(Section):
    """The relational database: a primary, an optional standby or cluster, optional read replicas."""

    engine: Literal["postgres", "mysql"] = setting("Database engine", example="postgres", default="postgres")
    engine_version: Text = setting(
        "Major version, or a full one to pin it", example="16", pattern=r"^\d+(\.\d+){0,2}$"
    )
    instance_class: str = setting(
        "Machine of every instance", example="db.t4g.medium", pattern=r"^db\.[a-z][a-z0-9-]*\.[a-z0-9]+$"
    )
    # AWS: RDS user guide, "Amazon RDS DB instance storage": gp3, 20 GiB to 64 TiB;
    # per general knowledge of that page, not read again
    storage_gb: int = setting("Storage at the start", example=100, unit="GiB", ge=20, le=65536)
    max_storage_gb: int = setting(
        "Storage that it may grow to by itself", example=500, unit="GiB", ge=20, le=65536
    )
    multi_az: bool = setting("A standby in another zone that takes over by itself", example=True)
    failover_seconds: int | None = setting(
        "How long a failover may take; below 120 it becomes a Multi-AZ DB cluster of a writer and two readable "
        "standbys (which take no further replicas or storage growth); null: multi_az says it all",
        example=60,
        unit="seconds",
        ge=35,
        le=600,
        default=None,
    )
    replicas: int = setting(
        "Read replicas, spread over the zones", example=2, unit="replicas", ge=0, le=15, default=0
    )
    pooler: Pooler | None = setting(
        "A connection pooler (RDS Proxy) that services connect through; null: each task's own pool",
        example={"max_connections_percent": 90},
        default=None,
    )
    credentials: Literal["managed", "secret"] | None = setting(
        "Master password made and rotated by RDS (managed) or kept in a secret of the stack (secret); "
        "null: managed without replicas, secret with them",
        example="secret",
        default=None,
    )
    rotation_days: int | None = setting(
        "Time between two passwords; null: only RDS's own rotation, of managed credentials",
        example=30,
        unit="days",
        ge=1,
        le=1000,
        default=None,
    )
    iam_authentication: bool = setting(
        "Whether users of the database may log in with IAM tokens", example=False, default=False
    )
    # AWS: RDS API reference, CreateDBInstance, BackupRetentionPeriod 0 to 35; per reference notes
    backup_retention_days: int = setting(
        "Days for which any second can be restored; 0: no backups", example=30, unit="days", ge=0, le=35
    )
    apply_immediately: bool = setting(
        "Whether changes of class, storage or backups happen at once instead of in the maintenance window",
        example=False,
    )
    final_snapshot: bool = setting("Whether a deletion leaves a last snapshot", example=True)
    max_connections: int = setting(
        "Connections that the server accepts", example=400, unit="connections", ge=6, le=8388607
    )
    parameters: Mapping[str, Text] = setting(
        "Further server parameters; sizes may be written 256MB", example={"work_mem": "4MB"}, default={}
    )
    performance_insights: bool = setting("Recording of load by query and wait", example=True)
    monitoring_interval_seconds: Literal[0, 1, 5, 10, 15, 30, 60] = setting(
        "Time between two operating-system samples; 0: none", example=60, unit="seconds"
    )
    log_retention_days: LogDays = setting("How long the server's logs stay", example=30, unit="days")
    database_name: str = setting(
        "Database made at the start", example="learning", pattern=r"^[a-z][a-z0-9_]{0,62}$"
    )
    username: str = setting(
        "Master user", example="plinth", pattern=r"^[a-z][a-z0-9_]{0,15}$", default="plinth"
    )
    restore_snapshot: str | None = setting(
        "Snapshot (name or ARN) that a new database begins as; only read when the database is made",
        example="rds:la-prod-database-2026-11-05-03-00",
        default=None,
    )
    reference: Reference | None = setting(
        "A reference database for developers; dev only",
        example={"host": "reference.example.net"},
        default=None,
    )

    @property
    def clustered(self) -> bool:
        """Whether the wish for a fast failover makes it a Multi-AZ DB cluster."""
        return self.failover_seconds is not None and self.failover_seconds < MULTI_AZ_INSTANCE
