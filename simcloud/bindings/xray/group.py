from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator

from simcloud import tagging
from simcloud.binding import Params
from simcloud.bindings import _api
from simcloud.bindings._regional import RegionalRecord
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_NAMES = _api.members(("groupName", "filterExpression", "insightsConfiguration"), {}, capital=True)
_OFF = {"insightsEnabled": False, "notificationsEnabled": False}


class Group(RegionalRecord):
    """Traces that a filter picks. moto has no groups: this one is recorded."""

    token = "aws:xray/group:Group"
    service = "xray"
    operation = "create_group"
    replaces = frozenset({"groupName"})
    tagging = tagging.RECORDED

    def request(self, ctx: Context, new: Props) -> Params:
        return _api.said(ctx, "xray", "CreateGroup", new, _NAMES)

    def create(self, ctx: Context, new: Props) -> str:
        if any(record["groupName"] == new["groupName"] for record in self.others(ctx).values()):
            raise Refusal(
                "InvalidRequestException", f"A group named {new['groupName']} exists already.", "groupName"
            )
        return super().create(ctx, new)

    def new_identity(self, ctx: Context, new: Props) -> str:
        end = base64.b32encode(secrets.token_bytes(32)).decode().rstrip("=")
        return ctx.arn("xray", f"group/{new['groupName']}/{end}")

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        return {"arn": identity}

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        record = super().read(ctx, identity, given)
        if record is None:
            return None
        return {**record, "insightsConfiguration": {**_OFF, **(record.get("insightsConfiguration") or {})}}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, insights = new["groupName"], new.get("insightsConfiguration")
        # AWS: CreateGroup, X-Ray API reference: Default is a reserved name (botocore 1.44.5), read 2026-11.
        if name == "Default":
            yield Refusal("InvalidRequestException", "Default is the name of AWS's own group.", "groupName")
        # AWS: InsightsConfiguration, X-Ray API reference: notifications can be on for groups with insights on
        # (botocore 1.44.5), read 2026-11.
        switches = insights if isinstance(insights, dict) else {}
        if switches.get("notificationsEnabled") is True and switches.get("insightsEnabled") is False:
            yield Refusal(
                "InvalidRequestException",
                "notifications need insights: insightsEnabled is false.",
                "insightsConfiguration.notificationsEnabled",
            )
        yield from _filter_problems(new["filterExpression"])


def _filter_problems(text: object) -> Iterator[Refusal]:
    """AWS: «Use filter expressions», X-Ray Developer Guide; brackets and quotes only."""
    if not isinstance(text, str):
        return
    plain = "".join(text.split('"')[::2])
    if text.count('"') % 2 or any(plain.count(left) != plain.count(right) for left, right in ("()", "{}")):
        yield Refusal(
            "InvalidRequestException",
            f"Unable to parse filter expression {text!r}: a quote or bracket is not closed.",
            "filterExpression",
        )
