"""The instances of a database.

Their identifiers are fixed, not auto-named: RDS derives the names of its log groups from them, and these
must exist, with retention and key, before the instance does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.database_args import DatabaseArgs
from components.database_logs import make_log_groups
from components.database_password import Password

# AWS: "Using SSL/TLS to encrypt a connection to a DB instance", per reference notes: the default of new
# instances. Named here, because a change of the default must not restart a database.
CERTIFICATE_AUTHORITY = "rds-ca-rsa2048-g1"
_INSIGHTS_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What all instances of a database share."""

    security_group_id: pulumi.Input[str]
    subnet_group_name: pulumi.Input[str]
    parameter_group_name: pulumi.Input[str]
    monitoring_role_arn: pulumi.Input[str] | None


def primary_identifier(name: str) -> str:
    """The identifier of the instance that takes writes."""
    return f"{name}-primary"


def replica_identifier(name: str, number: int) -> str:
    """The identifier of a read replica; the first is number 1."""
    return f"{name}-replica-{number}"


def make_primary(
    parent: pulumi.Resource,
    name: str,
    args: DatabaseArgs,
    surroundings: Surroundings,
    password: Password,
    zone: str | None,
) -> aws.rds.Instance:
    """The instance that takes writes."""
    identifier = primary_identifier(name)
    return aws.rds.Instance(
        identifier,
        engine=args.engine,
        engine_version=args.engine_version,
        instance_class=args.instance_class,
        allocated_storage=args.storage_gb,
        kms_key_id=args.kms_key_arn,
        db_name=args.database_name,
        username=args.username,
        multi_az=args.multi_az,
        availability_zone=zone,
        db_subnet_group_name=surroundings.subnet_group_name,
        backup_retention_period=args.backup_retention_days,
        backup_window=args.backup_window,
        delete_automated_backups=not args.final_snapshot,
        skip_final_snapshot=not args.final_snapshot,
        final_snapshot_identifier=f"{name}-final" if args.final_snapshot else None,
        **_password(args, password),
        **_common(identifier, args, surroundings),
        opts=_options(parent, identifier, args, protect=args.protect),
    )


def make_replica(
    parent: pulumi.Resource,
    name: str,
    args: DatabaseArgs,
    surroundings: Surroundings,
    primary: aws.rds.Instance,
    number: int,
    zone: str,
) -> aws.rds.Instance:
    """A read replica; engine, version, users, key, storage size and subnet group are the primary's."""
    identifier = replica_identifier(name, number)
    return aws.rds.Instance(
        identifier,
        replicate_source_db=primary.identifier,
        instance_class=args.replica_instance_class or args.instance_class,
        availability_zone=zone,
        skip_final_snapshot=True,
        **_common(identifier, args, surroundings),
        opts=_options(parent, identifier, args, protect=False),
    )


def _common(identifier: str, args: DatabaseArgs, surroundings: Surroundings) -> dict[str, Any]:
    return {
        "identifier": identifier,
        "port": args.engine.port,
        "publicly_accessible": False,
        "vpc_security_group_ids": [surroundings.security_group_id],
        "parameter_group_name": surroundings.parameter_group_name,
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
        "monitoring_interval": args.monitoring_interval_seconds,
        "monitoring_role_arn": surroundings.monitoring_role_arn,
        "tags": {**args.tags, "Name": identifier},
        **_insights(args),
    }


def _insights(args: DatabaseArgs) -> dict[str, Any]:
    if not args.performance_insights:
        return {"performance_insights_enabled": False}
    return {
        "performance_insights_enabled": True,
        "performance_insights_kms_key_id": args.kms_key_arn,
        "performance_insights_retention_period": _INSIGHTS_DAYS,
    }


def _password(args: DatabaseArgs, password: Password) -> dict[str, Any]:
    if password.generated is None:
        return {"manage_master_user_password": True, "master_user_secret_kms_key_id": args.kms_key_arn}
    return {"password_wo": password.generated.value, "password_wo_version": password.version}


def _options(
    parent: pulumi.Resource, identifier: str, args: DatabaseArgs, *, protect: bool
) -> pulumi.ResourceOptions:
    logs = make_log_groups(parent, identifier, args)
    return pulumi.ResourceOptions(parent=parent, depends_on=logs, protect=protect or None)
