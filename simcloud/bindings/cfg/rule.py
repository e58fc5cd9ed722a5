from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import shapes
from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings import _api
from simcloud.bindings.cfg import _rule_rules
from simcloud.bindings.cfg._tagging import CONFIG
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_NAMES = _api.members(
    (
        "name", "description", "inputParameters", "maximumExecutionFrequency", "scope", "source", "evaluationModes",
    ),
    {"name": "ConfigRuleName"},
    capital=True,
)  # fmt: skip


class Rule(Binding):
    """What AWS Config checks resources against."""

    token = "aws:cfg/rule:Rule"
    service = "config"
    operation = "put_config_rule"
    parameters = {f"ConfigRule.{there}": here for here, there in _NAMES.items()}
    replaces = frozenset({"name"})
    autoname = AutoName(limit=128)
    tagging = CONFIG

    def request(self, ctx: Context, new: Props) -> Params:
        shape = ctx.client("config").meta.service_model.shape_for("ConfigRule")
        said = {there: new[here] for here, there in _NAMES.items() if here in new}
        if isinstance(new["source"], Mapping):
            said["Source"] = _with_event_source(new["source"])
        return {"ConfigRule": shapes.params(shape, said)}

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("config").put_config_rule(**self.request(ctx, new))
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("config").put_config_rule(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("config").describe_config_rules(ConfigRuleNames=[identity])["ConfigRules"]
        if not found:
            return None
        told = _api.found(ctx, self.token, "config", "ConfigRule", found[0], _NAMES)
        return {**told, "arn": found[0]["ConfigRuleArn"], "ruleId": found[0]["ConfigRuleId"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("config").delete_config_rule(ConfigRuleName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _rule_rules.problems(new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if not ctx.client("config").describe_configuration_recorders()["ConfigurationRecorders"]:
            yield Refusal(
                "NoAvailableConfigurationRecorderException",
                "Configuration recorder is not available to put config rule.",
                fix="make an aws.cfg.Recorder first (depends_on).",
            )


def _with_event_source(source: Mapping[str, Any]) -> Props:
    """The only source of events there is goes without saying."""
    details = source.get("sourceDetails")
    if not isinstance(details, list):
        return dict(source)
    return {**source, "sourceDetails": [{"eventSource": "aws.config", **detail} for detail in details]}
