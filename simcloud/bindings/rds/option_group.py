from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.rds._catalogue import ENGINES
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none

# AWS: «Options for MySQL DB instances», RDS User Guide; from memory, not verified. PostgreSQL has extensions instead.
_OPTIONS = {
    "postgres": {},
    "mysql": {"MARIADB_AUDIT_PLUGIN": ("5.7", "8.0", "8.4"), "MEMCACHED": ("5.7", "8.0")},
}
_NAME = re.compile(r"[a-z](?:-?[a-z0-9])*")


class OptionGroup(Binding):
    """What a database engine can do besides."""

    token = "aws:rds/optionGroup:OptionGroup"
    service = "rds"
    operation = "create_option_group"
    parameters = {"OptionGroupName": "name", "OptionGroupDescription": "optionGroupDescription"}
    replaces = frozenset({"engineName", "majorEngineVersion", "name", "namePrefix", "optionGroupDescription"})
    defaults = {"optionGroupDescription": "Managed by Pulumi"}
    autoname = AutoName(lower=True)
    tagging = tagging.RDS
    references = (Reference("options[].vpcSecurityGroupMemberships[]", "security_group"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "OptionGroupName": new["name"],
            "EngineName": new["engineName"],
            "MajorEngineVersion": new["majorEngineVersion"],
            "OptionGroupDescription": new["optionGroupDescription"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["OptionGroup"]["OptionGroupName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        wanted, before = _by_name(new), _by_name(old)
        changed = [option for name, option in wanted.items() if option != before.get(name)]
        gone = sorted(before.keys() - wanted.keys())
        if changed or gone:
            ctx.client("rds").modify_option_group(
                OptionGroupName=identity,
                ApplyImmediately=True,
                **({"OptionsToInclude": changed} if changed else {}),
                **({"OptionsToRemove": gone} if gone else {}),
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        group = ctx.client("rds").describe_option_groups(OptionGroupName=identity)["OptionGroupsList"][0]
        return {
            "arn": group["OptionGroupArn"],
            "name": group["OptionGroupName"],
            "namePrefix": given.get("namePrefix", ""),
            "engineName": group["EngineName"],
            "majorEngineVersion": group["MajorEngineVersion"],
            "optionGroupDescription": group["OptionGroupDescription"],
            "options": [_found(option) for option in group.get("Options", ())],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if not old.get("skipDestroy"):
            ctx.client("rds").delete_option_group(OptionGroupName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, engine, major = new["name"], new["engineName"], new["majorEngineVersion"]
        if isinstance(name, str) and not _NAME.fullmatch(name):
            yield Refusal(
                "InvalidParameterValue",
                f"{name!r} must begin with a letter and have only lower-case letters, digits and single hyphens.",
                "name",
            )
        if not isinstance(engine, str):
            return
        known = ENGINES.get(engine)
        if known is None:
            yield Refusal(
                "InvalidParameterValue",
                f"Invalid DB engine: {engine}. The simulated cloud has {' and '.join(ENGINES)}.",
                "engineName",
            )
        elif isinstance(major, str) and major not in known.minors:
            yield Refusal(
                "InvalidParameterCombination",
                f"Cannot find major version {major} for {engine}",
                "majorEngineVersion",
            )
        else:
            yield from _option_problems(engine, major, new.get("options"))


def _option_problems(engine: str, major: Value, options: Value) -> Iterator[Refusal]:
    for position, option in enumerate(options if isinstance(options, list) else ()):
        name = option.get("optionName") if isinstance(option, Mapping) else None
        versions = _OPTIONS[engine].get(name) if isinstance(name, str) else (major,)
        if isinstance(major, str) and major not in (versions or ()):
            yield Refusal(
                "InvalidParameterValue",
                f"The option {name} is not available for {engine} {major}.",
                f"options[{position}].optionName",
            )


def _by_name(props: Props) -> dict[str, Params]:
    return {option["optionName"]: _configuration(option) for option in props.get("options") or ()}


def _configuration(option: Mapping[str, Any]) -> Params:
    settings = [{"Name": one["name"], "Value": one["value"]} for one in option.get("optionSettings") or ()]
    return without_none(
        {
            "OptionName": option["optionName"],
            "OptionVersion": option.get("version"),
            "Port": option.get("port"),
            "OptionSettings": settings or None,
            "VpcSecurityGroupMemberships": option.get("vpcSecurityGroupMemberships"),
            "DBSecurityGroupMemberships": option.get("dbSecurityGroupMemberships"),
        }
    )


def _found(option: Mapping[str, Any]) -> Props:
    groups = [one["VpcSecurityGroupId"] for one in option.get("VpcSecurityGroupMemberships", ())]
    settings = [
        {"name": one["Name"], "value": one["Value"]}
        for one in option.get("OptionSettings", ())
        if one.get("Value")
    ]
    return without_none(
        {
            "optionName": option["OptionName"],
            "version": option.get("OptionVersion"),
            "port": option.get("Port"),
            "optionSettings": settings or None,
            "vpcSecurityGroupMemberships": groups or None,
        }
    )
