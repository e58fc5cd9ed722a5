from __future__ import annotations

from collections.abc import Iterator

from botocore.exceptions import ClientError

from simcloud import tagging
from simcloud.binding import Params
from simcloud.bindings import _api
from simcloud.bindings._regional import RegionalRecord
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_NAMES = _api.members(("analyzerName", "type", "configuration"), {})


class Analyzer(RegionalRecord):
    """IAM Access Analyzer: who outside can reach what is inside. moto has none: this one is recorded."""

    token = "aws:accessanalyzer/analyzer:Analyzer"
    service = "accessanalyzer"
    operation = "create_analyzer"
    replaces = frozenset({"analyzerName", "type"})
    defaults = {"type": "ACCOUNT"}
    tagging = tagging.RECORDED
    taken = "ConflictException"

    def request(self, ctx: Context, new: Props) -> Params:
        return _api.said(ctx, "accessanalyzer", "CreateAnalyzer", new, _NAMES)

    def new_identity(self, ctx: Context, new: Props) -> str:
        return str(new["analyzerName"])

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        return {"arn": ctx.arn("access-analyzer", f"analyzer/{identity}")}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        kind, configuration = new["type"], new.get("configuration") or {}
        if not isinstance(kind, str) or not isinstance(configuration, dict):
            return
        # AWS: AnalyzerConfiguration, Access Analyzer API reference (botocore 1.44.5), read 2026-11.
        for name, ending in (("unusedAccess", "_UNUSED_ACCESS"), ("internalAccess", "_INTERNAL_ACCESS")):
            if name in configuration and not kind.endswith(ending):
                yield Refusal(
                    "ValidationException",
                    f"an analyzer of type {kind} has no {name}; it is for types that end in {ending}.",
                    f"configuration.{name}",
                )
        age = (configuration.get("unusedAccess") or {}).get("unusedAccessAge")
        if isinstance(age, int) and not 1 <= age <= 365:
            yield Refusal(
                "ValidationException",
                f"unusedAccessAge {age} is not within 1-365 days.",
                "configuration.unusedAccess.unusedAccessAge",
            )

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: Quotas for IAM Access Analyzer, IAM User Guide: one analyzer of external access per account and
        # region; from memory of AWS's documentation, not verified.
        others = {name: other for name, other in self.others(ctx).items() if name != new["analyzerName"]}
        for name, other in others.items():
            if new["type"] == other["type"] == "ACCOUNT":
                yield Refusal(
                    "ServiceQuotaExceededException",
                    f"there is an analyzer of type ACCOUNT already: {name}. One per region is allowed.",
                    "type",
                )
        if new["type"].startswith("ORGANIZATION") and not _in_organization(ctx):
            yield Refusal(
                "ValidationException",
                f"an analyzer of type {new['type']} wants an organization; the account is in none.",
                "type",
            )


def _in_organization(ctx: Context) -> bool:
    try:
        ctx.client("organizations").describe_organization()
    except ClientError:
        return False
    return True
