"""AWS Config as AWS answers it."""

from __future__ import annotations

from typing import Any

from moto.config.exceptions import NoAvailableConfigurationRecorderException
from moto.config.models import ConfigBackend, ConfigRule, Scope

from simcloud.patches import around


@around(ConfigBackend)
def put_configuration_recorder(original: Any, self: Any, config_recorder: dict[str, Any]) -> None:
    """AWS: records as often as is said; moto: forgets it."""
    original(self, config_recorder)
    mode = config_recorder.get("recordingMode") or {"recordingFrequency": "CONTINUOUS"}
    self.recorders[config_recorder["name"]].recording_mode = mode


@around(ConfigBackend)
def put_config_rule(original: Any, self: Any, config_rule: Any, tags: Any = None) -> Any:
    """AWS: a rule needs a recorder, and keeps its tags when it is changed; moto: neither."""
    if not self.recorders:
        raise NoAvailableConfigurationRecorderException
    known = self.config_rules.get(config_rule.get("ConfigRuleName"))
    kept = dict(known.tags) if known else {}
    answer = original(self, config_rule, tags)
    rule = self.config_rules[config_rule["ConfigRuleName"]]
    rule.tags = {**kept, **rule.tags}
    return answer


@around(ConfigRule)
def modify_fields(original: Any, self: Any, region: str, config_rule: dict[str, Any], tags: Any) -> None:
    """AWS: a rule has modes, detective unless told otherwise; moto: forgets them. ARN and id may come back."""
    said = {key: value for key, value in config_rule.items() if key not in ("ConfigRuleArn", "ConfigRuleId")}
    original(self, region, said, tags)
    self.evaluation_modes = config_rule.get("EvaluationModes") or [{"Mode": "DETECTIVE"}]


@around(Scope)
def to_dict(original: Any, self: Any) -> dict[str, Any]:
    """AWS: tells a tag by key and value; moto: in one."""
    told: dict[str, Any] = original(self)
    for key, value in (told.pop("Tags", None) or {}).items():
        told.update({"TagKey": key, "TagValue": value} if value else {"TagKey": key})
    return told
