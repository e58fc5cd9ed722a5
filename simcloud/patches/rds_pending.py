"""Changes of database instances that wait for the maintenance window, as AWS makes them wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from moto.core.utils import utcnow
from moto.rds.models import DBInstance, RDSBackend

from simcloud.patches import around

# AWS: «Available settings» of «Modifying an Amazon RDS DB instance», RDS User Guide; from memory, not verified. Other
# settings change at once whatever ApplyImmediately says.
_WAITING = {
    "allocated_storage": "AllocatedStorage",
    "backup_retention_period": "BackupRetentionPeriod",
    "ca_certificate_identifier": "CACertificateIdentifier",
    "db_instance_class": "DBInstanceClass",
    "dedicated_log_volume": "DedicatedLogVolume",
    "engine_version": "EngineVersion",
    "iops": "Iops",
    "license_model": "LicenseModel",
    "multi_az": "MultiAZ",
    "storage_throughput": "StorageThroughput",
    "storage_type": "StorageType",
}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@around(DBInstance)
def update(original: Any, self: Any, **given: Any) -> None:
    """AWS: without ApplyImmediately some changes wait, and with it all that waited come too; moto: changes at once."""
    pending = _pending(self)
    if given.get("apply_immediately"):
        given = {**pending, **given}
        pending.clear()
    else:
        for name in _WAITING.keys() & given.keys():
            _put_off(self, name, given.pop(name))
    original(self, **given)


@around(RDSBackend)
def describe_db_instances(original: Any, self: Any, *args: Any, **given: Any) -> Any:
    """AWS: what waited is done in the maintenance window; moto: nothing ever waits."""
    for instance in self.databases.values():
        if _pending(instance) and utcnow() >= getattr(instance, "pending_until", utcnow()):
            instance.update(apply_immediately=True)
    return original(self, *args, **given)


def pending_modified_values(self: Any) -> dict[str, Any]:
    """AWS: tells what waits; moto: does not."""
    return {_WAITING[name]: value for name, value in _pending(self).items()}


_instance: Any = DBInstance
_instance.pending_modified_values = property(pending_modified_values)


def _put_off(instance: Any, name: str, wanted: Any) -> None:
    """Let a change wait; one that asks for what is there already takes back an earlier one."""
    present, pending = getattr(instance, name, None), _pending(instance)
    if wanted is None:
        return
    if wanted == present:
        pending.pop(name, None)
    elif name == "backup_retention_period" and wanted and present:
        setattr(instance, name, wanted)  # AWS: only switching backups on or off waits
    else:
        instance.pending_until = _next(instance.preferred_maintenance_window, utcnow())
        pending[name] = wanted


def _next(window: str, now: datetime) -> datetime:
    """When a window, such as `sun:05:00-sun:06:00`, opens next."""
    day, hour, minute = window.split("-", maxsplit=1)[0].split(":")
    opening = now.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    opening += timedelta(days=(_DAYS.index(day) - now.weekday()) % 7)
    return opening if opening > now else opening + timedelta(days=7)


def _pending(instance: Any) -> dict[str, Any]:
    pending: dict[str, Any] = vars(instance).setdefault("pending_changes", {})
    return pending
