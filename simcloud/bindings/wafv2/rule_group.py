from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.model import StructureShape

from simcloud import shapes, tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.wafv2 import _acl, _capacity, _rules, _scope
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.schema import schema_of
from simcloud.values import Props, is_known, without_none

_ALIKE = {"visibilityConfig": "VisibilityConfig", "monetizationConfig": "MonetizationConfig"}


class RuleGroup(Binding):
    """Rules that several web ACLs share."""

    token = "aws:wafv2/ruleGroup:RuleGroup"
    service = "wafv2"
    operation = "create_rule_group"
    replaces = frozenset({"name", "namePrefix", "scope", "capacity"})
    faults = {"WAFDuplicateItemException": "name", "WAFLimitsExceededException": "capacity"}
    autoname = AutoName(limit=128)
    tagging = tagging.WAFV2

    def request(self, ctx: Context, new: Props) -> Params:
        return {**self._contents(ctx, new), "Capacity": new["capacity"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Summary"]["Id"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            waf = ctx.client("wafv2")
            token = waf.get_rule_group(**_place(identity, new))["LockToken"]
            waf.update_rule_group(**self._contents(ctx, new), Id=identity, LockToken=token)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        place = _scope.locate(ctx, "list_rule_groups", "RuleGroups", identity)
        if place is None:
            return None
        answer = ctx.client("wafv2").get_rule_group(**place)
        found, shape, schema = answer["RuleGroup"], _shape(ctx), schema_of(self.token)
        told = {
            name: shapes.answered(schema, name, shape.members[api], found.get(api))
            for name, api in {**_ALIKE, **({} if given.get("rulesJson") else {"rules": "Rules"})}.items()
        }
        return {
            **told,
            "arn": found["ARN"],
            "capacity": found["Capacity"],
            "customResponseBodies": _acl.answered_bodies(found) or None,
            "description": found.get("Description") or None,
            "lockToken": answer["LockToken"],
            "name": found["Name"],
            "namePrefix": given.get("namePrefix", ""),
            "scope": place["Scope"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        waf, place = ctx.client("wafv2"), _place(identity, old)
        waf.delete_rule_group(**place, LockToken=waf.get_rule_group(**place)["LockToken"])

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _scope.own_id(identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _scope.problems(ctx, new)
        yield from _rules.rule_problems(ctx, new, "rulesJson")
        yield from self._capacity_problems(ctx, new)

    def _contents(self, ctx: Context, new: Props) -> Params:
        shape = _shape(ctx)
        return without_none(
            {
                "Name": new["name"],
                "Scope": new["scope"],
                "Description": new.get("description"),
                **{
                    api: shapes.params(shape.members[api], new[name])
                    for name, api in _ALIKE.items()
                    if new.get(name) is not None
                },
                "Rules": _acl.rules(shape, new, new.get("rulesJson")),
                "CustomResponseBodies": _acl.bodies(new.get("customResponseBodies")),
            }
        )

    def _capacity_problems(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        capacity, rules = new["capacity"], self._contents(ctx, new).get("Rules")
        # AWS: «Web ACL capacity units (WCUs) in AWS WAF», WAF developer guide, read 2026-11.
        if is_known(capacity) and int(capacity) > _capacity.LIMIT:
            message = f"A rule group has {_capacity.LIMIT} WCU at most, not {capacity}."
            yield Refusal("WAFLimitsExceededException", message, "capacity")
        if is_known([capacity, rules]) and _capacity.of_rules(rules or [], {}) > int(capacity):
            needed = _capacity.of_rules(rules or [], {})
            yield Refusal(
                "WAFLimitsExceededException",
                f"The rules need {needed} WCU, the capacity is {capacity}.",
                "capacity",
                "give more; it can only be changed by replacing the group.",
            )


def _shape(ctx: Context) -> StructureShape:
    model = ctx.client("wafv2").meta.service_model
    shape: StructureShape = model.operation_model("CreateRuleGroup").input_shape
    return shape


def _place(identity: str, props: Props) -> Params:
    return {"Name": props["name"], "Scope": props["scope"], "Id": identity}
