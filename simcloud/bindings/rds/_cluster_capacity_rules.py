"""How big a cluster may be: Aurora grows by itself, a Multi-AZ cluster is told its class and its storage.

AWS: «Aurora Serverless v2 capacity», Aurora User Guide, and «Creating a Multi-AZ DB cluster»; from memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.bindings.rds import _storage_rules
from simcloud.bindings.rds._aurora import AURORA, is_class
from simcloud.bindings.rds._catalogue import Engine
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_OF_MULTI_AZ = ("dbClusterInstanceClass", "storageType", "allocatedStorage")
_AURORA_STORAGE = ("", "aurora", "aurora-iopt1")
_MULTI_AZ_STORAGE = ("gp3", "io1", "io2")
_IOPS = (1_000, 256_000)
_PER_GIB = (0.5, 50)
_SCALING = "serverlessv2ScalingConfiguration"


def problems(new: Props, engine: Engine) -> Iterator[Refusal]:
    """Everything wrong with class, storage and capacity."""
    yield from _aurora(new) if engine.name in AURORA else _multi_az(new, engine)
    if new.get("engineMode") == "serverless" or "scalingConfiguration" in new:
        yield _combination(
            "Aurora Serverless v1 is not offered any more.",
            "scalingConfiguration" if "scalingConfiguration" in new else "engineMode",
            f"use engineMode provisioned with {_SCALING}, and instances of class db.serverless.",
        )


def _aurora(new: Props) -> Iterator[Refusal]:
    for name in ("dbClusterInstanceClass", "allocatedStorage", "iops"):
        if new.get(name) is not None:
            yield _combination(
                f"{name} is for Multi-AZ clusters of postgres and mysql, not for Aurora.", name
            )
    storage = new.get("storageType")
    if isinstance(storage, str) and storage not in _AURORA_STORAGE:
        yield _combination(
            f"Invalid storage type for Aurora: {storage}; aurora or aurora-iopt1.", "storageType"
        )
    scaling = new.get(_SCALING)
    if isinstance(scaling, Mapping):
        yield from _capacity(scaling)


def _capacity(scaling: Mapping[str, Value]) -> Iterator[Refusal]:
    low, high, pause = (scaling.get(name) for name in ("minCapacity", "maxCapacity", "secondsUntilAutoPause"))
    for name, value, least in (("minCapacity", low, 0), ("maxCapacity", high, 1)):
        if isinstance(value, int | float) and not (least <= value <= 256 and value * 2 % 1 == 0):
            yield _invalid(
                f"Serverless v2 capacity {value:g} isn't valid: {least} to 256 in steps of 0.5.",
                f"{_SCALING}.{name}",
            )
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        yield _invalid(
            f"Serverless v2 maximum capacity {high:g} must be at least the minimum capacity {low:g}.",
            f"{_SCALING}.maxCapacity",
        )
    if isinstance(pause, int | float) and not 300 <= pause <= 86_400:
        yield _invalid(
            f"auto pause after {pause:g} seconds: 300 to 86400.", f"{_SCALING}.secondsUntilAutoPause"
        )
    elif pause is not None and isinstance(low, int | float) and low > 0:
        yield _combination("auto pause needs a minCapacity of 0.", f"{_SCALING}.secondsUntilAutoPause")


def _multi_az(new: Props, engine: Engine) -> Iterator[Refusal]:
    if _SCALING in new:
        yield _combination("serverless capacity is for Aurora only.", _SCALING)
    for name in _OF_MULTI_AZ:
        if new.get(name) is None and "snapshotIdentifier" not in new and "restoreToPointInTime" not in new:
            yield Refusal(
                "InvalidParameterCombination",
                f"a Multi-AZ cluster of {engine.name} needs {name}.",
                name,
                "or use an Aurora engine.",
            )
    size, storage = new.get("dbClusterInstanceClass"), new.get("storageType")
    if isinstance(size, str) and not is_class(engine.name, size):
        yield _combination(
            f"Multi-AZ clusters do not come with {size}: classes with local disks are needed, such as db.r6gd.large.",
            "dbClusterInstanceClass",
        )
    if isinstance(storage, str) and storage not in _MULTI_AZ_STORAGE:
        yield _combination(
            f"Invalid storage type for a Multi-AZ cluster: {storage}; {', '.join(_MULTI_AZ_STORAGE)}.",
            "storageType",
        )
    elif storage == "gp3":
        yield from _storage_rules.problems({name: new[name] for name in _speeds(new)})
    elif isinstance(storage, str):
        yield from _provisioned(new)


def _speeds(new: Props) -> list[str]:
    return [name for name in ("storageType", "allocatedStorage", "iops") if name in new]


def _provisioned(new: Props) -> Iterator[Refusal]:
    iops, size = new.get("iops"), new.get("allocatedStorage")
    if iops is None:
        yield _combination(
            f"You must specify a value for Iops with storage type {new['storageType']}.", "iops"
        )
    elif isinstance(iops, int | float) and not _IOPS[0] <= iops <= _IOPS[1]:
        yield _invalid(f"{iops:g} iops, {_IOPS[0]} to {_IOPS[1]} allowed.", "iops")
    elif isinstance(iops, int | float) and isinstance(size, int | float) and not _fits(iops, size):
        yield _combination(
            f"{iops:g} iops for {size:g} GiB; {_PER_GIB[0]} to {_PER_GIB[1]} for each GiB are allowed.",
            "iops",
        )
    if isinstance(size, int | float) and not 100 <= size <= 65_536:
        yield _invalid(f"Invalid storage size {size:g}: 100 to 65536 GiB.", "allocatedStorage")


def _fits(iops: float, size: float) -> bool:
    return _PER_GIB[0] * size <= iops <= _PER_GIB[1] * size


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterValue", message, path)


def _combination(message: str, path: str, fix: str = "") -> Refusal:
    return Refusal("InvalidParameterCombination", message, path, fix)
