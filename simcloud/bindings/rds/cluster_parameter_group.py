from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.rds import _group_parameters
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class ClusterParameterGroup(Binding):
    """Settings that all instances of a cluster share."""

    token = "aws:rds/clusterParameterGroup:ClusterParameterGroup"
    service = "rds"
    operation = "create_db_cluster_parameter_group"
    parameters = {"DBClusterParameterGroupName": "name", "DBParameterGroupFamily": "family"}
    replaces = frozenset({"name", "namePrefix", "family", "description"})
    defaults = {"description": "Managed by Pulumi"}
    autoname = AutoName(lower=True)
    tagging = tagging.RDS

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "DBClusterParameterGroupName": new["name"],
            "DBParameterGroupFamily": new["family"],
            "Description": new["description"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DBClusterParameterGroup"]["DBClusterParameterGroupName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        rds, group = ctx.client("rds"), {"DBClusterParameterGroupName": identity}
        _group_parameters.bring(
            rds.modify_db_cluster_parameter_group, rds.reset_db_cluster_parameter_group, group, new, old
        )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        rds, where = ctx.client("rds"), {"DBClusterParameterGroupName": identity}
        group = rds.describe_db_cluster_parameter_groups(**where)["DBClusterParameterGroups"][0]
        listed = rds.describe_db_cluster_parameters(**where, Source="user")["Parameters"]
        return {
            "arn": group["DBClusterParameterGroupArn"],
            "name": group["DBClusterParameterGroupName"],
            "namePrefix": given.get("namePrefix", ""),
            "family": group["DBParameterGroupFamily"],
            "description": group["Description"],
            "parameters": _group_parameters.properties(listed),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").delete_db_cluster_parameter_group(DBClusterParameterGroupName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _group_parameters.problems(new)
