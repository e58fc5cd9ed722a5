from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import Binding, Params
from simcloud.bindings.guardduty import _gone, _tagging
from simcloud.context import Context
from simcloud.values import Props, Value, is_known, without_none


class Detector(Binding):
    """GuardDuty in a region: there is one, or none."""

    token = "aws:guardduty/detector:Detector"
    service = "guardduty"
    operation = "create_detector"
    parameters = {"DataSources": "datasources"}
    defaults = {"enable": True}
    tagging = _tagging.DETECTOR

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "Enable": new["enable"],
                "FindingPublishingFrequency": new.get("findingPublishingFrequency"),
                "DataSources": _sources(new.get("datasources")),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DetectorId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("guardduty").update_detector(DetectorId=identity, **self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("guardduty").get_detector(DetectorId=identity)
        return {
            "accountId": ctx.account,
            "arn": ctx.arn("guardduty", f"detector/{identity}"),
            "enable": found["Status"] == "ENABLED",
            "findingPublishingFrequency": found["FindingPublishingFrequency"],
            "datasources": _found_sources(found["DataSources"]),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("guardduty").delete_detector(DetectorId=identity)

    def is_gone(self, error: ClientError) -> bool:
        return _gone.is_gone(error)


def _sources(given: Value) -> Value:
    """The API's data sources, as far as something is said about them."""
    if given is None or not is_known(given):
        return given
    volumes = _inner(given, "malwareProtection", "scanEc2InstanceWithFindings", "ebsVolumes", "enable")
    audits = _inner(given, "kubernetes", "auditLogs", "enable")
    logs = _inner(given, "s3Logs", "enable")
    return without_none(
        {
            "S3Logs": None if logs is None else {"Enable": logs},
            "Kubernetes": None if audits is None else {"AuditLogs": {"Enable": audits}},
            "MalwareProtection": None
            if volumes is None
            else {"ScanEc2InstanceWithFindings": {"EbsVolumes": volumes}},
        }
    )


def _inner(value: Value, *path: str) -> Value:
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _found_sources(found: Mapping[str, Any]) -> Props:
    volumes = found["MalwareProtection"]["ScanEc2InstanceWithFindings"]["EbsVolumes"]
    return {
        "s3Logs": _switch(found["S3Logs"]),
        "kubernetes": {"auditLogs": _switch(found["Kubernetes"]["AuditLogs"])},
        "malwareProtection": {"scanEc2InstanceWithFindings": {"ebsVolumes": _switch(volumes)}},
    }


def _switch(found: Mapping[str, Any]) -> Props:
    return {"enable": found["Status"] == "ENABLED"}
