from __future__ import annotations

from collections.abc import Iterator

from simcloud import tagging
from simcloud.binding import Params
from simcloud.bindings import _api
from simcloud.bindings._regional import RegionalRecord
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_NAMES = _api.members(
    (
        "ruleName", "resourceArn", "priority", "fixedRate", "reservoirSize", "serviceName", "serviceType", "host",
        "httpMethod", "urlPath", "version", "attributes",
    ),
    {"resourceArn": "ResourceARN", "httpMethod": "HTTPMethod", "urlPath": "URLPath"},
    capital=True,
)  # fmt: skip


class SamplingRule(RegionalRecord):
    """Which requests are traced. moto has no sampling rules: this one is recorded."""

    token = "aws:xray/samplingRule:SamplingRule"
    service = "xray"
    operation = "create_sampling_rule"
    parameters = {f"SamplingRule.{there}": here for here, there in _NAMES.items()}
    replaces = frozenset({"ruleName", "version"})
    tagging = tagging.RECORDED
    taken = "InvalidRequestException"

    def request(self, ctx: Context, new: Props) -> Params:
        return {"SamplingRule": {there: new[here] for here, there in _NAMES.items() if here in new}}

    def new_identity(self, ctx: Context, new: Props) -> str:
        return str(new["ruleName"])

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        return {"arn": ctx.arn("xray", f"sampling-rule/{identity}")}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: SamplingRule, X-Ray API reference: the rule is specified by name or ARN, the version is 1
        # (botocore 1.44.5), read 2026-11.
        if "ruleName" not in new:
            yield Refusal("InvalidRequestException", "ruleName is missing.", "ruleName")
        if new.get("ruleName") == "Default":
            yield Refusal("InvalidRequestException", "Default is the name of AWS's own rule.", "ruleName")
        if isinstance(new["version"], int) and new["version"] != 1:
            yield Refusal("InvalidRequestException", f"version {new['version']} is not 1.", "version")
        attributes = new.get("attributes")
        # AWS: X-Ray quotas; from memory of AWS's documentation, not verified.
        if isinstance(attributes, dict) and len(attributes) > 5:
            yield Refusal(
                "InvalidRequestException",
                f"{len(attributes)} attributes; at most 5 are matched.",
                "attributes",
            )
