from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.rds import _group_parameters, _name_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class ParameterGroup(Binding):
    """Settings of a database engine; what is not set keeps the family's default."""

    token = "aws:rds/parameterGroup:ParameterGroup"
    service = "rds"
    faults = {"DBParameterGroupAlreadyExists": "name"}
    operation = "create_db_parameter_group"
    parameters = {"DBParameterGroupName": "name", "DBParameterGroupFamily": "family"}
    replaces = frozenset({"name", "namePrefix", "family", "description"})
    defaults = {"description": "Managed by Pulumi"}
    autoname = AutoName(lower=True)
    tagging = tagging.RDS

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "DBParameterGroupName": new["name"],
            "DBParameterGroupFamily": new["family"],
            "Description": new["description"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DBParameterGroup"]["DBParameterGroupName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        rds, group = ctx.client("rds"), {"DBParameterGroupName": identity}
        _group_parameters.bring(rds.modify_db_parameter_group, rds.reset_db_parameter_group, group, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        rds = ctx.client("rds")
        group = rds.describe_db_parameter_groups(DBParameterGroupName=identity)["DBParameterGroups"][0]
        listed = rds.describe_db_parameters(DBParameterGroupName=identity, Source="user")["Parameters"]
        return {
            "arn": group["DBParameterGroupArn"],
            "name": group["DBParameterGroupName"],
            "namePrefix": given.get("namePrefix", ""),
            "family": group["DBParameterGroupFamily"],
            "description": group["Description"],
            "parameters": _group_parameters.properties(listed),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if not old.get("skipDestroy"):
            ctx.client("rds").delete_db_parameter_group(DBParameterGroupName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _name_rules.problems(new["name"], "name")
        yield from _group_parameters.problems(new)
