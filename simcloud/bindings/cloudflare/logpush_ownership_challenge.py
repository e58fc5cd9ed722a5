from __future__ import annotations

from collections.abc import Iterator

from simcloud.bindings.cloudflare._scoped import ScopedBinding
from simcloud.cloudflare.call import Body
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.resources.logpush import ACCOUNT, ZONE, destination_problems
from simcloud.cloudflare.singleton import Singleton
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class LogpushOwnershipChallenge(ScopedBinding):
    """A question to the owner of a destination. There is nothing to read or to remove afterwards."""

    token = "cloudflare:index/logpushOwnershipChallenge:LogpushOwnershipChallenge"
    resource = ZONE
    of_account = ACCOUNT
    replaces = frozenset({"zoneId", "accountId", "destinationConf"})

    def create(self, ctx: Context, new: Props) -> str:
        made = self.api(ctx, "POST", f"{self._scope(new)}/logpush/ownership", self.request(ctx, new))
        ctx.store.put(self.token, made["filename"], made)
        return str(made["filename"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        kept = ctx.store.get(self.token, identity)
        return (
            None
            if kept is None
            else {**self.outputs(kept, given), "destinationConf": given["destinationConf"]}
        )

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.store.drop(self.token, identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from (refusal for refusal in super().rules(ctx, new) if refusal.path != "ownershipChallenge")

    def problems(self, collection: Collection | Singleton, body: Body) -> Iterator[ApiError]:
        yield from destination_problems(body)

    def _scope(self, new: Props) -> str:
        return f"/accounts/{new['accountId']}" if "accountId" in new else f"/zones/{new['zoneId']}"
