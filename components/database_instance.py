"""The instances of a database.

Their identifiers are fixed, not auto-named: RDS derives the names of its log groups from them, and these
must exist, with retention and key, before the instance does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from components.database_args import DatabaseArgs
from components.database_ground import Surroundings
from components.database_logs import Logs, log_group_names, make_log_groups
from components.database_password import Password
from components.database_placement import place
from components.database_servers import Servers, managed_secret

# AWS: "Using SSL/TLS to encrypt a connection to a DB instance", per reference notes: the default of new
# instances. Named here, because a change of the default must not restart a database.
CERTIFICATE_AUTHORITY = "rds-ca-rsa2048-g1"

# A database begins once. Another source named later would replace it, and with it all that has been written since.
BEGINNING = ("snapshotIdentifier", "restoreToPointInTime")


def primary_identifier(name: str) -> str:
    """The identifier of the instance that takes writes."""
    return f"{name}-primary"


def replica_identifier(name: str, number: int) -> str:
    """The identifier of a read replica; the first is number 1."""
    return f"{name}-replica-{number}"


def make_instances(
    parent: pulumi.Resource, name: str, args: DatabaseArgs, surroundings: Surroundings, password: Password
) -> Servers:
    """A primary and its replicas, each replica in another zone than the primary."""
    placement = place(args.availability_zones, multi_az=args.multi_az, replicas=args.replicas)
    primary = _make_primary(parent, name, args, surroundings, password, placement.primary)
    replicas = [
        _make_replica(parent, name, args, surroundings, primary, number, zone)
        for number, zone in enumerate(placement.replicas, start=1)
    ]
    return Servers(
        arn=primary.arn,
        writer_endpoint=primary.address,
        reader_endpoints=[replica.address for replica in replicas],
        identifier=primary.identifier,
        replica_identifiers=[replica.identifier for replica in replicas],
        resource_id=primary.resource_id,
        managed_secret_arn=primary.master_user_secrets.apply(managed_secret),
        log_group_names=_log_groups_of_all(name, args),
        primary=primary,
    )


def common(identifier: str, args: DatabaseArgs) -> dict[str, Any]:
    """What is the same for every instance of a database, in whatever region."""
    return {
        "identifier": identifier,
        "port": args.engine.port,
        "publicly_accessible": False,
        "storage_type": "gp3",
        "storage_encrypted": True,
        "max_allocated_storage": args.max_storage_gb if args.max_storage_gb > args.storage_gb else None,
        "maintenance_window": args.maintenance_window,
        "auto_minor_version_upgrade": args.auto_minor_version_upgrade,
        "apply_immediately": args.apply_immediately,
        "copy_tags_to_snapshot": True,
        "deletion_protection": args.deletion_protection,
        "ca_cert_identifier": CERTIFICATE_AUTHORITY,
        "enabled_cloudwatch_logs_exports": list(args.engine.log_exports),
        "iam_database_authentication_enabled": True if args.iam_authentication else None,
        "tags": {**args.tags, "Name": identifier},
    }


def insights(args: DatabaseArgs, kms_key_arn: pulumi.Input[str] | None) -> dict[str, Any]:
    """What is kept about statements, encrypted with a key of the same region."""
    if not args.performance_insights:
        return {"performance_insights_enabled": False}
    return {
        "performance_insights_enabled": True,
        "performance_insights_kms_key_id": kms_key_arn,
        "performance_insights_retention_period": args.insights.days,
        "database_insights_mode": "advanced" if args.insights.advanced else None,
    }


def _make_primary(
    parent: pulumi.Resource,
    name: str,
    args: DatabaseArgs,
    surroundings: Surroundings,
    password: Password,
    zone: str | None,
) -> aws.rds.Instance:
    identifier = primary_identifier(name)
    return aws.rds.Instance(
        identifier,
        engine=args.engine,
        engine_version=args.engine_version,
        instance_class=args.instance_class,
        allocated_storage=args.storage_gb,
        kms_key_id=args.kms_key_arn,
        multi_az=args.multi_az,
        availability_zone=zone,
        db_subnet_group_name=surroundings.subnet_group_name,
        backup_retention_period=args.backup_retention_days,
        backup_window=args.backup_window,
        delete_automated_backups=not args.final_snapshot,
        skip_final_snapshot=not args.final_snapshot,
        final_snapshot_identifier=f"{name}-final" if args.final_snapshot else None,
        blue_green_update=aws.rds.InstanceBlueGreenUpdateArgs(enabled=True) if args.blue_green else None,
        **_beginning(args),
        **_password(args, password),
        **_here(identifier, args, surroundings),
        opts=_options(parent, identifier, args, protect=args.protect, ignore=BEGINNING),
    )


def _make_replica(
    parent: pulumi.Resource,
    name: str,
    args: DatabaseArgs,
    surroundings: Surroundings,
    primary: aws.rds.Instance,
    number: int,
    zone: str,
) -> aws.rds.Instance:
    """Engine, version, users, key, storage size and subnet group are the primary's."""
    identifier = replica_identifier(name, number)
    return aws.rds.Instance(
        identifier,
        replicate_source_db=primary.identifier,
        instance_class=args.replica_instance_class or args.instance_class,
        availability_zone=zone,
        skip_final_snapshot=True,
        **_here(identifier, args, surroundings),
        opts=_options(parent, identifier, args, protect=False),
    )


def _here(identifier: str, args: DatabaseArgs, surroundings: Surroundings) -> dict[str, Any]:
    return {
        **common(identifier, args),
        **insights(args, args.kms_key_arn),
        "vpc_security_group_ids": [surroundings.security_group_id],
        "parameter_group_name": surroundings.parameter_group_name,
        "monitoring_interval": args.monitoring_interval_seconds,
        "monitoring_role_arn": surroundings.monitoring_role_arn,
    }


def _beginning(args: DatabaseArgs) -> dict[str, Any]:
    """An empty database and its master user, or another database whose copy brings both."""
    restore = args.restore
    if restore is None:
        return {"db_name": args.database_name, "username": args.username}
    if restore.snapshot_identifier is not None:
        return {"snapshot_identifier": restore.snapshot_identifier}
    return {
        "restore_to_point_in_time": aws.rds.InstanceRestoreToPointInTimeArgs(
            source_db_instance_identifier=restore.source_identifier,
            restore_time=restore.time,
            use_latest_restorable_time=None if restore.time else True,
        )
    }


def _password(args: DatabaseArgs, password: Password) -> dict[str, Any]:
    if password.generated is None:
        return {"manage_master_user_password": True, "master_user_secret_kms_key_id": args.kms_key_arn}
    return {"password_wo": password.generated.value, "password_wo_version": password.version}


def _options(
    parent: pulumi.Resource,
    identifier: str,
    args: DatabaseArgs,
    *,
    protect: bool,
    ignore: Sequence[str] = (),
) -> pulumi.ResourceOptions:
    logs = Logs(identifier=identifier, kind="instance", kms_key_arn=args.kms_key_arn)
    groups = make_log_groups(parent, logs, args)
    return pulumi.ResourceOptions(
        parent=parent, depends_on=groups, protect=protect or None, ignore_changes=list(ignore) or None
    )


def _log_groups_of_all(name: str, args: DatabaseArgs) -> list[str]:
    replicas = [replica_identifier(name, number) for number in range(1, args.replicas + 1)]
    identifiers = [primary_identifier(name), *replicas]
    return [group for identifier in identifiers for group in log_group_names(identifier, args)]
