"""Instances of database clusters as AWS answers them."""

from __future__ import annotations

from typing import Any

from moto.rds.models import DBInstance, DBInstanceClustered

from simcloud.patches import around


@around(DBInstanceClustered)
def __init__(original: Any, self: Any, db_cluster_identifier: str, **given: Any) -> None:
    """AWS: an instance stands in its cluster's subnets, each in the next zone; moto: in none."""
    cluster = given["backend"].clusters.get(db_cluster_identifier)
    if cluster is not None:
        if cluster.db_subnet_group_name in given["backend"].subnet_groups:
            given["db_subnet_group_name"] = cluster.db_subnet_group_name
        if not given.get("availability_zone"):
            zones = _zones(given["backend"], cluster)
            given["availability_zone"] = zones[len(cluster._members) % len(zones)]
    original(self, db_cluster_identifier, **given)
    self.port = self.cluster.port
    self._associated_roles = []


@around(DBInstance)
def save_automated_backup(original: Any, self: Any) -> None:
    """AWS: backs a cluster up as a whole; moto: each of its instances as well, and keeps that for ever."""
    if not isinstance(self, DBInstanceClustered):
        original(self)


def _zones(backend: Any, cluster: Any) -> list[str]:
    group = backend.subnet_groups.get(cluster.db_subnet_group_name)
    if group is None:
        return sorted(cluster.availability_zones)
    return sorted({subnet["SubnetAvailabilityZone"]["Name"] for subnet in group.subnets})
