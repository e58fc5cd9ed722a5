from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_SWITCHES = {
    "blockPublicAcls": "BlockPublicAcls",
    "blockPublicPolicy": "BlockPublicPolicy",
    "ignorePublicAcls": "IgnorePublicAcls",
    "restrictPublicBuckets": "RestrictPublicBuckets",
}


class AccountPublicAccessBlock(Binding):
    """What keeps all buckets of the account private whatever they say. The id is the account's."""

    token = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
    service = "s3control"
    operation = "put_public_access_block"
    replaces = frozenset({"accountId"})
    defaults = dict.fromkeys(_SWITCHES, False)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        switches = {parameter: new[name] for name, parameter in _SWITCHES.items()}
        return {
            "AccountId": new.get("accountId", ctx.account),
            "PublicAccessBlockConfiguration": switches,
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new.get("accountId", ctx.account))

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("s3control").put_public_access_block(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        answer = ctx.client("s3control").get_public_access_block(AccountId=identity)
        switches = answer["PublicAccessBlockConfiguration"]
        return {
            "accountId": identity,
            **{name: _is_on(switches.get(parameter)) for name, parameter in _SWITCHES.items()},
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("s3control").delete_public_access_block(AccountId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        account = new.get("accountId")
        if isinstance(account, str) and account != ctx.account:
            yield Refusal("AccessDenied", f"the account {account} is not yours ({ctx.account}).", "accountId")


def _is_on(switch: Any) -> bool:
    return str(switch).lower() == "true"
