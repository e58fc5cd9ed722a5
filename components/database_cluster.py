"""A Multi-AZ DB cluster: a writer and two readable standbys in three zones, run by RDS as one."""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_aws as aws

from components.database_args import DatabaseArgs
from components.database_ground import Surroundings
from components.database_instance import BEGINNING, CERTIFICATE_AUTHORITY, insights
from components.database_logs import Logs, log_group_names, make_log_groups
from components.database_password import Password
from components.database_servers import Servers, managed_secret

# AWS: "Creating a Multi-AZ DB cluster for Amazon RDS": the servers are <cluster>-instance-1 to -3; per reference notes.
_SERVERS = 3


def make_cluster(
    parent: pulumi.Resource, name: str, args: DatabaseArgs, surroundings: Surroundings, password: Password
) -> Servers:
    """Three servers under two names: one for writes, one for reads; a failover moves the names."""
    cluster = _make(parent, name, args, surroundings, password)
    first, *others = [
        pulumi.Output.concat(cluster.cluster_identifier, f"-instance-{number}")
        for number in range(1, _SERVERS + 1)
    ]
    return Servers(
        arn=cluster.arn,
        writer_endpoint=cluster.endpoint,
        reader_endpoints=[cluster.reader_endpoint],
        identifier=first,
        replica_identifiers=others,
        resource_id=cluster.cluster_resource_id,
        managed_secret_arn=cluster.master_user_secrets.apply(managed_secret),
        log_group_names=log_group_names(name, args, "cluster"),
        cluster=cluster,
    )


def _make(
    parent: pulumi.Resource, name: str, args: DatabaseArgs, surroundings: Surroundings, password: Password
) -> aws.rds.Cluster:
    logs = Logs(identifier=name, kind="cluster", kms_key_arn=args.kms_key_arn)
    groups = make_log_groups(parent, logs, args)
    return aws.rds.Cluster(
        name,
        cluster_identifier=name,
        engine=args.engine,
        engine_version=args.engine_version,
        db_cluster_instance_class=args.instance_class,
        storage_type="gp3",
        allocated_storage=args.storage_gb,
        storage_encrypted=True,
        kms_key_id=args.kms_key_arn,
        port=args.engine.port,
        db_subnet_group_name=surroundings.subnet_group_name,
        vpc_security_group_ids=[surroundings.security_group_id],
        db_cluster_parameter_group_name=surroundings.parameter_group_name,
        **_care(name, args),
        **_watching(args, surroundings),
        **_beginning(args),
        **_password(args, password),
        tags={**args.tags, "Name": name},
        opts=pulumi.ResourceOptions(
            parent=parent,
            depends_on=groups,
            protect=args.protect or None,
            ignore_changes=list(BEGINNING),
        ),
    )


def _care(name: str, args: DatabaseArgs) -> dict[str, Any]:
    return {
        "backup_retention_period": args.backup_retention_days,
        "preferred_backup_window": args.backup_window,
        "preferred_maintenance_window": args.maintenance_window,
        "auto_minor_version_upgrade": args.auto_minor_version_upgrade,
        "apply_immediately": args.apply_immediately,
        "copy_tags_to_snapshot": True,
        "deletion_protection": args.deletion_protection,
        "delete_automated_backups": not args.final_snapshot,
        "skip_final_snapshot": not args.final_snapshot,
        "final_snapshot_identifier": f"{name}-final" if args.final_snapshot else None,
        "ca_certificate_identifier": CERTIFICATE_AUTHORITY,
        "iam_database_authentication_enabled": True if args.iam_authentication else None,
    }


def _watching(args: DatabaseArgs, surroundings: Surroundings) -> dict[str, Any]:
    return {
        "enabled_cloudwatch_logs_exports": list(args.engine.log_exports),
        "monitoring_interval": args.monitoring_interval_seconds,
        "monitoring_role_arn": surroundings.monitoring_role_arn,
        **insights(args, args.kms_key_arn),
    }


def _beginning(args: DatabaseArgs) -> dict[str, Any]:
    restore = args.restore
    if restore is None:
        return {"database_name": args.database_name, "master_username": args.username}
    if restore.snapshot_identifier is not None:
        return {"snapshot_identifier": restore.snapshot_identifier}
    return {
        "restore_to_point_in_time": aws.rds.ClusterRestoreToPointInTimeArgs(
            source_cluster_identifier=restore.source_identifier,
            restore_to_time=restore.time,
            use_latest_restorable_time=None if restore.time else True,
        )
    }


def _password(args: DatabaseArgs, password: Password) -> dict[str, Any]:
    if password.generated is None:
        return {"manage_master_user_password": True, "master_user_secret_kms_key_id": args.kms_key_arn}
    return {
        "master_password_wo": password.generated.value,
        "master_password_wo_version": password.version,
    }
