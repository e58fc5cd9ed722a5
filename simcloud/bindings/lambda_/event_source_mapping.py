from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.bindings.lambda_ import _mapping_rules, _names
from simcloud.bindings.lambda_._tagging import TAGS
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_WORDS = {"OnFailure": {"destinationArn": "Destination"}, "SourceAccessConfiguration": {"uri": "URI"}}
_FIXED = _api.members(
    ("eventSourceArn", "queues", "startingPosition", "startingPositionTimestamp", "topics"), {}, capital=True
)
_CHANGEABLE = _api.members(
    (
        "batchSize", "bisectBatchOnFunctionError", "destinationConfig", "documentDbEventSourceConfig", "enabled",
        "filterCriteria", "functionName", "functionResponseTypes", "kmsKeyArn", "maximumBatchingWindowInSeconds",
        "maximumRecordAgeInSeconds", "maximumRetryAttempts", "metricsConfig", "parallelizationFactor",
        "provisionedPollerConfig", "scalingConfig", "sourceAccessConfigurations", "tumblingWindowInSeconds",
    ),
    {"documentDbEventSourceConfig": "DocumentDBEventSourceConfig", "kmsKeyArn": "KMSKeyArn"},
    capital=True,
)  # fmt: skip
# What an update must send to take away what was there before.
_NOTHING: Props = {
    "DestinationConfig": {"OnFailure": {}},
    "FilterCriteria": {"Filters": []},
    "FunctionResponseTypes": [],
    "MaximumBatchingWindowInSeconds": 0,
    "ScalingConfig": {},
}


class EventSourceMapping(Binding):
    """What makes a function read from a queue or a stream."""

    token = "aws:lambda/eventSourceMapping:EventSourceMapping"
    service = "lambda"
    operation = "create_event_source_mapping"
    parameters = {member: name for name, member in {**_FIXED, **_CHANGEABLE}.items()}
    replaces = frozenset({*_FIXED, "selfManagedEventSource", "amazonManagedKafkaEventSourceConfig"})
    defaults = {"enabled": True}
    tagging = TAGS
    references = (Reference("functionName", "lambda_function"), Reference("kmsKeyArn", "kms_key"))
    faults = {"ResourceConflictException": "eventSourceArn", "ResourceNotFoundException": "eventSourceArn"}

    def request(self, ctx: Context, new: Props) -> Params:
        return _api.said(ctx, "lambda", "CreateEventSourceMapping", new, {**_FIXED, **_CHANGEABLE}, _WORDS)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["UUID"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            before = _api.said(ctx, "lambda", "UpdateEventSourceMapping", old, _CHANGEABLE, _WORDS)
            after = _api.said(ctx, "lambda", "UpdateEventSourceMapping", new, _CHANGEABLE, _WORDS)
            gone = {name: value for name, value in _NOTHING.items() if name in before.keys() - after.keys()}
            ctx.client("lambda").update_event_source_mapping(UUID=identity, **gone, **after)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("lambda").get_event_source_mapping(UUID=identity)
        names = {
            name: member for name, member in {**_FIXED, **_CHANGEABLE}.items() if name not in _TOLD_OTHERWISE
        }
        told = _api.found(ctx, self.token, "lambda", "EventSourceMappingConfiguration", found, names, _WORDS)
        return {
            **{name: value if value not in _EMPTY else None for name, value in told.items()},
            "uuid": identity,
            "arn": found["EventSourceMappingArn"],
            "functionArn": found["FunctionArn"],
            "functionName": _names.same(given.get("functionName"), found["FunctionArn"]),
            "enabled": found["State"] in ("Enabled", "Enabling"),
            "state": found["State"],
            "stateTransitionReason": found.get("StateTransitionReason", ""),
            "lastModified": f"{found['LastModified']:%Y-%m-%dT%H:%M:%SZ}",
            "lastProcessingResult": found.get("LastProcessingResult") or "",
            "queues": (found.get("Queues") or [None])[0],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("lambda").delete_event_source_mapping(UUID=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _mapping_rules.problems(new)


_EMPTY: tuple[Props | list[Any], ...] = ({}, [], {"filters": []}, {"onFailure": {}})
_TOLD_OTHERWISE = ("enabled", "functionName", "queues", "startingPositionTimestamp")
