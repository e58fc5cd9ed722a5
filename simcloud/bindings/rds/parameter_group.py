from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.rds import _name_rules, _parameters
from simcloud.bindings.rds._aurora import EVERY
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_AT_ONCE = 20


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
        wanted, before = _by_name(new), _by_name(old)
        changed = [parameter for name, parameter in wanted.items() if parameter != before.get(name)]
        gone = [parameter for name, parameter in before.items() if name not in wanted]
        rds = ctx.client("rds")
        for start in range(0, len(changed), _AT_ONCE):
            rds.modify_db_parameter_group(
                DBParameterGroupName=identity, Parameters=changed[start : start + _AT_ONCE]
            )
        for start in range(0, len(gone), _AT_ONCE):
            rds.reset_db_parameter_group(
                DBParameterGroupName=identity,
                ResetAllParameters=False,
                Parameters=[
                    {"ParameterName": parameter["ParameterName"], "ApplyMethod": parameter["ApplyMethod"]}
                    for parameter in gone[start : start + _AT_ONCE]
                ],
            )

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
            "parameters": [
                {
                    "name": item["ParameterName"],
                    "value": item["ParameterValue"],
                    "applyMethod": item["ApplyMethod"],
                }
                for item in listed
            ],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if not old.get("skipDestroy"):
            ctx.client("rds").delete_db_parameter_group(DBParameterGroupName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        families = sorted(family for engine in EVERY.values() for family in engine.families)
        family = new["family"]
        yield from _name_rules.problems(new["name"], "name")
        if isinstance(family, str) and family not in families:
            yield Refusal(
                "InvalidParameterValue",
                f"ParameterGroupFamily {family} is not a valid family; known are {', '.join(families)}.",
                "family",
            )
        elif isinstance(family, str) and isinstance(new.get("parameters"), list):
            yield from _parameters.problems(family, new["parameters"])


def _by_name(props: Props) -> dict[str, Value]:
    return {
        parameter["name"]: {
            "ParameterName": parameter["name"],
            "ParameterValue": str(parameter["value"]),
            "ApplyMethod": parameter.get("applyMethod", "immediate"),
        }
        for parameter in props.get("parameters") or ()
    }
