"""Calls on canaries as CloudWatch Synthetics answers them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from moto.core.exceptions import JsonRESTError
from moto.core.utils import utcnow
from moto.synthetics import urls
from moto.synthetics.responses import SyntheticsResponse

from simcloud.patches import adds, around
from simcloud.patches.synthetics import complete

_CHANGED = {
    "Code": "code",
    "ArtifactS3Location": "artifact_s3_location",
    "ExecutionRoleArn": "execution_role_arn",
    "RuntimeVersion": "runtime_version",
    "Schedule": "schedule",
    "RunConfig": "run_config",
    "SuccessRetentionPeriodInDays": "success_retention_period_in_days",
    "FailureRetentionPeriodInDays": "failure_retention_period_in_days",
    "VpcConfig": "vpc_config",
    "ArtifactConfig": "artifact_config",
    "KmsKeyArn": "kms_key_arn",
}


@around(SyntheticsResponse)
def create_canary(original: Any, self: Any) -> str:
    """AWS: keeps the key of the environment, and lets a run be as long as it can; moto: forgets it, a minute."""
    original(self)
    params = json.loads(self.body)
    canary = self.synthetics_backend.get_canary(params["Name"])
    canary.kms_key_arn, canary.run_config = params.get("KmsKeyArn"), params.get("RunConfig")
    complete(canary)
    return json.dumps({"Canary": canary.to_dict()})


@around(SyntheticsResponse)
def describe_canaries(original: Any, self: Any) -> str:
    """AWS: tells of those that are asked for; moto: of all."""
    names = json.loads(self.body or "{}").get("Names")
    told = json.loads(original(self))["Canaries"]
    return json.dumps({"Canaries": [canary for canary in told if not names or canary["Name"] in names]})


@adds(SyntheticsResponse)
def update_canary(self: Any) -> str:
    """AWS: changes what is said; moto: not implemented."""
    canary, params = _canary(self), json.loads(self.body)
    for member, attribute in _CHANGED.items():
        if member in params:
            setattr(canary, attribute, params[member])
    canary.timeline["LastModified"] = utcnow()
    complete(canary)
    return "{}"


@adds(SyntheticsResponse)
def delete_canary(self: Any) -> str:
    """AWS: a canary that runs stays; moto: not implemented."""
    canary = _canary(self)
    if canary.state == "RUNNING":
        raise JsonRESTError(
            "ConflictException", f"Canary {canary.name} is in a state that can't be deleted: RUNNING."
        )
    del self.synthetics_backend.canaries[canary.name]
    return "{}"


@adds(SyntheticsResponse)
def start_canary(self: Any) -> str:
    """AWS: runs from now on; moto: not implemented."""
    canary = _canary(self)
    canary.state, canary.timeline["LastStarted"] = "RUNNING", utcnow()
    return "{}"


@adds(SyntheticsResponse)
def stop_canary(self: Any) -> str:
    """AWS: rests from now on; moto: not implemented."""
    canary = _canary(self)
    canary.state, canary.timeline["LastStopped"] = "STOPPED", utcnow()
    return "{}"


@adds(SyntheticsResponse)
def tag_resource(self: Any) -> str:
    """AWS: tags a canary; moto: not implemented."""
    _tagged(self).update(json.loads(self.body)["Tags"])
    return "{}"


@adds(SyntheticsResponse)
def untag_resource(self: Any) -> str:
    """AWS: untags a canary; moto: not implemented."""
    for name in self.querystring.get("tagKeys", []):
        _tagged(self).pop(name, None)
    return "{}"


@around(SyntheticsResponse)
def list_tags_for_resource(original: Any, self: Any) -> str:
    """AWS: by ARN; moto: by name."""
    return json.dumps({"Tags": _tagged(self)})


def _tagged(response: Any) -> dict[str, str]:
    arn = unquote(response.path).rsplit("/tags/", 1)[-1]
    canary = response.synthetics_backend.get_canary(arn.rsplit(":", 1)[-1])
    tags: dict[str, str] = canary.tags
    return tags


def _canary(response: Any) -> Any:
    name = unquote(response.path).removeprefix("/canary/").split("/", 1)[0]
    return response.synthetics_backend.get_canary(name)


for _path in ("canary/(?P<name>[^/]+)/(start|stop)", "tags/(?P<arn>.+)"):
    urls.url_paths[f"{{0}}/{_path}$"] = SyntheticsResponse.dispatch
