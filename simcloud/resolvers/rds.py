"""What other resources name of RDS."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "db_subnet_group": Resolver(
        "DBSubnetGroupNotFoundFault",
        "DB subnet group '{value}' does not exist.",
        lambda ctx, value: ctx.client("rds").describe_db_subnet_groups(DBSubnetGroupName=value),
    ),
    "db_parameter_group": Resolver(
        "DBParameterGroupNotFound",
        "DBParameterGroup not found: {value}",
        lambda ctx, value: (
            value.startswith("default.")
            or ctx.client("rds").describe_db_parameter_groups(DBParameterGroupName=value)
        ),
    ),
    "db_instance": Resolver(
        "DBInstanceNotFound",
        "DBInstance {value} not found.",
        lambda ctx, value: ctx.client("rds").describe_db_instances(
            DBInstanceIdentifier=value.rsplit(":", 1)[-1]
        ),
    ),
    "db_proxy": Resolver(
        "DBProxyNotFoundFault",
        "DBProxy {value} not found.",
        lambda ctx, value: ctx.client("rds").describe_db_proxies(DBProxyName=value),
    ),
    "db_snapshot": Resolver(
        "DBSnapshotNotFound",
        "DBSnapshot {value} not found.",
        lambda ctx, value: ctx.client("rds").describe_db_snapshots(
            DBSnapshotIdentifier=value.rsplit(":", 1)[-1]
        ),
    ),
    "db_cluster": Resolver(
        "DBClusterNotFoundFault",
        "DBCluster {value} not found.",
        lambda ctx, value: ctx.client("rds").describe_db_clusters(
            DBClusterIdentifier=value.rsplit(":", 1)[-1]
        ),
        any_region=True,
    ),
    "db_cluster_parameter_group": Resolver(
        "DBClusterParameterGroupNotFound",
        "DBClusterParameterGroup not found: {value}",
        lambda ctx, value: (
            value.startswith("default.")
            or ctx.client("rds").describe_db_cluster_parameter_groups(DBClusterParameterGroupName=value)
        ),
    ),
    "global_cluster": Resolver(
        "GlobalClusterNotFoundFault",
        "Global cluster {value} not found.",
        lambda ctx, value: ctx.client("rds").describe_global_clusters(GlobalClusterIdentifier=value),
    ),
    "option_group": Resolver(
        "OptionGroupNotFoundFault",
        "Specified OptionGroupName: {value} not found.",
        lambda ctx, value: (
            value.startswith("default:") or ctx.client("rds").describe_option_groups(OptionGroupName=value)
        ),
    ),
    "copied_snapshot": Resolver(
        "DBSnapshotNotFound",
        "DBSnapshot {value} not found.",
        lambda ctx, value: ctx.client("rds").describe_db_snapshots(
            DBSnapshotIdentifier=value.rsplit(":", 1)[-1]
        ),
        any_region=True,
    ),
    "backed_up_instance": Resolver(
        "DBInstanceNotFound",
        "DBInstance {value} not found.",
        lambda ctx, value: ctx.client("rds").describe_db_instances(
            DBInstanceIdentifier=value.rsplit(":", 1)[-1]
        ),
        any_region=True,
    ),
}
