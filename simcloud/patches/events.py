"""Event buses, rules and targets as EventBridge answers them."""

from __future__ import annotations

import json
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.core.utils import unix_time
from moto.events.exceptions import ResourceNotFoundException, ValidationException
from moto.events.models import EventsBackend
from moto.events.responses import EventsHandler

from simcloud.patches import adds, around

_TARGETS = 5


@around(EventsHandler)
def create_event_bus(original: Any, self: Any) -> Any:
    """AWS: a bus can log; moto: forgets it."""
    answer = original(self)
    self.events_backend.event_buses[self._get_param("Name")].log_config = self._get_param("LogConfig")
    return answer


@around(EventsHandler)
def describe_event_bus(original: Any, self: Any) -> Any:
    """AWS: tells how a bus logs; moto: does not."""
    body, headers = original(self)
    told = json.loads(body)
    logging = getattr(self.events_backend.event_buses[told["Name"]], "log_config", None)
    return json.dumps({**told, **({"LogConfig": logging} if logging else {})}), headers


@adds(EventsHandler)
def update_event_bus(self: Any) -> Any:
    """AWS: what is not said is taken away; moto: not implemented."""
    bus = self.events_backend.describe_event_bus(self._get_param("Name"))
    bus.description = self._get_param("Description")
    bus.kms_key_identifier = self._get_param("KmsKeyIdentifier")
    bus.dead_letter_config = self._get_param("DeadLetterConfig")
    bus.log_config = self._get_param("LogConfig")
    bus.last_modified_time = unix_time()
    return json.dumps({"Arn": bus.arn, "Name": bus.name}), self.response_headers


@around(EventsBackend)
def delete_event_bus(original: Any, self: Any, name: str) -> None:
    """AWS: a bus with rules stays; moto: all of them go."""
    bus = self.event_buses.get(name)
    if name != "default" and bus is not None and bus.rules:
        raise ValidationException(f"Event bus {name} can't be deleted since it has rules.")
    original(self, name)


@around(EventsBackend)
def put_targets(original: Any, self: Any, name: str, event_bus_arn: Any, targets: Any) -> None:
    """AWS: a rule has five targets at most; moto: any number."""
    bus = self._get_event_bus(self._normalize_event_bus_arn(event_bus_arn))
    held = {target["Id"] for target in bus.rules[name].targets} if name in bus.rules else set()
    if len(held | {target["Id"] for target in targets}) > _TARGETS:
        raise JsonRESTError(
            "LimitExceededException", "The requested resource exceeds the maximum number allowed."
        )
    original(self, name, event_bus_arn, targets)


@around(EventsBackend)
def tag_resource(original: Any, self: Any, arn: str, tags: dict[str, str]) -> None:
    """AWS: tags what the ARN names; moto: what has the same name, if it is on another bus."""
    _require(self, arn)
    self.tagger.tag_resource(arn, self.tagger.convert_dict_to_tags_input(tags))


@around(EventsBackend)
def untag_resource(original: Any, self: Any, arn: str, tag_keys: list[str]) -> None:
    """AWS: untags what the ARN names; moto: what has the same name."""
    _require(self, arn)
    self.tagger.untag_resource_using_names(arn, tag_keys)


@around(EventsBackend)
def list_tags_for_resource(original: Any, self: Any, arn: str) -> Any:
    """AWS: tells the tags of what the ARN names; moto: of what has the same name."""
    _require(self, arn)
    return self.tagger.list_tags_for_resource(arn)


def _require(backend: EventsBackend, arn: str) -> None:
    buses = backend.event_buses.values()
    known = {bus.arn for bus in buses} | {rule.arn for bus in buses for rule in bus.rules.values()}
    if arn not in known:
        raise ResourceNotFoundException(f"Resource {arn} does not exist.")
