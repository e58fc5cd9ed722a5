"""The ways back to the past of a database, where its backups are at hand."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.recovery import restore
from stacks.recovery.mechanisms import BackupPlan, Database, Engine
from stacks.recovery.way import Way

# AWS: re:Post, "point-in-time restore operation takes a long time", read 2026-11: "Amazon RDS uploads transaction logs
# for DB instances to Amazon S3 every 5 minutes"; Multi-AZ DB clusters upload them "continuously" (RDS user guide,
# "Restoring a Multi-AZ DB cluster to a specified time", read 2026-11).
LOGS_SECONDS = 5 * 60
_LOGS_SOURCE = "AWS re:Post, point-in-time restore of RDS: logs go to S3 every 5 minutes, read 2026-11"
# AWS: AWS Backup developer guide, "Backup plan options and configuration", read 2026-11: "as frequently as hourly".
LEAST_INTERVAL_SECONDS = 3600
# An assumption: a snapshot counts once it is complete, and they are increments.
SNAPSHOT_SECONDS = 30 * 60
_TOOLS = {Engine.POSTGRES: "pg_dump", Engine.MYSQL: "mysqldump"}
PLAN_SOURCE = "AWS Backup, backup plan options: hourly at most, read 2026-11; 30 min per snapshot assumed"


def point_in_time(database: Database) -> Iterator[Way]:
    """Any second of the last days but the last five minutes; a continuous plan is the same by another name."""
    if database.point_in_time_days > 0 or any(plan.continuous for plan in database.plans):
        yield Way(
            mechanism="restored to a point in time",
            rpo_seconds=LOGS_SECONDS,
            rto_seconds=restore.from_volume(database.storage_gib),
            source=f"{_LOGS_SOURCE}; {restore.assumption(database.storage_gib)}",
            rto_estimated=True,
        )


def snapshots(database: Database) -> Iterator[Way]:
    """The last complete backup of each plan."""
    for plan in database.plans:
        yield Way(
            mechanism="restored from the backup vault",
            rpo_seconds=plan_age_seconds(plan),
            rto_seconds=restore.from_volume(database.storage_gib),
            source=f"{PLAN_SOURCE}; {restore.assumption(database.storage_gib)}",
            rto_estimated=True,
            rpo_estimated=True,
        )


def dumps(database: Database) -> Iterator[Way]:
    """The last complete dump, which is as old as its beginning."""
    if database.dump is not None:
        yield Way(
            mechanism=f"loaded from the last {_TOOLS[database.engine]}",
            rpo_seconds=database.dump.interval_seconds + restore.dumping(database.storage_gib),
            rto_seconds=restore.from_dump(database.storage_gib),
            source="its schedule; dump and load estimated at 20 MiB/s",
            rto_estimated=True,
            rpo_estimated=True,
        )


def plan_age_seconds(plan: BackupPlan) -> int:
    """How old the newest complete backup is at worst: the interval, the window to begin in, and the making."""
    return max(plan.interval_seconds, LEAST_INTERVAL_SECONDS) + plan.start_within_seconds + SNAPSHOT_SECONDS
