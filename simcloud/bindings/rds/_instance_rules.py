"""What RDS refuses of an instance and its model does not say."""

# AWS: CreateDBInstance, RDS API Reference, and «Amazon RDS DB instance storage», «Quotas and constraints», RDS User
# Guide; per reference notes, not verified against AWS.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.bindings.rds import _care_rules, _storage_rules, _value_rules
from simcloud.bindings.rds._catalogue import CLASSES, ENGINES, Engine
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_INHERITED = ("snapshotIdentifier", "restoreToPointInTime", "s3Import")
_NO_INSIGHTS = frozenset(f"db.{family}.{size}" for family in ("t3", "t4g") for size in ("micro", "small"))


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything wrong with `new`, as far as it is known."""
    engine = ENGINES.get(str(new.get("engine"))) if isinstance(new.get("engine"), str) else None
    yield from _names(new, engine)
    yield from _class(new)
    yield from _value_rules.problems(ctx, new)
    yield from _zone(ctx.region, new)
    yield from _care_rules.monitoring(new)
    yield from _small_mysql(new, engine)
    yield from _care_rules.passwords(new, engine)
    yield from _storage_rules.problems(new)
    if "replicateSourceDb" in new:
        yield from _replica(new)
    elif not any(name in new for name in _INHERITED) and _instance(ctx, new["identifier"]) is None:
        yield from _new_instance(new)
    if engine is not None:
        yield from _version(new, engine)
        yield from _logs(new, engine)
    elif isinstance(new.get("engine"), str):
        yield _invalid(
            f"Invalid DB engine: {new['engine']}. The simulated cloud has {' and '.join(ENGINES)}.", "engine"
        )


def presence(ctx: Context, new: Props) -> Iterator[Refusal]:
    """What is wrong because of the groups and instances that `new` names."""
    yield from _zone_of_group(ctx, new)
    yield from _groups_of_vpc(ctx, new)
    yield from _family(ctx, new)
    if "replicateSourceDb" in new:
        yield from _source(ctx, new)


def _names(new: Props, engine: Engine | None) -> Iterator[Refusal]:
    yield from _care_rules.identifier(new["identifier"], "identifier")
    yield from _care_rules.snapshot(new.get("finalSnapshotIdentifier"), "finalSnapshotIdentifier")
    yield from _care_rules.database(new.get("dbName"), "dbName")
    if engine is not None and isinstance(new.get("username"), str):
        yield from _care_rules.username(new["username"], engine, "username")


def _class(new: Props) -> Iterator[Refusal]:
    instance_class = new["instanceClass"]
    if isinstance(instance_class, str) and instance_class not in CLASSES:
        yield _invalid(f"Invalid DB Instance class: {instance_class}", "instanceClass")


def _zone(region: str, new: Props) -> Iterator[Refusal]:
    zone = new.get("availabilityZone")
    if new.get("multiAz") is True and zone is not None:
        yield _combination(
            "Requesting a specific availability zone is not valid for Multi-AZ instances.", "availabilityZone"
        )
    elif isinstance(zone, str) and not zone.startswith(region):
        yield _invalid(f"Invalid availability zone {zone}: it is not in {region}.", "availabilityZone")


def _zone_of_group(ctx: Context, new: Props) -> Iterator[Refusal]:
    zone, group = new.get("availabilityZone"), new.get("dbSubnetGroupName")
    zones = _zones_of(ctx, group) if zone and group else []
    if zones and zone not in zones:
        yield Refusal(
            "DBSubnetGroupDoesNotCoverEnoughAZs",
            f"the subnet group {group} has no subnet in {zone}, only in {', '.join(zones)}.",
            "availabilityZone",
        )


def _groups_of_vpc(ctx: Context, new: Props) -> Iterator[Refusal]:
    group, clients = new.get("dbSubnetGroupName"), new.get("vpcSecurityGroupIds") or []
    if not group or not clients:
        return
    vpc = ctx.client("rds").describe_db_subnet_groups(DBSubnetGroupName=group)["DBSubnetGroups"][0]["VpcId"]
    for found in ctx.client("ec2").describe_security_groups(GroupIds=clients)["SecurityGroups"]:
        if found["VpcId"] != vpc:
            yield _combination(
                f"The DB instance and EC2 security group {found['GroupId']} are in different VPCs: {vpc} and "
                f"{found['VpcId']}.",
                "vpcSecurityGroupIds",
            )


def _zones_of(ctx: Context, group: str) -> list[str]:
    try:
        found = ctx.client("rds").describe_db_subnet_groups(DBSubnetGroupName=group)["DBSubnetGroups"]
    except ClientError:
        return []
    return sorted({subnet["SubnetAvailabilityZone"]["Name"] for one in found for subnet in one["Subnets"]})


def _small_mysql(new: Props, engine: Engine | None) -> Iterator[Refusal]:
    small_mysql = engine is not None and engine.name == "mysql" and new["instanceClass"] in _NO_INSIGHTS
    if new["performanceInsightsEnabled"] is True and small_mysql:
        yield _combination(
            f"Performance Insights not supported for this configuration: mysql on {new['instanceClass']}.",
            "performanceInsightsEnabled",
        )


def _replica(new: Props) -> Iterator[Refusal]:
    for name in ("engine", "username", "password", "passwordWo", "manageMasterUserPassword", "dbName"):
        if new.get(name) not in (None, False):
            yield _combination(f"{name} cannot be given for a replica: it has its source's.", name)


def _source(ctx: Context, new: Props) -> Iterator[Refusal]:
    source = _instance(ctx, new["replicateSourceDb"])
    if source is None:
        return
    if source["BackupRetentionPeriod"] == 0:
        yield Refusal(
            "InvalidDBInstanceState",
            "Automated backups are not enabled for this database instance. To enable automated backups, use "
            "ModifyDBInstance to set the backup retention period to a non-zero value.",
            "replicateSourceDb",
            "set backupRetentionPeriod of the source to 1 or more.",
        )
    elsewhere = source["DBInstanceArn"].split(":")[3] != ctx.region
    if elsewhere and source.get("StorageEncrypted") and not new.get("kmsKeyId"):
        # AWS: CreateDBInstanceReadReplica, KmsKeyId: needed for an encrypted source in another region; from memory.
        yield _combination(
            f"the source is encrypted in another region: a key of {ctx.region} is needed.", "kmsKeyId"
        )
    if source.get("MasterUserSecret"):
        yield _combination(
            "a DB instance whose password is managed in Secrets Manager cannot have replicas.",
            "replicateSourceDb",
        )


def _instance(ctx: Context, name: Value) -> Mapping[str, Any] | None:
    if not isinstance(name, str):
        return None
    region = name.split(":")[3] if name.startswith("arn:") else None
    rds = ctx.in_region(region).client("rds")
    try:
        found: Mapping[str, Any] = rds.describe_db_instances(DBInstanceIdentifier=name.rsplit(":", 1)[-1])[
            "DBInstances"
        ][0]
    except ClientError:
        return None
    return found


def _new_instance(new: Props) -> Iterator[Refusal]:
    for name in ("engine", "username", "allocatedStorage"):
        if name not in new:
            yield Refusal("MissingParameter", f"missing required property {name!r}", name)
    if not any(new.get(name) for name in ("password", "passwordWo", "manageMasterUserPassword")):
        yield Refusal(
            "InvalidParameterValue",
            "The parameter MasterUserPassword must be provided and must not be blank.",
            "password",
            "give passwordWo with passwordWoVersion, or set manageMasterUserPassword.",
        )


def _version(new: Props, engine: Engine) -> Iterator[Refusal]:
    wanted = new.get("engineVersion")
    if isinstance(wanted, str) and engine.resolved(wanted) is None:
        yield _combination(f"Cannot find version {wanted} for {engine.name}", "engineVersion")


def _family(ctx: Context, new: Props) -> Iterator[Refusal]:
    engine, group = ENGINES.get(new.get("engine", "")), new.get("parameterGroupName")
    version = engine.resolved(new.get("engineVersion")) if engine else None
    family = _family_of(ctx, group) if group else None
    if engine is not None and version is not None and family not in (None, engine.family(version)):
        yield _combination(
            f"The parameter group {group} with DBParameterGroupFamily {family} can't be used for this instance. "
            f"Please use a Parameter Group with DBParameterGroupFamily {engine.family(version)}",
            "parameterGroupName",
        )


def _family_of(ctx: Context, group: str) -> str | None:
    if group.startswith("default."):
        return group.removeprefix("default.")
    try:
        found = ctx.client("rds").describe_db_parameter_groups(DBParameterGroupName=group)[
            "DBParameterGroups"
        ]
    except ClientError:
        return None  # a missing group is told by its own refusal
    return found[0]["DBParameterGroupFamily"] if found else None


def _logs(new: Props, engine: Engine) -> Iterator[Refusal]:
    exports = new.get("enabledCloudwatchLogsExports")
    for position, log in enumerate(exports if isinstance(exports, list) else ()):
        if isinstance(log, str) and log not in engine.logs:
            yield _combination(
                f"You cannot use the log types '{log}' with engine version {engine.name}. "
                f"For supported log types, see the documentation: {', '.join(sorted(engine.logs))}.",
                f"enabledCloudwatchLogsExports[{position}]",
            )


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterValue", message, path)


def _combination(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterCombination", message, path)
