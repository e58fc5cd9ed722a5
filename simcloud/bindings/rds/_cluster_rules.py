"""What RDS refuses of a cluster and its model does not say.

AWS: CreateDBCluster, RDS API Reference, and «Creating a Multi-AZ DB cluster», RDS User Guide; from memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from botocore.exceptions import ClientError

from simcloud.bindings.rds import _care_rules, _cluster_capacity_rules, _storage_rules
from simcloud.bindings.rds._aurora import AURORA, EVERY
from simcloud.bindings.rds._catalogue import Engine
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_INHERITED = ("snapshotIdentifier", "restoreToPointInTime", "s3Import", "replicationSourceIdentifier")


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything wrong with `new`, as far as it is known."""
    name = new["engine"]
    engine = EVERY.get(name) if isinstance(name, str) else None
    if isinstance(name, str) and engine is None:
        yield _invalid(f"Invalid DB engine: {name}. The simulated cloud has {', '.join(EVERY)}.", "engine")
    yield from _names(new, engine)
    yield from _care_rules.monitoring(new, "caCertificateIdentifier")
    yield from _care_rules.passwords(new, engine, "masterPassword")
    yield from _storage_rules.windows(new, "preferredBackupWindow", "preferredMaintenanceWindow")
    yield from _backups(new)
    yield from _zones(ctx.region, new)
    if engine is not None:
        yield from _version(new, engine)
        yield from _cluster_capacity_rules.problems(new, engine)
    if not any(name in new for name in (*_INHERITED, "globalClusterIdentifier")) and not _exists(ctx, new):
        yield from _new_cluster(new)


def presence(ctx: Context, new: Props) -> Iterator[Refusal]:
    """What is wrong because of the groups that `new` names."""
    yield from _enough_zones(ctx, new)
    yield from _family(ctx, new)


def _names(new: Props, engine: Engine | None) -> Iterator[Refusal]:
    yield from _care_rules.identifier(new["clusterIdentifier"], "clusterIdentifier")
    yield from _care_rules.snapshot(new.get("finalSnapshotIdentifier"), "finalSnapshotIdentifier")
    yield from _care_rules.database(new.get("databaseName"), "databaseName")
    if engine is not None and isinstance(new.get("masterUsername"), str):
        yield from _care_rules.username(new["masterUsername"], engine, "masterUsername")


def _backups(new: Props) -> Iterator[Refusal]:
    if new.get("backupRetentionPeriod") == 0:
        yield _invalid(
            "Invalid backup retention period: 0. A cluster always has backups.", "backupRetentionPeriod"
        )
    if "kmsKeyId" in new and not new.get("storageEncrypted"):
        yield _combination("KmsKeyId needs StorageEncrypted.", "storageEncrypted")


def _zones(region: str, new: Props) -> Iterator[Refusal]:
    zones = new.get("availabilityZones")
    for position, zone in enumerate(zones if isinstance(zones, list) else ()):
        if isinstance(zone, str) and not zone.startswith(region):
            yield _invalid(
                f"Invalid availability zone {zone}: it is not in {region}.", f"availabilityZones[{position}]"
            )


def _version(new: Props, engine: Engine) -> Iterator[Refusal]:
    wanted, port = new.get("engineVersion"), new.get("port")
    if isinstance(wanted, str) and engine.resolved(wanted) is None:
        yield _combination(f"Cannot find version {wanted} for {engine.name}", "engineVersion")
    if isinstance(port, int) and not 1150 <= port <= 65_535:
        yield _invalid(f"Invalid port {port}: 1150 to 65535.", "port")
    window = new.get("backtrackWindow")
    if isinstance(window, int | float) and window and engine.name != "aurora-mysql":
        yield _invalid(f"Backtrack is not enabled for the {engine.name} engine.", "backtrackWindow")
    elif isinstance(window, int | float) and not 0 <= window <= 259_200:
        yield _invalid(f"Invalid backtrack window {window:g}: 0 to 259200 seconds.", "backtrackWindow")
    exports = new.get("enabledCloudwatchLogsExports")
    for position, log in enumerate(exports if isinstance(exports, list) else ()):
        if isinstance(log, str) and log not in engine.logs:
            yield _combination(
                f"You cannot use the log types '{log}' with engine version {engine.name}. "
                f"For supported log types, see the documentation: {', '.join(sorted(engine.logs))}.",
                f"enabledCloudwatchLogsExports[{position}]",
            )


def _new_cluster(new: Props) -> Iterator[Refusal]:
    if "masterUsername" not in new:
        yield _invalid(
            "The parameter MasterUsername must be provided and must not be blank.", "masterUsername"
        )
    if not any(new.get(name) for name in ("masterPassword", "masterPasswordWo", "manageMasterUserPassword")):
        yield Refusal(
            "InvalidParameterValue",
            "The parameter MasterUserPassword must be provided and must not be blank.",
            "masterPassword",
            "give masterPasswordWo with masterPasswordWoVersion, or set manageMasterUserPassword.",
        )


def _exists(ctx: Context, new: Props) -> bool:
    """Whether this is a change: what a restored cluster was made from may be left out later."""
    if not isinstance(new["clusterIdentifier"], str):
        return False
    try:
        ctx.client("rds").describe_db_clusters(DBClusterIdentifier=new["clusterIdentifier"])
    except ClientError:
        return False
    return True


def _enough_zones(ctx: Context, new: Props) -> Iterator[Refusal]:
    group, least = new.get("dbSubnetGroupName"), 2 if new["engine"] in AURORA else 3
    if group is None:
        return
    try:
        found = ctx.client("rds").describe_db_subnet_groups(DBSubnetGroupName=group)["DBSubnetGroups"]
    except ClientError:
        return  # a missing group is told by its own refusal
    zones = {subnet["SubnetAvailabilityZone"]["Name"] for one in found for subnet in one["Subnets"]}
    if len(zones) < least:
        yield Refusal(
            "DBSubnetGroupDoesNotCoverEnoughAZs",
            f"the subnet group {group} covers {len(zones)} availability zones, a cluster of {new['engine']} needs "
            f"at least {least}.",
            "dbSubnetGroupName",
        )


def _family(ctx: Context, new: Props) -> Iterator[Refusal]:
    engine, group = EVERY.get(new["engine"]), new.get("dbClusterParameterGroupName")
    version = engine.resolved(new.get("engineVersion")) if engine else None
    if engine is None or version is None or not group:
        return
    family = group.removeprefix("default.") if group.startswith("default.") else _family_of(ctx, group)
    if family not in (None, engine.family(version)):
        yield _combination(
            f"The Parameter Group {group} with DBParameterGroupFamily {family} can't be used for this instance. "
            f"Please use a Parameter Group with DBParameterGroupFamily {engine.family(version)}",
            "dbClusterParameterGroupName",
        )


def _family_of(ctx: Context, group: str) -> str | None:
    try:
        found: list[Mapping[str, str]] = ctx.client("rds").describe_db_cluster_parameter_groups(
            DBClusterParameterGroupName=group
        )["DBClusterParameterGroups"]
    except ClientError:
        return None  # a missing group is told by its own refusal
    return found[0]["DBParameterGroupFamily"] if found else None


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterValue", message, path)


def _combination(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterCombination", message, path)
