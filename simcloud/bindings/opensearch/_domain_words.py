"""A domain in the provider's words and in the API's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings import _words
from simcloud.values import Props, Value, without_none

# Blocks of the provider that are structures of the API, with the words that differ inside.
BLOCKS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "advancedSecurityOptions": (
        "AdvancedSecurityOptions",
        {"masterUserArn": "MasterUserARN", "jwtOptions": "JWTOptions"},
    ),
    "aimlOptions": ("AIMLOptions", {}),
    "autoTuneOptions": ("AutoTuneOptions", {}),
    "clusterConfig": ("ClusterConfig", {"multiAzWithStandbyEnabled": "MultiAZWithStandbyEnabled"}),
    "cognitoOptions": ("CognitoOptions", {}),
    "deploymentStrategyOptions": ("DeploymentStrategyOptions", {}),
    "domainEndpointOptions": (
        "DomainEndpointOptions",
        {"enforceHttps": "EnforceHTTPS", "tlsSecurityPolicy": "TLSSecurityPolicy"},
    ),
    "ebsOptions": ("EBSOptions", {"ebsEnabled": "EBSEnabled"}),
    "encryptAtRest": ("EncryptionAtRestOptions", {}),
    "identityCenterOptions": (
        "IdentityCenterOptions",
        {"enabledApiAccess": "EnabledAPIAccess", "identityCenterInstanceArn": "IdentityCenterInstanceARN"},
    ),
    "nodeToNodeEncryption": ("NodeToNodeEncryptionOptions", {}),
    "offPeakWindowOptions": ("OffPeakWindowOptions", {}),
    "snapshotOptions": ("SnapshotOptions", {}),
    "softwareUpdateOptions": ("SoftwareUpdateOptions", {}),
}
SCALARS = {
    "accessPolicies": "AccessPolicies",
    "advancedOptions": "AdvancedOptions",
    "ipAddressType": "IPAddressType",
}


def to_api(new: Props) -> Params:
    """Everything of a domain besides name and version."""
    blocks = {
        there: _words.to_api(_block(here, new.get(here)), words) for here, (there, words) in BLOCKS.items()
    }
    return without_none(
        {
            **blocks,
            **{there: new.get(here) for here, there in SCALARS.items()},
            "LogPublishingOptions": _logs(new.get("logPublishingOptions")),
            "VPCOptions": _vpc(new.get("vpcOptions")),
        }
    )


def from_api(found: Mapping[str, Any], given: Props) -> Props:
    """The way back. Secrets, which AWS does not tell, are those that were given."""
    blocks = {
        here: _words.from_api(found[there], words)
        for here, (there, words) in BLOCKS.items()
        if found.get(there) is not None
    }
    security = {**(given.get("advancedSecurityOptions") or {}), **blocks.get("advancedSecurityOptions", {})}
    tuning = {**(given.get("autoTuneOptions") or {}), **_tuning(found)}
    return {
        **blocks,
        "advancedSecurityOptions": security,
        "autoTuneOptions": tuning,
        "accessPolicies": found.get("AccessPolicies", ""),
        "advancedOptions": found.get("AdvancedOptions", {}),
        "ipAddressType": found.get("IPAddressType", "ipv4"),
        "logPublishingOptions": _found_logs(found.get("LogPublishingOptions")),
        "vpcOptions": _words.from_api(found.get("VPCOptions"), {"vpcId": "VPCId"}),
    }


def _block(name: str, value: Value) -> Value:
    """What only changes can say is left out."""
    if name == "autoTuneOptions" and isinstance(value, Mapping):
        return {key: item for key, item in value.items() if key != "rollbackOnDisable"}
    return value


def _vpc(given: Value) -> Value:
    if not isinstance(given, Mapping):
        return given
    return _words.to_api({key: given[key] for key in ("subnetIds", "securityGroupIds") if key in given}, {})


def _logs(given: Value) -> Value:
    if not isinstance(given, list) or not all(isinstance(item, Mapping) for item in given):
        return None
    return {
        item["logType"]: {
            "CloudWatchLogsLogGroupArn": item["cloudwatchLogGroupArn"],
            "Enabled": item.get("enabled", True),
        }
        for item in given
        if isinstance(item["logType"], str)
    }


def _found_logs(found: Mapping[str, Any] | None) -> list[Props] | None:
    listed = [
        {
            "logType": kind,
            "cloudwatchLogGroupArn": option["CloudWatchLogsLogGroupArn"],
            "enabled": option["Enabled"],
        }
        for kind, option in sorted((found or {}).items())
        if option.get("CloudWatchLogsLogGroupArn")
    ]
    return listed or None


def _tuning(found: Mapping[str, Any]) -> Props:
    options = found.get("AutoTuneOptions") or {}
    on = options.get("DesiredState") or ("DISABLED" if "DISABLE" in options.get("State", "") else "ENABLED")
    return {"desiredState": on, "useOffPeakWindow": options.get("UseOffPeakWindow", False)}
