"""GuardDuty as AWS answers it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from moto.guardduty import urls
from moto.guardduty.exceptions import DetectorNotFoundException, GuardDutyException
from moto.guardduty.models import Detector, GuardDutyBackend
from moto.guardduty.responses import GuardDutyResponse

from simcloud.patches import adds, around

# AWS: CreateDetector, GuardDuty API reference (botocore 1.44.5), read 2026-11: every optional feature is on in a new
# detector, except for runtime monitoring.
_FEATURES = {
    "CLOUD_TRAIL": "ENABLED",
    "DNS_LOGS": "ENABLED",
    "FLOW_LOGS": "ENABLED",
    "S3_DATA_EVENTS": "ENABLED",
    "EKS_AUDIT_LOGS": "ENABLED",
    "EBS_MALWARE_PROTECTION": "ENABLED",
    "RDS_LOGIN_EVENTS": "ENABLED",
    "LAMBDA_NETWORK_LOGS": "ENABLED",
    "EKS_RUNTIME_MONITORING": "DISABLED",
    "RUNTIME_MONITORING": "DISABLED",
}
_ADDITIONS = {
    "EKS_RUNTIME_MONITORING": ("EKS_ADDON_MANAGEMENT",),
    "RUNTIME_MONITORING": ("EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"),
}
_SOURCES = {
    "S3_DATA_EVENTS": ("s3Logs", "enable"),
    "EKS_AUDIT_LOGS": ("kubernetes", "auditLogs", "enable"),
    "EBS_MALWARE_PROTECTION": ("malwareProtection", "scanEc2InstanceWithFindings", "ebsVolumes"),
}


@around(GuardDutyBackend)
def create_detector(original: Any, self: Any, *args: Any) -> Any:
    """AWS: one detector per region; moto: any number."""
    if self.detectors:
        raise GuardDutyException(
            "BadRequestException",
            "The request is rejected because a detector already exists for the current account.",
        )
    return original(self, *args)


@around(GuardDutyBackend)
def delete_detector(original: Any, self: Any, detector_id: str) -> None:
    """AWS: says that there is none; moto: does nothing."""
    if detector_id not in self.detectors:
        raise DetectorNotFoundException
    original(self, detector_id)


@around(Detector)
def __init__(original: Any, self: Any, *args: Any, **given: Any) -> None:
    """AWS: features and data sources are two names of the same; moto: keeps what was said last, without defaults."""
    original(self, *args, **given)
    self.states = dict(_FEATURES)
    self.additions = {feature: dict.fromkeys(names, "DISABLED") for feature, names in _ADDITIONS.items()}
    _apply(self, self.datasources, self.features)


@around(Detector)
def update(original: Any, self: Any, enable: Any, frequency: Any, data_sources: Any, features: Any) -> None:
    """AWS: features that are not named stay as they are; moto: they are forgotten."""
    original(self, enable, frequency, None, None)
    _apply(self, data_sources or {}, features or [])


def _apply(detector: Any, sources: dict[str, Any], features: list[dict[str, Any]]) -> None:
    for feature, path in _SOURCES.items():
        value: Any = sources
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        if value is not None:
            detector.states[feature] = "ENABLED" if value else "DISABLED"
    for said in features:
        detector.states[said["name"]] = said["status"]
        for addition in said.get("additionalConfiguration") or ():
            detector.additions.setdefault(said["name"], {})[addition["name"]] = addition["status"]


@around(Detector)
def to_json(original: Any, self: Any) -> dict[str, Any]:
    """AWS: tells every feature; moto: those that were said."""
    return {
        **original(self),
        "dataSources": {
            "cloudTrail": {"status": "ENABLED"},
            "dnsLogs": {"status": "ENABLED"},
            "flowLogs": {"status": "ENABLED"},
            "s3Logs": {"status": self.states["S3_DATA_EVENTS"]},
            "kubernetes": {"auditLogs": {"status": self.states["EKS_AUDIT_LOGS"]}},
            "malwareProtection": {
                "scanEc2InstanceWithFindings": {
                    "ebsVolumes": {"status": self.states["EBS_MALWARE_PROTECTION"]}
                }
            },
        },
        "features": [_feature(self, name) for name in self.states],
    }


def _feature(detector: Any, name: str) -> dict[str, Any]:
    additions = detector.additions.get(name)
    told = {"name": name, "status": detector.states[name]}
    if not additions:
        return told
    listed = [{"name": addition, "status": status} for addition, status in additions.items()]
    return {**told, "additionalConfiguration": listed}


@adds(GuardDutyResponse)
def tag_resource(self: Any) -> str:
    """AWS: tags a detector; moto: not implemented."""
    _tagged(self).update(self._get_param("tags"))
    return "{}"


@adds(GuardDutyResponse)
def untag_resource(self: Any) -> str:
    """AWS: untags a detector; moto: not implemented."""
    tags = _tagged(self)
    for name in self.querystring.get("tagKeys", []):
        tags.pop(name, None)
    return "{}"


@adds(GuardDutyResponse)
def list_tags_for_resource(self: Any) -> str:
    """AWS: lists a detector's tags; moto: not implemented."""
    return json.dumps({"tags": _tagged(self)})


def _tagged(response: Any) -> dict[str, str]:
    arn = unquote(response.path).rsplit("/tags/", 1)[-1]
    detector = response.guardduty_backend.get_detector(arn.rsplit("/", 1)[-1])
    tags: dict[str, str] = detector.tags
    return tags


urls.url_paths["{0}/tags/(?P<resource_arn>.+)$"] = GuardDutyResponse.dispatch
