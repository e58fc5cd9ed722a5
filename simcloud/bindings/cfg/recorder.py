from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import shapes
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

_NAMES = _api.members(("name", "roleArn", "recordingGroup", "recordingMode"), {"roleArn": "roleARN"})
_WORDS = {"RecordingMode": {"recordingModeOverride": "recordingModeOverrides"}}
_STRATEGIES = {
    "allSupported": "ALL_SUPPORTED_RESOURCE_TYPES",
    "resourceTypes": "INCLUSION_BY_RESOURCE_TYPES",
    "exclusionByResourceTypes": "EXCLUSION_BY_RESOURCE_TYPES",
}


class Recorder(Binding):
    """What AWS Config records of a region: there is one recorder, or none."""

    token = "aws:cfg/recorder:Recorder"
    service = "config"
    operation = "put_configuration_recorder"
    parameters = {f"ConfigurationRecorder.{there}": here for here, there in _NAMES.items()}
    replaces = frozenset({"name"})
    autoname = AutoName(limit=256)
    references = (Reference("roleArn", "config_role"),)

    def request(self, ctx: Context, new: Props) -> Params:
        shape = ctx.client("config").meta.service_model.shape_for("ConfigurationRecorder")
        said = {there: new[here] for here, there in _NAMES.items() if here in new}
        group = said.get("recordingGroup")
        if isinstance(group, Mapping):
            said["recordingGroup"] = {"allSupported": True, **group}
        return {"ConfigurationRecorder": shapes.params(shape, said, _WORDS)}

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("config").put_configuration_recorder(**self.request(ctx, new))
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("config").put_configuration_recorder(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("config").describe_configuration_recorders(ConfigurationRecorderNames=[identity])
        recorder = found["ConfigurationRecorders"][0]
        return _api.found(ctx, self.token, "config", "ConfigurationRecorder", recorder, _NAMES, _WORDS)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("config").delete_configuration_recorder(ConfigurationRecorderName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        group = new.get("recordingGroup")
        if isinstance(group, Mapping) and is_known(group):
            yield from _group_problems(group)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        found = ctx.client("config").describe_configuration_recorders()["ConfigurationRecorders"]
        for recorder in found:
            if recorder["name"] != new["name"]:
                yield Refusal(
                    "MaxNumberOfConfigurationRecordersExceededException",
                    f"Failed to put configuration recorder '{new['name']}' because the maximum number of "
                    f"configuration recorders: 1 is reached: {recorder['name']} is there.",
                    "name",
                )


def _group_problems(group: Mapping[str, Any]) -> Iterator[Refusal]:
    """AWS: RecordingGroup, Config API reference (botocore 1.44.5), read 2026-11: one of three ways."""
    every = group.get("allSupported", True)
    named, excluded = (
        group.get("resourceTypes"),
        _first(group.get("exclusionByResourceTypes")).get("resourceTypes"),
    )
    code, path = "InvalidRecordingGroupException", "recordingGroup"
    if every and (named or excluded):
        yield Refusal(
            code, "allSupported is on (its default) beside named resource types.", f"{path}.allSupported"
        )
    if not every and not named and not excluded:
        yield Refusal(code, "allSupported is off and no resource types are named.", f"{path}.resourceTypes")
    if not every and group.get("includeGlobalResourceTypes"):
        yield Refusal(
            code, "includeGlobalResourceTypes goes with allSupported.", f"{path}.includeGlobalResourceTypes"
        )
    way = "allSupported" if every else "resourceTypes" if named else "exclusionByResourceTypes"
    strategy = _first(group.get("recordingStrategies")).get("useOnly")
    if strategy is not None and strategy != _STRATEGIES[way]:
        yield Refusal(
            code, f"{way} goes with the strategy {_STRATEGIES[way]}.", f"{path}.recordingStrategies"
        )
    if excluded and strategy is None:
        yield Refusal(
            code, f"exclusions need the strategy {_STRATEGIES[way]}.", f"{path}.recordingStrategies"
        )


def _first(listed: Any) -> Mapping[str, Any]:
    return listed[0] if listed else {}
