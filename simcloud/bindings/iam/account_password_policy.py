from __future__ import annotations

from simcloud.binding import Binding, Params
from simcloud.context import Context
from simcloud.values import Props

_IDENTITY = "iam-account-password-policy"
_SWITCHES = {
    "allowUsersToChangePassword": "AllowUsersToChangePassword",
    "hardExpiry": "HardExpiry",
    "requireLowercaseCharacters": "RequireLowercaseCharacters",
    "requireNumbers": "RequireNumbers",
    "requireSymbols": "RequireSymbols",
    "requireUppercaseCharacters": "RequireUppercaseCharacters",
}
_NUMBERS = {
    "maxPasswordAge": "MaxPasswordAge",
    "minimumPasswordLength": "MinimumPasswordLength",
    "passwordReusePrevention": "PasswordReusePrevention",
}


class AccountPasswordPolicy(Binding):
    """What the passwords of the account's users must be like. There is one per account."""

    token = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy"
    service = "iam"
    operation = "update_account_password_policy"
    defaults = {"allowUsersToChangePassword": True, "minimumPasswordLength": 6}
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        # As the real provider: a zero is the same as nothing said.
        said = {**_SWITCHES, **_NUMBERS}.items()
        return {
            api: new[name] for name, api in said if new.get(name) not in (None, 0) or new.get(name) is False
        }

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("iam").update_account_password_policy(**self.request(ctx, new))
        return _IDENTITY

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            self.create(ctx, new)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("iam").get_account_password_policy()["PasswordPolicy"]
        return {
            "expirePasswords": bool(found["ExpirePasswords"]),
            **{name: bool(found.get(api)) for name, api in _SWITCHES.items()},
            **{name: found.get(api) or 0 for name, api in _NUMBERS.items()},
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("iam").delete_account_password_policy()
