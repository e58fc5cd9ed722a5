"""A cache with nodes: one replication group, its settings, its subnets, its logs."""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_aws as aws

from components import cache_engine
from components.cache_args import CacheArgs
from components.cache_options import Tls
from components.cache_plan import CachePlan
from components.cache_secret import Entry

LOGS = ("slow-log", "engine-log")


def log_group_names(name: str) -> list[str]:
    """Where the nodes' logs go."""
    return [f"/aws/elasticache/{name}/{log}" for log in LOGS]


def make_group(
    parent: pulumi.Resource,
    name: str,
    args: CacheArgs,
    plan: CachePlan,
    security_group_id: pulumi.Output[str],
    entry: Entry,
) -> aws.elasticache.ReplicationGroup:
    """The nodes, encrypted on disk and, unless told otherwise, on the wire."""
    return aws.elasticache.ReplicationGroup(
        name,
        description=f"Cache {name}",
        engine=args.engine,
        engine_version=args.engine_version,
        node_type=args.node_type,
        port=cache_engine.PORT,
        automatic_failover_enabled=plan.replicas >= 1,
        multi_az_enabled=plan.multi_az,
        parameter_group_name=_parameter_group(parent, name, args, plan),
        subnet_group_name=_subnet_group(parent, name, args),
        security_group_ids=[security_group_id],
        at_rest_encryption_enabled=True,
        kms_key_id=args.kms_key_arn,
        # AWS: "Data tiering in ElastiCache": nodes of r6gd have it and must; per reference notes.
        data_tiering_enabled=True if ".r6gd." in str(args.node_type) else None,
        **_keeping(name, args),
        log_delivery_configurations=_log_delivery(parent, name, args),
        tags={**args.tags, "Name": name},
        **_entrance(args, entry),
        **_size(args, plan),
        opts=pulumi.ResourceOptions(parent=parent, protect=args.protect or None),
    )


def _keeping(name: str, args: CacheArgs) -> dict[str, Any]:
    return {
        "snapshot_name": args.restore_snapshot,
        "snapshot_retention_limit": args.snapshot_retention_days,
        "snapshot_window": args.snapshot_window if args.snapshot_retention_days else None,
        "final_snapshot_identifier": f"{name}-final" if args.final_snapshot else None,
        "maintenance_window": args.maintenance_window,
        "apply_immediately": args.apply_immediately,
        "auto_minor_version_upgrade": args.auto_minor_version_upgrade,
    }


def _entrance(args: CacheArgs, entry: Entry) -> dict[str, Any]:
    encryption: dict[str, Any] = {"transit_encryption_enabled": args.tls is not Tls.OFF}
    if args.tls is Tls.PREFERRED:
        encryption["transit_encryption_mode"] = "preferred"
    if entry.user_group_id is not None:
        return {**encryption, "user_group_ids": [entry.user_group_id]}
    if entry.token is None:
        return encryption
    return {
        **encryption,
        "auth_token_wo": entry.token.value,
        "auth_token_wo_version": args.token_version,
        "auth_token_update_strategy": "ROTATE",
    }


def _size(args: CacheArgs, plan: CachePlan) -> dict[str, Any]:
    if not plan.clustered:
        return {"num_cache_clusters": 1 + plan.replicas}
    return {
        "cluster_mode": "enabled",
        "num_node_groups": args.shards,
        "replicas_per_node_group": plan.replicas,
    }


def _parameter_group(
    parent: pulumi.Resource, name: str, args: CacheArgs, plan: CachePlan
) -> pulumi.Input[str]:
    if args.existing.parameter_group_name is not None:
        return args.existing.parameter_group_name
    # The family is in the name, so that a major upgrade makes a second group beside the one in use.
    full = f"{name}-{plan.family.replace('.', '-')}"
    return aws.elasticache.ParameterGroup(
        full,
        description="Settings of the cache",
        family=plan.family,
        parameters=[
            aws.elasticache.ParameterGroupParameterArgs(name=key, value=value)
            for key, value in plan.parameters.items()
        ],
        tags={**args.tags, "Name": full},
        opts=pulumi.ResourceOptions(parent=parent),
    ).name


def _subnet_group(parent: pulumi.Resource, name: str, args: CacheArgs) -> pulumi.Input[str]:
    if args.existing.subnet_group_name is not None:
        return args.existing.subnet_group_name
    full = f"{name}-subnets"
    return aws.elasticache.SubnetGroup(
        full,
        description="Where the cache may stand",
        subnet_ids=args.subnet_ids,
        tags={**args.tags, "Name": full},
        opts=pulumi.ResourceOptions(parent=parent),
    ).name


def _log_delivery(
    parent: pulumi.Resource, name: str, args: CacheArgs
) -> list[aws.elasticache.ReplicationGroupLogDeliveryConfigurationArgs]:
    return [
        aws.elasticache.ReplicationGroupLogDeliveryConfigurationArgs(
            destination=_log_group(parent, f"{name}-{log}", group, args).name,
            destination_type="cloudwatch-logs",
            log_format="json",
            log_type=log,
        )
        for log, group in zip(LOGS, log_group_names(name), strict=True)
    ]


def _log_group(parent: pulumi.Resource, full: str, group: str, args: CacheArgs) -> aws.cloudwatch.LogGroup:
    return aws.cloudwatch.LogGroup(
        full,
        name=group,
        retention_in_days=args.log_retention_days,
        kms_key_id=args.kms_key_arn,
        tags={**args.tags, "Name": full},
        opts=pulumi.ResourceOptions(parent=parent),
    )
