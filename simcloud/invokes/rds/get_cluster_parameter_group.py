from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props


def get_cluster_parameter_group(ctx: Context, args: Props) -> Props:
    """The parameter group of clusters that has the name."""
    listed = ctx.client("rds").describe_db_cluster_parameter_groups(DBClusterParameterGroupName=args["name"])
    group = listed["DBClusterParameterGroups"][0]
    return {
        "arn": group["DBClusterParameterGroupArn"],
        "description": group["Description"],
        "family": group["DBParameterGroupFamily"],
        "name": group["DBClusterParameterGroupName"],
        "region": ctx.region,
    }
