"""Database clusters as AWS answers them."""

from __future__ import annotations

from typing import Any

from moto.rds.exceptions import (
    DBClusterNotFoundError,
    InvalidDBClusterStateFault,
    InvalidParameterCombination,
    RDSClientError,
)
from moto.rds.models import DBCluster, RDSBackend
from moto.rds.responses import RDSResponse

from simcloud.bindings.rds._aurora import AURORA, EVERY
from simcloud.bindings.rds._catalogue import hosted_zone
from simcloud.patches import around
from simcloud.patches.rds import account_part, check_upgrade, key_arn, set_insights

_KEPT = {
    "ca_certificate_identifier": "rds-ca-rsa2048-g1",
    "cluster_scalability_type": "standard",
    "engine_lifecycle_support": "open-source-rds-extended-support",
    "monitoring_interval": 0,
    "monitoring_role_arn": None,
    "upgrade_rollout_order": "second",
}
_RENAMED = {
    "enable_iam_database_authentication": "iam_auth",
    "enable_global_write_forwarding": "_global_write_forwarding_requested",
}
# What a restored cluster has of the one it was made from.
_INHERITED = (
    "allocated_storage", "backtrack_window", "database_name", "db_cluster_instance_class", "engine", "engine_mode",
    "engine_version", "iops", "kms_key_id", "master_username", "port", "storage_encrypted", "storage_type",
)  # fmt: skip


@around(DBCluster)
def __init__(original: Any, self: Any, backend: Any, **given: Any) -> None:
    """AWS: full version, its engine's group, the account's RDS key; moto: constants, and loses the rest."""
    engine = EVERY.get(given.get("engine", ""))
    if engine is not None:
        given["engine_version"] = engine.resolved(given.get("engine_version")) or given["engine_version"]
        given.setdefault("license_model", engine.license_model)
        given.setdefault(
            "db_cluster_parameter_group_name", f"default.{engine.family(given['engine_version'])}"
        )
        given.setdefault("storage_type", "aurora" if engine.name in AURORA else "io1")
    if given.get("storage_encrypted"):
        given["kms_key_id"] = key_arn(backend, given.get("kms_key_id") or "alias/aws/rds")
    # AWS: "Limitations of Multi-AZ DB clusters for Amazon RDS", read 2026-11, has IAM no more; moto: refuses it.
    iam = given.pop("enable_iam_database_authentication", False)
    original(self, backend, **given)
    self.iam_auth = iam
    self._status = "available"
    _leave_usual_storage_out(self)
    self.url_identifier = f"c{account_part(self)}"
    self.hosted_zone_id = hosted_zone(self.region)
    self.kms_key_id = given.get("kms_key_id") if self.storage_encrypted else None
    self.preferred_maintenance_window = self.preferred_maintenance_window.lower()
    self._global_write_forwarding_requested = given.get("enable_global_write_forwarding", False)
    self.local_write_forwarding_status = _forwarding(given.get("enable_local_write_forwarding"))
    for name, default in _KEPT.items():
        setattr(self, name, given.get(name, default))
    set_insights(self, given)


def default_allocated_storage(engine: str, storage_type: str) -> int:
    """AWS: Aurora counts what is used; moto: knows few kinds of storage."""
    return 1 if engine in AURORA else {"gp3": 20, "io1": 100, "io2": 100}.get(storage_type, 20)


def enable_http_endpoint(self: Any) -> bool:
    """AWS: the Data API of any Aurora cluster; moto: of the first serverless ones."""
    return bool(self._enable_http_endpoint)


def set_enable_http_endpoint(self: Any, value: bool | None) -> None:
    self._enable_http_endpoint = bool(value) and self.engine in AURORA


def certificate_details(self: Any) -> dict[str, Any]:
    """AWS: the certificate of a Multi-AZ cluster; moto: none."""
    return {"CAIdentifier": self.ca_certificate_identifier}


_cluster: Any = DBCluster
_cluster.default_allocated_storage = staticmethod(default_allocated_storage)
_cluster.enable_http_endpoint = property(enable_http_endpoint, set_enable_http_endpoint)
_cluster.certificate_details = property(certificate_details)


@around(RDSBackend)
def create_db_cluster(original: Any, self: Any, kwargs: Any) -> Any:
    """AWS: names are unique, and a Multi-AZ cluster comes with its three instances; moto: overwrites, and has none."""
    name = kwargs["db_cluster_identifier"]
    if name in self.clusters:
        raise RDSClientError("DBClusterAlreadyExistsFault", f"DB Cluster already exists: {name}")
    _forget_backups(self, name)
    cluster = original(self, kwargs)
    for number in (1, 2, 3) if cluster.engine not in AURORA else ():
        self.create_db_instance(
            {
                "db_instance_identifier": f"{cluster.db_cluster_identifier}-instance-{number}",
                "db_instance_class": cluster.db_cluster_instance_class,
                "engine": cluster.engine,
                "db_cluster_identifier": name,
            }
        )
    return cluster


@around(RDSBackend)
def modify_db_cluster(original: Any, self: Any, kwargs: Any) -> Any:
    """AWS: versions never go back, and all settings change; moto: takes any version, and forgets what it renamed."""
    cluster = self.clusters.get(kwargs["db_cluster_identifier"])
    if cluster is None:
        raise DBClusterNotFoundError(kwargs["db_cluster_identifier"])
    given = {_RENAMED.get(name, name): kwargs[name] for name in kwargs}
    engine, wanted = EVERY.get(cluster.engine), given.get("engine_version")
    if engine is not None and wanted:
        check_upgrade(engine, cluster.engine_version, wanted, bool(given.get("allow_major_version_upgrade")))
        given["engine_version"] = engine.resolved(wanted)
    if "enable_local_write_forwarding" in given:
        given["local_write_forwarding_status"] = _forwarding(given.pop("enable_local_write_forwarding"))
    # moto looks for it under the name that creation has.
    given["enable_cloudwatch_logs_exports"] = given.pop("cloudwatch_logs_export_configuration", None)
    try:
        changed = original(self, given)
    finally:
        self.clusters[cluster.db_cluster_identifier] = cluster
    _leave_usual_storage_out(cluster)
    set_insights(cluster, given)
    for member in cluster._members if given.get("db_cluster_instance_class") else ():
        member.db_instance_class = given["db_cluster_instance_class"]
    return changed


@around(RDSResponse)
def delete_db_cluster(original: Any, self: Any) -> Any:
    """AWS: asks for a final snapshot, keeps one of a global database, takes what is its own along; moto: nothing."""
    name, final = self.params.get("DBClusterIdentifier"), self.params.get("FinalDBSnapshotIdentifier")
    cluster = self.backend.clusters.get(name)
    if cluster is not None and not cluster.deletion_protection:
        if not final and not self.params.get("SkipFinalSnapshot"):
            raise InvalidParameterCombination(
                "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."
            )
        if cluster.global_cluster_identifier:
            raise InvalidDBClusterStateFault(
                "This cluster is a part of a global cluster, please remove it from globalcluster first"
            )
        for member in cluster._members if cluster.engine not in AURORA else ():
            del self.backend.databases[member.db_instance_identifier]
    answer = original(self)
    if self.params.get("DeleteAutomatedBackups") is not False:
        _forget_backups(self.backend, name)
    return answer


@around(RDSBackend)
def restore_db_cluster_from_snapshot(original: Any, self: Any, from_snapshot_id: str, overrides: Any) -> Any:
    """AWS: a new cluster with the data of the old one; moto: fails where the password was managed."""
    return self.create_db_cluster(
        _restored(self.get_db_cluster_snapshot(from_snapshot_id).cluster, overrides)
    )


@around(RDSBackend)
def restore_db_cluster_to_point_in_time(original: Any, self: Any, **given: Any) -> Any:
    """AWS: as from a snapshot; moto: copies what cannot be copied."""
    source, wanted = (
        given.pop("source_db_cluster_identifier", None),
        given.pop("source_db_cluster_resource_id", None),
    )
    found = [
        cluster
        for cluster in self.clusters.values()
        if (source or "").rsplit(":", 1)[-1] == cluster.db_cluster_identifier
        or wanted == cluster.db_cluster_resource_id
    ]
    if not found:
        raise DBClusterNotFoundError(source or wanted)
    return self.create_db_cluster(_restored(found[0], given))


def _restored(source: Any, overrides: Any) -> dict[str, Any]:
    inherited = {name: getattr(source, name) for name in _INHERITED if getattr(source, name) is not None}
    # Nobody can tell a password; the restored cluster has its source's.
    password = getattr(source, "_master_user_password", None) or "kept-by-the-snapshot"
    given = {name: value for name, value in overrides.items() if value is not None}
    return {**inherited, "master_user_password": password, **given}


def _forget_backups(backend: Any, cluster: str) -> None:
    """AWS: automated backups go with their cluster; moto: they block the name for a minute."""
    for name, snapshot in list(backend.cluster_snapshots.items()):
        if snapshot.snapshot_type == "automated" and snapshot.db_cluster_identifier == cluster:
            del backend.cluster_snapshots[name]


def _leave_usual_storage_out(cluster: Any) -> None:
    """AWS: tells Aurora's kind of storage only where it is not the usual one; moto: always."""
    if cluster.storage_type == "aurora":
        cluster.storage_type = None


def _forwarding(enabled: bool | None) -> str:
    return "enabled" if enabled else "disabled"
