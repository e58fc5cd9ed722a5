"""Which sizes and speeds of storage RDS offers, and which windows and backups."""

# AWS: «Amazon RDS DB instance storage» and «Working with backups», RDS User Guide; per reference notes, not verified.

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_MINIMUM = {"standard": 5, "gp2": 20, "gp3": 20, "io1": 100, "io2": 100}
_MAXIMUM = 65_536
# From this size on a gp3 volume is striped, and its speed can be chosen.
_STRIPED = 400
_GP3_IOPS = (12_000, 64_000)
_GP3_THROUGHPUT = (500, 4_000)
_BACKUP_WINDOW = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
_DAY = "(mon|tue|wed|thu|fri|sat|sun)"
_TIME = r"([01]\d|2[0-3]):[0-5]\d"
_MAINTENANCE_WINDOW = re.compile(f"{_DAY}:{_TIME}-{_DAY}:{_TIME}", re.IGNORECASE)


def problems(new: Props) -> Iterator[Refusal]:
    """Everything wrong with storage, windows and backups."""
    kind = new.get("storageType", "io1" if "iops" in new else "gp2")
    if isinstance(kind, str) and kind not in _MINIMUM:
        yield _invalid(f"Invalid storage type: {kind}; there are {', '.join(_MINIMUM)}.", "storageType")
    elif isinstance(kind, str):
        yield from _size(new, kind)
        yield from _speed(new, kind)
    yield from _growth(new)
    yield from _encryption(new)
    yield from windows(new)


def _size(new: Props, kind: str) -> Iterator[Refusal]:
    size = new.get("allocatedStorage")
    if isinstance(size, int) and not _MINIMUM[kind] <= size <= _MAXIMUM:
        yield _invalid(
            f"Invalid storage size for storage type {kind}: {size}; {_MINIMUM[kind]} to {_MAXIMUM} GiB.",
            "allocatedStorage",
        )


def _speed(new: Props, kind: str) -> Iterator[Refusal]:
    size, iops, throughput = (new.get(name) for name in ("allocatedStorage", "iops", "storageThroughput"))
    if kind in ("io1", "io2") and iops is None and "replicateSourceDb" not in new:
        yield _combination(f"You must specify a value for Iops with storage type {kind}.", "iops")
    if kind not in ("io1", "io2", "gp3") and iops is not None:
        yield _combination(f"Iops cannot be given with storage type {kind}.", "iops")
    if kind != "gp3" and throughput is not None:
        yield _combination(
            f"StorageThroughput cannot be given with storage type {kind}.", "storageThroughput"
        )
    if kind == "gp3" and isinstance(size, int):
        yield from _gp3("iops", iops, size, _GP3_IOPS)
        yield from _gp3("storageThroughput", throughput, size, _GP3_THROUGHPUT)


def _gp3(name: str, value: Value, size: int, limits: tuple[int, int]) -> Iterator[Refusal]:
    if not isinstance(value, int):
        return
    if size < _STRIPED:
        yield _combination(
            f"You can't specify IOPS or storage throughput for gp3 storage below {_STRIPED} GiB; there are {size}.",
            name,
        )
    elif not limits[0] <= value <= limits[1]:
        yield _combination(f"{name} of gp3 storage is {value}, must be {limits[0]} to {limits[1]}.", name)


def _growth(new: Props) -> Iterator[Refusal]:
    size, most = new.get("allocatedStorage"), new.get("maxAllocatedStorage")
    if isinstance(size, int) and isinstance(most, int) and 0 < most < size:
        yield _combination("Max storage size must be greater than storage size", "maxAllocatedStorage")


def _encryption(new: Props) -> Iterator[Refusal]:
    if "kmsKeyId" in new and not new.get("storageEncrypted") and "replicateSourceDb" not in new:
        yield _combination("KmsKeyId needs StorageEncrypted.", "storageEncrypted")


def windows(
    new: Props, backup: str = "backupWindow", maintenance: str = "maintenanceWindow"
) -> Iterator[Refusal]:
    """How long backups are kept, and when they are made; clusters name the two windows otherwise."""
    days = new.get("backupRetentionPeriod")
    if isinstance(days, int) and not 0 <= days <= 35:
        yield _invalid(
            f"Invalid backup retention period: {days}. Retention period must be between 0 and 35.",
            "backupRetentionPeriod",
        )
    window = new.get(backup)
    if isinstance(window, str) and not _BACKUP_WINDOW.fullmatch(window):
        yield _invalid(f"The backup window {window!r} must be written hh24:mi-hh24:mi.", backup)
    window = new.get(maintenance)
    if isinstance(window, str) and not _MAINTENANCE_WINDOW.fullmatch(window):
        yield _invalid(
            f"The maintenance window {window!r} must be written ddd:hh24:mi-ddd:hh24:mi.", maintenance
        )


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterValue", message, path)


def _combination(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterCombination", message, path)
