"""Option groups as AWS answers them."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import InvalidParameterCombination, RDSClientError
from moto.rds.models import OptionGroup, RDSBackend
from moto.rds.responses import RDSResponse

from simcloud.bindings.rds._catalogue import ENGINES
from simcloud.patches import adds, around


@around(RDSBackend)
def create_option_group(original: Any, self: Any, option_group_kwargs: Any) -> Any:
    """AWS: knows today's versions; moto: those of 2022."""
    name, version = (option_group_kwargs.get(key) for key in ("engine_name", "major_engine_version"))
    engine = ENGINES.get(name)
    if engine is None or option_group_kwargs["option_group_name"] in self.option_groups:
        return original(self, option_group_kwargs)
    if version not in engine.minors:
        raise InvalidParameterCombination(f"Cannot find major version {version} for {name}")
    group = OptionGroup(self, **option_group_kwargs)
    self.option_groups[group.name] = group
    return group


@around(RDSBackend)
def delete_option_group(original: Any, self: Any, option_group_name: str) -> Any:
    """AWS: refuses while an instance or a snapshot has it; moto: deletes."""
    held = (*self.databases.values(), *self.database_snapshots.values())
    if any(getattr(one, "option_group_name", None) == option_group_name for one in held):
        raise RDSClientError(
            "InvalidOptionGroupStateFault",
            f"The option group '{option_group_name}' cannot be deleted because it is in use.",
        )
    return original(self, option_group_name)


@around(OptionGroup)
def add_options(original: Any, self: Any, options_to_add: list[dict[str, Any]]) -> None:
    """AWS: an option has a port, a version and groups; moto: settings only."""
    original(self, options_to_add)
    for option in options_to_add:
        vars(self).setdefault("given_options", {})[option["OptionName"]] = option


def options(self: Any) -> list[dict[str, Any]]:
    given = vars(self).get("given_options", {})
    return [_described(given.get(name, {"OptionName": name})) for name in self._options]


def _described(given: dict[str, Any]) -> dict[str, Any]:
    groups = given.get("VpcSecurityGroupMemberships") or []
    return {
        "OptionName": given["OptionName"],
        "OptionVersion": given.get("OptionVersion"),
        "Port": given.get("Port"),
        "OptionSettings": given.get("OptionSettings") or [],
        "VpcSecurityGroupMemberships": [
            {"VpcSecurityGroupId": group, "Status": "active"} for group in groups
        ],
    }


_group: Any = OptionGroup
_group.options = property(options)


@adds(RDSResponse)
def describe_pending_maintenance_actions(self: Any) -> Any:
    """AWS: lists what waits for a maintenance window; moto: not implemented. Here nothing of AWS's own ever does."""
    return ActionResult({"PendingMaintenanceActions": []})
