"""The configuration sets of SES, by the second version of its API."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from moto.core.exceptions import JsonRESTError
from moto.ses.exceptions import NotFoundException
from moto.ses.models import ConfigurationSet
from moto.sesv2.models import SESV2Backend
from moto.sesv2.responses import SESV2Response

from simcloud.patches import adds, around


@around(SESV2Backend)
def create_configuration_set(original: Any, self: Any, configuration_set_name: str, **given: Any) -> None:
    """AWS: says that it exists in the words of this API; moto: in those of the first version."""
    if configuration_set_name in self.core_backend.config_sets:
        raise JsonRESTError(
            "AlreadyExistsException", f"Configuration set <{configuration_set_name}> already exists."
        )
    original(self, configuration_set_name=configuration_set_name, **given)


@around(SESV2Backend)
def get_configuration_set(original: Any, self: Any, configuration_set_name: str) -> Any:
    """AWS: says that it does not exist in the words of this API; moto: in those of the first version."""
    _require(self, configuration_set_name)
    return original(self, configuration_set_name)


@around(SESV2Backend)
def delete_configuration_set(original: Any, self: Any, configuration_set_name: str) -> None:
    """AWS: says that it does not exist; moto: breaks."""
    _require(self, configuration_set_name)
    original(self, configuration_set_name)


@around(ConfigurationSet)
def to_dict_v2(original: Any, self: Any) -> dict[str, Any]:
    """AWS: sends and measures unless told otherwise, leaves out what is not there; moto: wraps the options twice."""
    answer = original(self)
    sending = self.enabled if isinstance(self.enabled, dict) else {"SendingEnabled": bool(self.enabled)}
    answer["SendingOptions"] = {"SendingEnabled": True, **sending}
    answer["ReputationOptions"] = {"ReputationMetricsEnabled": False, **answer["ReputationOptions"]}
    return {key: value for key, value in answer.items() if value}


@adds(SESV2Response)
def put_configuration_set_delivery_options(self: Any) -> str:
    """AWS: changes these options; moto: not implemented."""
    _held(self).delivery_options = _body(self)
    return "{}"


@adds(SESV2Response)
def put_configuration_set_reputation_options(self: Any) -> str:
    """AWS: changes these options; moto: not implemented."""
    _held(self).reputation_options.update(_body(self))
    return "{}"


@adds(SESV2Response)
def put_configuration_set_sending_options(self: Any) -> str:
    """AWS: changes these options; moto: not implemented."""
    _held(self).enabled = _body(self)
    return "{}"


@adds(SESV2Response)
def put_configuration_set_suppression_options(self: Any) -> str:
    """AWS: changes these options; moto: not implemented."""
    _held(self).suppression_options = _body(self)
    return "{}"


@adds(SESV2Response)
def put_configuration_set_tracking_options(self: Any) -> str:
    """AWS: changes these options; moto: not implemented."""
    _held(self).tracking_options = _body(self)
    return "{}"


@adds(SESV2Response)
def put_configuration_set_vdm_options(self: Any) -> str:
    """AWS: changes these options; moto: not implemented."""
    _held(self).vdm_options = _body(self).get("VdmOptions") or {}
    return "{}"


@adds(SESV2Response)
def create_configuration_set_event_destination(self: Any) -> str:
    """AWS: keeps where events go, each by its name; moto: not implemented."""
    given, held = _body(self), _destinations(self)
    name = given["EventDestinationName"]
    if name in held:
        raise JsonRESTError("AlreadyExistsException", f"Event destination {name} already exists.")
    held[name] = {"Enabled": False, **given["EventDestination"], "Name": name}
    return "{}"


@adds(SESV2Response)
def get_configuration_set_event_destinations(self: Any) -> str:
    """AWS: tells them; moto: not implemented."""
    return json.dumps({"EventDestinations": list(_destinations(self).values())})


@adds(SESV2Response)
def update_configuration_set_event_destination(self: Any) -> str:
    """AWS: puts the new one in the place of the old one; moto: not implemented."""
    name = _destination(self)
    _destinations(self)[name] = {"Enabled": False, **_body(self)["EventDestination"], "Name": name}
    return "{}"


@adds(SESV2Response)
def delete_configuration_set_event_destination(self: Any) -> str:
    """AWS: removes it; moto: not implemented."""
    del _destinations(self)[_destination(self)]
    return "{}"


def _require(backend: Any, name: str) -> None:
    if name not in backend.core_backend.config_sets:
        raise NotFoundException(f"Configuration set <{name}> does not exist.")


def _held(response: Any) -> Any:
    name = unquote(response.path.split("/configuration-sets/")[-1].split("/")[0])
    return response.sesv2_backend.get_configuration_set(name)


def _body(response: Any) -> dict[str, Any]:
    return dict(json.loads(response.body or "{}"))


def _destinations(response: Any) -> dict[str, dict[str, Any]]:
    held: dict[str, dict[str, Any]] = vars(_held(response)).setdefault("event_destinations", {})
    return held


def _destination(response: Any) -> str:
    name = unquote(response.path.rstrip("/").split("/")[-1])
    if name not in _destinations(response):
        raise NotFoundException(f"Event destination {name} does not exist.")
    return name
