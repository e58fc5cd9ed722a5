"""What brings the database back in another region: only what was there before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from stacks.recovery import restorable, restore
from stacks.recovery.mechanisms import Database, Shape
from stacks.recovery.people import ASSUMED, PEOPLE_SECONDS, PROMOTION_SECONDS
from stacks.recovery.way import Way

# AWS: Prescriptive Guidance, "Amazon RDS PITR snapshot replication", read 2026-11: "ranging 5–30 minutes. The time
# depends on redo or transaction log generation and network transfer time".
_COPIED_LOGS_SECONDS = 30 * 60
# AWS: S3 user guide, "Replicating objects with S3 Replication Time Control", read 2026-11: "99.99 percent of those
# objects within 15 minutes". Dumps are always copied so.
_COPIED_FILE_SECONDS = 15 * 60
# Asynchronous over regions: AWS names no bound, guides say seconds to minutes. An assumption.
_REMOTE_LAG_SECONDS = 5 * 60


def elsewhere(database: Database) -> Iterator[Way]:
    """The ways back that begin in the second region."""
    if database.shape is not Shape.MULTI_AZ_CLUSTER:
        yield from _of_instances(database)
    if database.dump is not None and database.dump.to_second_region:
        yield from _copied_dumps(database)


def _of_instances(database: Database) -> Iterator[Way]:
    # AWS: "Limitations of Multi-AZ DB clusters for Amazon RDS", read 2026-11: no cross-Region automated backups, no
    # copy of a snapshot; and the provider cannot make a replica of one.
    if database.point_in_time_days > 0:
        yield from _promoted(database)
        yield from _copied_logs(database)
    yield from _copied_snapshots(database)


def _promoted(database: Database) -> Iterator[Way]:
    if database.replica_in_second_region:
        yield Way(
            mechanism="the read replica in the second region is promoted by hand",
            rpo_seconds=_REMOTE_LAG_SECONDS,
            rto_seconds=PEOPLE_SECONDS + PROMOTION_SECONDS,
            source=f"lag of 5 min assumed; AWS RDS user guide, promoting a read replica, read 2026-11; {ASSUMED}",
            rto_estimated=True,
            rpo_estimated=True,
        )


def _copied_logs(database: Database) -> Iterator[Way]:
    if database.backups_copied_to_second_region:
        yield Way(
            mechanism="restored to a point in time from the backups copied to the second region",
            rpo_seconds=_COPIED_LOGS_SECONDS,
            rto_seconds=restore.from_volume(database.storage_gib),
            source="AWS Prescriptive Guidance, RDS PITR snapshot replication: 5–30 minutes, read 2026-11; "
            + restore.assumption(database.storage_gib),
            rto_estimated=True,
        )


def _copied_snapshots(database: Database) -> Iterator[Way]:
    for plan in database.plans:
        if plan.copied_to_second_region:
            yield Way(
                mechanism="restored from the backup vault's copy in the second region",
                rpo_seconds=restorable.plan_age_seconds(plan) + restore.copying(database.storage_gib),
                rto_seconds=restore.from_volume(database.storage_gib),
                source=f"{restorable.PLAN_SOURCE}; copied at 100 MiB/s, assumed; "
                + restore.assumption(database.storage_gib),
                rto_estimated=True,
                rpo_estimated=True,
            )


def _copied_dumps(database: Database) -> Iterator[Way]:
    for way in restorable.dumps(database):
        assert way.rpo_seconds is not None
        yield replace(
            way,
            mechanism=f"{way.mechanism} that was copied to the second region",
            rpo_seconds=way.rpo_seconds + _COPIED_FILE_SECONDS,
            source=f"{way.source}; AWS S3 replication with time control: 99.99 % in 15 minutes, read 2026-11",
        )
