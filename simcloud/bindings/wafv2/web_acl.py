from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.wafv2 import _acl, _rules, _scope
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class WebAcl(Binding):
    """A web ACL: rules that let requests through, block or count them."""

    token = _acl.TOKEN
    service = "wafv2"
    faults = {"WAFDuplicateItemException": "name"}
    operation = "create_web_acl"
    replaces = frozenset({"name", "namePrefix", "scope"})
    autoname = AutoName(limit=128)
    tagging = tagging.WAFV2

    def request(self, ctx: Context, new: Props) -> Params:
        return _acl.params(ctx, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Summary"]["Id"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            waf, place = ctx.client("wafv2"), _place(identity, new)
            token = waf.get_web_acl(**place)["LockToken"]
            waf.update_web_acl(**self.request(ctx, new), Id=identity, LockToken=token)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        place = _scope.locate(ctx, "list_web_acls", "WebACLs", identity)
        if place is None:
            return None
        found = ctx.client("wafv2").get_web_acl(**place)
        told = _acl.props(ctx, found["WebACL"])
        if given.get("ruleJson"):
            told.pop("rules")
        return {
            **told,
            "arn": found["WebACL"]["ARN"],
            "namePrefix": given.get("namePrefix", ""),
            "scope": place["Scope"],
            "capacity": found["WebACL"]["Capacity"],
            "lockToken": found["LockToken"],
            "applicationIntegrationUrl": found.get("ApplicationIntegrationURL", ""),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        waf, place = ctx.client("wafv2"), _place(identity, old)
        waf.delete_web_acl(**place, LockToken=waf.get_web_acl(**place)["LockToken"])

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _scope.own_id(identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _scope.problems(ctx, new)
        yield from _rules.problems(ctx, new)


def _place(identity: str, props: Props) -> Params:
    return {"Name": props["name"], "Scope": props["scope"], "Id": identity}
