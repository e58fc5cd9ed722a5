from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import Binding, Params
from simcloud.bindings.securityhub import _gone
from simcloud.context import Context
from simcloud.values import Props, without_none


class Account(Binding):
    """Security Hub in a region: on, or off."""

    token = "aws:securityhub/account:Account"
    service = "securityhub"
    operation = "enable_security_hub"
    replaces = frozenset({"enableDefaultStandards"})
    defaults = {"autoEnableControls": True, "enableDefaultStandards": True}

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "EnableDefaultStandards": new["enableDefaultStandards"],
                "ControlFindingGenerator": new.get("controlFindingGenerator"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return ctx.account

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        said = {
            "AutoEnableControls": new["autoEnableControls"],
            "ControlFindingGenerator": new.get("controlFindingGenerator"),
        }
        ctx.client("securityhub").update_security_hub_configuration(**without_none(said))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        hub = ctx.client("securityhub").describe_hub()
        return {
            "arn": hub["HubArn"],
            "autoEnableControls": hub["AutoEnableControls"],
            "controlFindingGenerator": hub["ControlFindingGenerator"],
            "enableDefaultStandards": given.get("enableDefaultStandards", True),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("securityhub").disable_security_hub()

    def is_gone(self, error: ClientError) -> bool:
        return _gone.is_gone(error)
