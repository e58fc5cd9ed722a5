"""RDS instances as AWS answers them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from moto.core.responses import ActionResult
from moto.moto_api._internal import mock_random
from moto.rds.exceptions import InvalidParameterCombination, RDSClientError
from moto.rds.models import DBInstance, MasterUserSecret, RDSBackend, rds_backends
from moto.rds.responses import RDSResponse

from simcloud.bindings.rds._catalogue import ENGINES, Engine, hosted_zone, is_older
from simcloud.patches import adds, around

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_PASSWORD_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#$%&*+-=?_~"


@around(DBInstance)
def __init__(original: Any, self: Any, backend: Any, *args: Any, **given: Any) -> None:
    """AWS: full version, own resource id, the account's RDS key, insights; moto: constants, and loses the rest."""
    engine = ENGINES.get(given.get("engine", ""))
    if engine is not None and given.get("db_cluster_identifier") is None:
        given["engine_version"] = engine.resolved(given.get("engine_version")) or given["engine_version"]
        given.setdefault("license_model", engine.license_model)
    given.setdefault("ca_certificate_identifier", "rds-ca-rsa2048-g1")
    if given.get("storage_encrypted"):
        given["kms_key_id"] = key_arn(backend, given.get("kms_key_id") or "alias/aws/rds")
    original(self, backend, *args, **given)
    self.dbi_resource_id = _resource_id()
    self.network_type = given.get("network_type", "IPV4")
    self.dedicated_log_volume = given.get("dedicated_log_volume", False)
    self.engine_lifecycle_support = given.get("engine_lifecycle_support", "open-source-rds-extended-support")
    self.backup_target = given.get("backup_target", "region")
    self.secondary_availability_zone = None
    _place(self, given.get("availability_zone"))
    set_insights(self, given)


@around(DBInstance)
def update(original: Any, self: Any, **given: Any) -> None:
    """AWS: changes insights, port and the zones of a standby; moto: keeps what it was given under other names."""
    if "engine_version" in given:
        engine = ENGINES.get(self.engine)
        given["engine_version"] = (engine and engine.resolved(given["engine_version"])) or given[
            "engine_version"
        ]
    if given.get("db_port_number"):
        given["port"] = given["db_port_number"]
    original(self, **given)
    set_insights(self, given)
    if "multi_az" in given:
        _place(self, self.availability_zone)


def address(self: Any) -> str:
    """AWS: `<identifier>.c<11 characters of the account and region>`; moto: the same letters everywhere."""
    return f"{self.db_instance_identifier}.c{account_part(self)}.{self.region}.rds.amazonaws.com"


def account_part(resource: Any) -> str:
    """What all endpoints of an account in a region have in common."""
    return hashlib.sha256(f"{resource.account_id}{resource.region}".encode()).hexdigest()[:11]


def endpoint(self: Any) -> dict[str, Any]:
    """AWS: with the hosted zone; moto: without."""
    return {"Address": self.address, "Port": self.port, "HostedZoneId": hosted_zone(self.region)}


def secret_status(self: Any) -> str:
    """AWS: active once the instance is available; moto: creating at the first look."""
    return "active"


DBInstance.address = property(address)  # type: ignore[method-assign, assignment]
DBInstance.endpoint = property(endpoint)  # type: ignore[method-assign, assignment]
MasterUserSecret.secret_status = property(secret_status)  # type: ignore[method-assign, assignment]


@around(MasterUserSecret)
def _generate_secret_string(original: Any, self: Any) -> str:
    """AWS: the master's name and a password of its own; moto: the same for all."""
    password = "".join(mock_random.choice(_PASSWORD_LETTERS) for _ in range(28))
    return json.dumps({"username": getattr(self.resource, "master_username", "admin"), "password": password})


@around(RDSBackend)
def create_db_instance_read_replica(original: Any, self: Any, db_kwargs: Any) -> Any:
    """AWS: needs backups, and a replica has its own settings; moto: copies the source, lists and all."""
    source = self.find_db_from_id(db_kwargs["source_db_instance_identifier"])
    identifier = db_kwargs["db_instance_identifier"]
    if identifier in self.databases:
        raise RDSClientError("DBInstanceAlreadyExists", "DB instance already exists")
    if source.backup_retention_period == 0:
        raise RDSClientError(
            "InvalidDBInstanceState", "Automated backups are not enabled for this database instance."
        )
    if source.manage_master_user_password:
        raise InvalidParameterCombination(
            "A DB instance whose password is managed in Secrets Manager cannot have replicas."
        )
    # First of all where it is: its subnet group is looked up there.
    replica = original(self, {"backend": self, **db_kwargs})
    _as_replica(replica, source, db_kwargs)
    return replica


def _as_replica(replica: Any, source: Any, given: Any) -> None:
    replica.dbi_resource_id = _resource_id()
    replica.pending_changes = {}
    replica.tags = given.get("tags", [])
    replica.enabled_cloudwatch_logs_exports = list(given.get("enable_cloudwatch_logs_exports", []))
    replica.deletion_protection = given.get("deletion_protection", False)
    replica.multi_az = given.get("multi_az", False)
    replica.backup_retention_period = 0
    replica.monitoring_interval = given.get("monitoring_interval", 0)
    replica.monitoring_role_arn = given.get("monitoring_role_arn")
    replica.performance_insights_enabled = False
    replica.master_user_secret = None
    replica.port = given.get("port") or source.port
    zones = sorted({zone for zone in _zones(replica) if zone != source.availability_zone}) or [
        source.availability_zone
    ]
    _place(replica, given.get("availability_zone") or zones[len(source.replicas) % len(zones) - 1])
    set_insights(replica, given)


@around(RDSBackend)
def promote_read_replica(original: Any, self: Any, db_kwargs: Any) -> Any:
    """AWS: cuts the link, and backs up as told; moto: keeps it on both sides."""
    instance = self.databases[db_kwargs["db_instance_identifier"]]
    _cut(self, instance)
    instance.is_replica = True
    promoted = original(self, db_kwargs)
    for name in ("backup_retention_period", "preferred_backup_window"):
        setattr(promoted, name, db_kwargs.get(name) or getattr(promoted, name))
    return promoted


def _cut(backend: Any, replica: Any) -> None:
    """Make a replica an instance of its own."""
    if replica.source_db_instance_identifier:
        source = backend.find_db_from_id(replica.source_db_instance_identifier)
        source.replicas = [name for name in source.replicas if name.rsplit(":", 1)[-1] != replica.resource_id]
    replica.is_replica = False
    replica.source_db_instance_identifier = None


@around(RDSBackend)
def modify_db_instance(original: Any, self: Any, db_instance_identifier: str, db_kwargs: Any) -> Any:
    """AWS: storage never shrinks, versions never go back, a major one needs leave; moto: takes everything."""
    instance = self.describe_db_instances(db_instance_identifier)[0]
    size = db_kwargs.get("allocated_storage")
    if size is not None and size < instance.allocated_storage:
        raise InvalidParameterCombination(
            f"Invalid storage size for {instance.engine}: {size}; there are {instance.allocated_storage} GiB."
        )
    engine = ENGINES.get(instance.engine)
    wanted = db_kwargs.get("engine_version")
    if engine is not None and wanted is not None:
        check_upgrade(
            engine, instance.engine_version, wanted, bool(db_kwargs.get("allow_major_version_upgrade"))
        )
    if instance.replicas and db_kwargs.get("backup_retention_period") == 0:
        raise InvalidParameterCombination("Backups cannot be turned off while there are read replicas.")
    return original(self, db_instance_identifier, db_kwargs)


def check_upgrade(engine: Engine, present: str, wanted: str, allowed: bool) -> None:
    """Versions never go back, and a new major needs leave."""
    version = engine.resolved(wanted)
    if version is None:
        raise InvalidParameterCombination(f"Cannot find upgrade target {wanted} for {engine.name} {present}.")
    if f"{present}.".startswith(f"{wanted}."):
        return
    if is_older(version, present):
        raise InvalidParameterCombination(f"Cannot upgrade {engine.name} from {present} to {version}.")
    if engine.major(version) != engine.major(present) and not allowed:
        raise InvalidParameterCombination(
            "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version."
        )


@around(RDSBackend)
def delete_db_instance(original: Any, self: Any, db_instance_identifier: str, **options: Any) -> Any:
    """AWS: asks for a final snapshot, none of a replica, lets replicas live; moto: nothing."""
    instance = self.databases.get(db_instance_identifier)
    final, skipped = options.get("final_db_snapshot_identifier"), options.get("skip_final_snapshot")
    alone = instance is not None and instance.db_cluster_identifier is None and not instance.is_replica
    if alone and not final and not skipped:
        raise InvalidParameterCombination(
            "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."
        )
    if instance is not None and instance.is_replica and final:
        raise InvalidParameterCombination("FinalDBSnapshotIdentifier cannot be given for a replica.")
    if instance is not None and ":" in (instance.source_db_instance_identifier or ""):
        _cut(self, instance)
    deleted = original(self, db_instance_identifier, **options)
    for replica in _still_there(self, deleted.replicas):
        replica.is_replica, replica.source_db_instance_identifier = False, None
    return deleted


def _still_there(backend: Any, names: list[str]) -> list[Any]:
    """Replicas by identifier, those of other regions by ARN."""
    all_regions = rds_backends[backend.account_id]
    regions = [all_regions[name.split(":")[3]] if ":" in name else backend for name in names]
    found = [
        region.databases.get(name.rsplit(":", 1)[-1]) for region, name in zip(regions, names, strict=True)
    ]
    return [replica for replica in found if replica is not None]


@adds(RDSResponse)
def delete_db_instance_automated_backup(self: Any) -> Any:
    """AWS: what a deleted instance left is removed by its resource id; moto: not implemented."""
    snapshots, wanted = self.backend.database_snapshots, self.params.get("DbiResourceId")
    left = [
        name
        for name, snapshot in snapshots.items()
        if snapshot.snapshot_type == "automated" and snapshot.dbi_resource_id == wanted
    ]
    if not left:
        raise RDSClientError("DBInstanceAutomatedBackupNotFound", f"No automated backup of {wanted}.")
    for name in left:
        del snapshots[name]
    return ActionResult({"DBInstanceAutomatedBackup": {"DbiResourceId": wanted, "Status": "deleting"}})


def _resource_id() -> str:
    return "db-" + "".join(mock_random.choice(_LETTERS) for _ in range(26))


def key_arn(backend: Any, key: str) -> str:
    """The ARN of a key, which AWS always answers."""
    arn: str = backend._validate_kms_key(key)
    return arn


def _zones(instance: Any) -> list[str]:
    group = getattr(instance, "db_subnet_group", None)
    if group is None:
        return [f"{instance.region}{letter}" for letter in "abc"]
    return sorted({subnet["SubnetAvailabilityZone"]["Name"] for subnet in group.subnets})


def _place(instance: Any, zone: str | None) -> None:
    """Put the instance into `zone` or one of its subnets', and a standby into another."""
    zones = _zones(instance)
    instance.availability_zone = zone or zones[0]
    others = [other for other in zones if other != instance.availability_zone]
    instance.secondary_availability_zone = others[0] if instance.multi_az and others else None


def set_insights(instance: Any, given: Any) -> None:
    """Performance Insights of an instance or a cluster, of which moto keeps only what a change says."""
    enabled = given.get("enable_performance_insights")
    if enabled is not None:
        instance.performance_insights_enabled = enabled
    instance.database_insights_mode = given.get("database_insights_mode") or getattr(
        instance, "database_insights_mode", "standard"
    )
    if not getattr(instance, "performance_insights_enabled", False):
        instance.performance_insights_enabled = False
        instance.performance_insights_kms_key_id = None
        instance.performance_insights_retention_period = None
        return
    days = given.get("performance_insights_retention_period")
    key = given.get("performance_insights_kms_key_id")
    before = getattr(instance, "performance_insights_kms_key_id", None)
    instance.performance_insights_kms_key_id = (
        key_arn(instance.backend, key) if key else before or key_arn(instance.backend, "alias/aws/rds")
    )
    kept = getattr(instance, "performance_insights_retention_period", None)
    instance.performance_insights_retention_period = days or kept or 7
