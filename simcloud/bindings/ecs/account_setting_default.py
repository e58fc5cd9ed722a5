from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import AutoName, Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_SWITCH = ("enabled", "disabled")
# AWS: «Account settings», ECS Developer Guide; from memory of it, not verified.
_VALUES: dict[str, tuple[str, ...]] = {
    "containerInsights": ("enabled", "disabled", "enhanced"),
    "fargateTaskRetirementWaitPeriod": ("0", "7", "14"),
    "tagResourceAuthorization": ("on", "off"),
    "guardDutyActivate": ("on", "off"),
    "defaultLogDriverMode": ("blocking", "non-blocking"),
}
_LONG_ARNS = "LongArnFormat"


class AccountSettingDefault(Binding):
    """What holds for all users of the account in ECS. A setting always has a value."""

    token = "aws:ecs/accountSettingDefault:AccountSettingDefault"
    service = "ecs"
    operation = "put_account_setting_default"
    replaces = frozenset({"name"})
    autoname = AutoName(limit=255)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"name": new["name"], "value": new["value"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["setting"]["principalArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("ecs").put_account_setting_default(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        listed = ctx.client("ecs").list_account_settings(
            name=given.get("name") or identity, effectiveSettings=True
        )
        found = listed["settings"][0]
        return {"name": found["name"], "value": found["value"], "principalArn": found["principalArn"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        usual = "7" if old["name"] == "fargateTaskRetirementWaitPeriod" else "disabled"
        value = usual if usual in _VALUES.get(old["name"], _SWITCH) else _VALUES[old["name"]][-1]
        try:
            ctx.client("ecs").put_account_setting_default(name=old["name"], value=value)
        except ClientError as error:
            if "You can no longer disable" not in str(error):
                raise

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return str(found["principalArn"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, value = new["name"], new["value"]
        if not isinstance(name, str) or not isinstance(value, str):
            return
        allowed = ("enabled",) if name.endswith(_LONG_ARNS) else _VALUES.get(name, _SWITCH)
        if value not in allowed:
            yield Refusal(
                "InvalidParameterException", f"{name} is one of {', '.join(allowed)}, not {value!r}.", "value"
            )
