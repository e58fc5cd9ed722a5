"""What brings the database back."""

from __future__ import annotations

from collections.abc import Iterator

from components.failover_seconds import MULTI_AZ_CLUSTER, MULTI_AZ_INSTANCE
from stacks.recovery import restorable
from stacks.recovery.database_region import elsewhere
from stacks.recovery.mechanisms import Database, Shape
from stacks.recovery.people import ASSUMED, PEOPLE_SECONDS, PROMOTION_SECONDS
from stacks.recovery.scope import Scope
from stacks.recovery.way import Seconds, Way

# Asynchronous: AWS names no bound. An assumption: six times the lag at which the toolkit's alarm rings (10 s).
_REPLICA_LAG_SECONDS = 60
_STANDBY_SOURCE = "AWS RDS user guide, failing over a Multi-AZ DB instance: typically 60–120 s, read 2026-11"
_CLUSTER_SOURCE = "AWS RDS user guide, failing over a Multi-AZ DB cluster: typically under 35 s, read 2026-11"


def database_ways(database: Database, scope: Scope) -> Iterator[Way]:
    """Every way back that `database` has in `scope`, in no order."""
    if scope is Scope.REGION:
        yield from elsewhere(database)
        return
    if scope is Scope.ZONE:
        yield from _standing_by(database)
        yield from _promoted(database)
    yield from restorable.point_in_time(database)
    yield from restorable.snapshots(database)
    yield from restorable.dumps(database)


def failover_seconds(database: Database) -> Seconds:
    """Until another server writes without anybody's doing; None: there is none."""
    return {
        Shape.INSTANCE: None,
        Shape.MULTI_AZ_INSTANCE: MULTI_AZ_INSTANCE,
        Shape.MULTI_AZ_CLUSTER: MULTI_AZ_CLUSTER,
    }[database.shape]


def _standing_by(database: Database) -> Iterator[Way]:
    # RPO 0: the standby has a commit before the client hears of it; in a cluster "at least one reader" has (RDS user
    # guide, "Multi-AZ DB instance deployments" and "Multi-AZ DB cluster deployments", read 2026-11).
    if database.shape is Shape.MULTI_AZ_INSTANCE:
        yield Way(
            mechanism="the standby of a Multi-AZ instance takes over",
            rpo_seconds=0,
            rto_seconds=MULTI_AZ_INSTANCE,
            source=_STANDBY_SOURCE,
        )
    if database.shape is Shape.MULTI_AZ_CLUSTER:
        yield Way(
            mechanism="a reader of the Multi-AZ DB cluster takes over",
            rpo_seconds=0,
            rto_seconds=MULTI_AZ_CLUSTER,
            source=_CLUSTER_SOURCE,
        )


def _promoted(database: Database) -> Iterator[Way]:
    """RDS promotes no read replica by itself; a replica lives off the automated backups of its primary."""
    clustered = database.shape is Shape.MULTI_AZ_CLUSTER
    if database.replicas > 0 and database.point_in_time_days > 0 and not clustered:
        yield Way(
            mechanism="a read replica is promoted by hand",
            rpo_seconds=_REPLICA_LAG_SECONDS,
            rto_seconds=PEOPLE_SECONDS + PROMOTION_SECONDS,
            source=f"AWS RDS user guide, promoting a read replica: several minutes or longer, read 2026-11; {ASSUMED}",
            rto_estimated=True,
            rpo_estimated=True,
        )
