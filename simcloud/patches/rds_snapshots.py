"""Snapshots of databases as AWS answers them."""

from __future__ import annotations

from typing import Any

from moto.rds.models import DBClusterSnapshot, DBSnapshot, RDSBackend

from simcloud.patches import around

_OF_THE_INSTANCE = (
    "availability_zone", "iops", "license_model", "option_group_name", "storage_throughput", "storage_type",
)  # fmt: skip


@around(DBSnapshot)
def __init__(original: Any, self: Any, backend: Any, database: Any, *args: Any, **given: Any) -> None:
    """AWS: tells of the instance it was taken of; moto: half of it."""
    original(self, backend, database, *args, **given)
    for name in _OF_THE_INSTANCE:
        setattr(self, name, getattr(database, name, None))
    self.vpc_id = _vpc(getattr(database, "db_subnet_group", None))
    self.percent_progress = 100
    self.source_region = self.source_db_snapshot_identifier = None


@around(RDSBackend)
def copy_db_snapshot(
    original: Any, self: Any, source_db_snapshot_identifier: str, *args: Any, **given: Any
) -> Any:
    """AWS: tells where the copy comes from; moto: does not."""
    copied = original(self, source_db_snapshot_identifier, *args, **given)
    source = self.get_db_snapshot(source_db_snapshot_identifier)
    copied.source_db_snapshot_identifier = source.arn
    copied.source_region = source.region if source.region != self.region_name else None
    copied.option_group_name = given.get("option_group_name") or copied.option_group_name
    return copied


@around(RDSBackend)
def create_db_cluster_snapshot(
    original: Any, self: Any, db_cluster_identifier: str, *args: Any, **given: Any
) -> DBClusterSnapshot:
    """AWS: tells of the cluster it was taken of; moto: half of it."""
    snapshot: Any = original(self, db_cluster_identifier, *args, **given)
    cluster = self.clusters[db_cluster_identifier]
    snapshot.availability_zones = sorted(cluster.availability_zones)
    snapshot.license_model, snapshot.engine_mode = cluster.license_model, cluster.engine_mode
    snapshot.storage_type = cluster.storage_type
    snapshot.vpc_id = _vpc(self.subnet_groups.get(cluster.db_subnet_group_name))
    made: DBClusterSnapshot = snapshot
    return made


def _vpc(group: Any) -> str | None:
    return None if group is None else str(group.vpc_id)
