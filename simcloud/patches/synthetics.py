"""Canaries as CloudWatch Synthetics answers them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.core.utils import iso_8601_datetime_with_milliseconds
from moto.synthetics.models import Canary, SyntheticsBackend

from simcloud.bindings.synthetics import _schedule
from simcloud.patches import around


class _NotFound(JsonRESTError):
    code = 404


@around(SyntheticsBackend)
def create_canary(original: Any, self: Any, *, name: str, **said: Any) -> Any:
    """AWS: a name is taken once, and what was not said is filled in; moto: overwrites, and keeps what was said."""
    if name in self.canaries:
        raise JsonRESTError("ConflictException", f"Canary name {name} already exists.")
    canary = original(self, name=name, **said)
    canary.place, canary.kms_key_arn = (self.account_id, self.region_name), None
    complete(canary)
    return canary


@around(SyntheticsBackend)
def get_canary(original: Any, self: Any, name: str, dry_run_id: Any = None) -> Any:
    """AWS: says that there is none; moto: breaks."""
    if name not in self.canaries:
        raise _NotFound("ResourceNotFoundException", f"Canary {name} not found.")
    return self.canaries[name]


@around(Canary)
def to_dict(original: Any, self: Any) -> dict[str, Any]:
    """AWS: tells where its function and its code are, and no times that were not; moto: the other way round."""
    told: dict[str, Any] = original(self)
    account, region = self.place
    name = f"cwsyn-{self.name}-{self.id}"
    told["Code"] = {
        "SourceLocationArn": f"arn:aws:lambda:{region}:{account}:layer:{name}:1",
        "Handler": self.code.get("Handler"),
    }
    told["EngineArn"] = f"arn:aws:lambda:{region}:{account}:function:{name}:1"
    told["KmsKeyArn"] = self.kms_key_arn
    told["Timeline"] = {
        key: iso_8601_datetime_with_milliseconds(moment) for key, moment in self.timeline.items() if moment
    }
    return {key: value for key, value in told.items() if value is not None}


def _location(text: str) -> str:
    """AWS: told without the scheme."""
    return text.removeprefix("s3://")


def complete(canary: Any) -> None:
    """AWS: fills in how a run is made; the time of one is that between two, 14 minutes at most."""
    canary.artifact_s3_location = _location(canary.artifact_s3_location)
    between = _schedule.minutes(canary.schedule["Expression"])
    longest = 840 if between is None or not between else math.floor(min(between * 60, 840))
    canary.run_config = {
        "TimeoutInSeconds": longest,
        "MemoryInMB": 1000,
        "ActiveTracing": False,
        **_plain(canary.run_config),
    }
    canary.schedule = {"DurationInSeconds": 0, **canary.schedule}


def _plain(config: Mapping[str, Any] | None) -> dict[str, Any]:
    """AWS: never tells the environment."""
    return {key: value for key, value in (config or {}).items() if key != "EnvironmentVariables"}
