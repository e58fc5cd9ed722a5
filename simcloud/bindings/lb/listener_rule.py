from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known, without_none

from . import _actions, _condition_rules

_FIELDS = {
    "hostHeader": ("host-header", "HostHeaderConfig"),
    "httpRequestMethod": ("http-request-method", "HttpRequestMethodConfig"),
    "pathPattern": ("path-pattern", "PathPatternConfig"),
    "sourceIp": ("source-ip", "SourceIpConfig"),
}
# AWS: «Quotas for your Application Load Balancers»: condition values per rule; per reference notes, not verified.
_MOST_VALUES = 5


class ListenerRule(Binding):
    """Which requests a listener treats otherwise, and how."""

    token = "aws:lb/listenerRule:ListenerRule"
    service = "elbv2"
    operation = "create_rule"
    parameters = _actions.PARAMETERS
    faults = {
        "PriorityInUse": "priority",
        "InvalidConfigurationRequest: target group": "actions[0].targetGroupArn",
    }
    replaces = frozenset({"listenerArn"})
    tagging = tagging.ELB
    references = (Reference("listenerArn", "listener"), *_actions.references("actions"))

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "ListenerArn": new["listenerArn"],
            "Priority": new.get("priority", 1),
            "Conditions": _conditions(new["conditions"]),
            "Actions": _actions.actions(new["actions"]),
        }

    def create(self, ctx: Context, new: Props) -> str:
        priority = new.get("priority") or _next_priority(ctx, new["listenerArn"])
        return super().create(ctx, {**new, "priority": int(priority)})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Rules"][0]["RuleArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        elb = ctx.client("elbv2")
        if old and new.get("priority") not in (None, old.get("priority")):
            elb.set_rule_priorities(RulePriorities=[{"RuleArn": identity, "Priority": int(new["priority"])}])
        if old and any(new[name] != old.get(name) for name in ("actions", "conditions")):
            request = self.request(ctx, new)
            elb.modify_rule(RuleArn=identity, Conditions=request["Conditions"], Actions=request["Actions"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("elbv2").describe_rules(RuleArns=[identity])["Rules"][0]
        listener = identity.replace(":listener-rule/", ":listener/").rsplit("/", 1)[0]
        return {
            "arn": identity,
            "listenerArn": listener,
            "priority": int(found["Priority"]),
            "actions": _actions.read(found["Actions"]),
            "conditions": [_read(condition) for condition in found["Conditions"]],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        elb = ctx.client("elbv2")
        elb.describe_rules(RuleArns=[identity])
        elb.delete_rule(RuleArn=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _actions.problems(new["actions"], "actions")
        yield from _condition_problems(new["conditions"])
        yield from _condition_rules.problems(new["conditions"])
        priority = new.get("priority")
        if priority is not None and is_known(priority) and not 1 <= int(priority) <= 50000:
            yield Refusal("ValidationError", f"Priority {priority} must be 1 to 50000", "priority")


def _next_priority(ctx: Context, listener: str) -> int:
    """One after the last: what the provider asks for where nothing is said."""
    rules = ctx.client("elbv2").describe_rules(ListenerArn=listener)["Rules"]
    return max((int(rule["Priority"]) for rule in rules if rule["Priority"] != "default"), default=0) + 1


def _conditions(given: Any) -> Any:
    if not isinstance(given, list):
        return given
    return [parameter for item in given if isinstance(item, Mapping) for parameter in _condition(item)]


def _condition(item: Mapping[str, Any]) -> Iterator[Params]:
    for name, (field, config) in _FIELDS.items():
        if isinstance(item.get(name), Mapping):
            yield {"Field": field, config: {"Values": item[name].get("values")}}
    if isinstance(header := item.get("httpHeader"), Mapping):
        named = {"HttpHeaderName": header.get("httpHeaderName"), "Values": header.get("values")}
        yield {"Field": "http-header", "HttpHeaderConfig": named}
    if isinstance(queries := item.get("queryStrings"), list) and queries:
        values = [without_none({"Key": query.get("key"), "Value": query.get("value")}) for query in queries]
        yield {"Field": "query-string", "QueryStringConfig": {"Values": values}}


def _read(condition: Mapping[str, Any]) -> Props:
    for name, (field, config) in _FIELDS.items():
        if condition["Field"] == field:
            return {name: {"values": condition.get(config, {}).get("Values") or condition.get("Values", [])}}
    if condition["Field"] == "http-header":
        header = condition["HttpHeaderConfig"]
        return {"httpHeader": {"httpHeaderName": header["HttpHeaderName"], "values": header["Values"]}}
    pairs = condition["QueryStringConfig"]["Values"]
    return {
        "queryStrings": [without_none({"key": pair.get("Key"), "value": pair.get("Value")}) for pair in pairs]
    }


def _condition_problems(given: Any) -> Iterator[Refusal]:
    if not isinstance(given, list):
        return
    count = 0
    for position, item in enumerate(given):
        if not isinstance(item, Mapping):
            continue
        if len(item) != 1:
            yield Refusal(
                "InvalidParameterCombination",
                "a condition looks at exactly one thing.",
                f"conditions[{position}]",
            )
        for value in item.values():
            count += (
                len(value.get("values") or ())
                if isinstance(value, Mapping)
                else len(value)
                if isinstance(value, list)
                else 0
            )
    if count > _MOST_VALUES:
        yield Refusal(
            "TooManyConditionValues",
            f"the rule has {count} condition values, at most {_MOST_VALUES} are allowed.",
            "conditions",
        )
    if not given:
        yield Refusal("ValidationError", "A condition must be specified", "conditions")
