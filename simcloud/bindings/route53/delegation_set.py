from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from simcloud.binding import Binding, Params
from simcloud.context import Context
from simcloud.values import Props


class DelegationSet(Binding):
    """Four name servers that several zones share."""

    token = "aws:route53/delegationSet:DelegationSet"
    service = "route53"
    operation = "create_reusable_delegation_set"
    parameters = {"CallerReference": "referenceName"}
    replaces = frozenset({"referenceName"})
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {"CallerReference": new.get("referenceName", "plinth")}

    def create(self, ctx: Context, new: Props) -> str:
        reference = f"{new.get('referenceName', 'plinth')}-{uuid.uuid4()}"
        response = ctx.client("route53").create_reusable_delegation_set(CallerReference=reference)
        return self.identify(ctx, response, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DelegationSet"]["Id"]).removeprefix("/delegationset/")

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("route53").get_reusable_delegation_set(Id=identity)["DelegationSet"]
        return {
            "arn": ctx.arn("route53", f"delegationset/{identity}", regional=False, account=False),
            "nameServers": sorted(found["NameServers"]),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("route53").delete_reusable_delegation_set(Id=identity)
