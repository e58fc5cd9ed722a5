"""What was chosen that can bring something back. Times in seconds, sizes in GiB, retention in days."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

DAY = 86_400


class Engine(StrEnum):
    """What the database speaks; both recover alike, and are dumped by different programs."""

    POSTGRES = "postgres"
    MYSQL = "mysql"


class Shape(StrEnum):
    """One server, one with a hidden standby, or a writer with two readable standbys."""

    INSTANCE = "instance"
    MULTI_AZ_INSTANCE = "multi_az_instance"
    MULTI_AZ_CLUSTER = "multi_az_cluster"


class CacheMode(StrEnum):
    """One node, one shard with replicas, several shards, or AWS's own choice of nodes."""

    SINGLE = "single"
    REPLICATED = "replicated"
    CLUSTER = "cluster"
    SERVERLESS = "serverless"


@dataclass(frozen=True, kw_only=True)
class BackupPlan:
    """A rule of AWS Backup. A copy in a second region is a snapshot, also where the original is `continuous`."""

    interval_seconds: int = DAY
    start_within_seconds: int = 3600
    continuous: bool = False
    copied_to_second_region: bool = False


@dataclass(frozen=True, kw_only=True)
class Dump:
    """`pg_dump` or `mysqldump` into a bucket of the region, or of the second one."""

    interval_seconds: int = DAY
    to_second_region: bool = False


@dataclass(frozen=True, kw_only=True)
class Database:
    """`point_in_time_days` 0: no automated backups, and then neither replicas nor copies of those backups."""

    storage_gib: int
    engine: Engine = Engine.POSTGRES
    shape: Shape = Shape.INSTANCE
    point_in_time_days: int = 0
    replicas: int = 0
    backups_copied_to_second_region: bool = False
    replica_in_second_region: bool = False
    plans: tuple[BackupPlan, ...] = ()
    dump: Dump | None = None


@dataclass(frozen=True, kw_only=True)
class Cache:
    """`replicas` are per shard. `rebuildable`: nobody misses what was in it (no sessions, no counters)."""

    mode: CacheMode = CacheMode.SINGLE
    replicas: int = 0
    automatic_failover: bool = True
    multi_az: bool = True
    snapshot_retention_days: int = 0
    rebuildable: bool = False


@dataclass(frozen=True, kw_only=True)
class Objects:
    """The buckets that hold what people uploaded; copies of objects go by versions, so they need `versioned`."""

    versioned: bool = True
    replicated_to_second_region: bool = False
    time_control: bool = False


@dataclass(frozen=True, kw_only=True)
class Application:
    """`tasks` are those that always run, in `zones` zones; thresholds are counts of health checks in a row.

    Of several services, the weakest. `setting` is where it is set; `scaled` says that `scaling.min` counts there.
    """

    setting: str = "services.web"
    scaled: bool = False
    tasks: int
    zones: int
    stateless: bool = True
    health_seconds: int = 30
    unhealthy_threshold: int = 3
    healthy_threshold: int = 2
    deregistration_seconds: int = 30
    tasks_in_second_region: int = 0


@dataclass(frozen=True, kw_only=True)
class DnsFailover:
    """A health check of the first region, and records that name the second one when it fails."""

    interval_seconds: int = 30
    failure_threshold: int = 3
    record_ttl_seconds: int = 60


@dataclass(frozen=True, kw_only=True)
class SecondRegion:
    """`standby`: the stack stands there too, cache included; `dns_failover` None: people change the records.

    `name` None: none is chosen yet, and `proposal` is what a remedy names.
    """

    name: str | None = None
    proposal: str = "us-west-2"
    standby: bool = False
    dns_failover: DnsFailover | None = None


@dataclass(frozen=True, kw_only=True)
class Mechanisms:
    """Everything that was chosen; None: the system has no such part."""

    application: Application | None = None
    database: Database | None = None
    cache: Cache | None = None
    objects: Objects | None = None
    second_region: SecondRegion = field(default_factory=SecondRegion)
