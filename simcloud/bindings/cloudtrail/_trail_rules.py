"""What CloudTrail refuses in a trail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

# AWS: DataResource, CloudTrail API reference (botocore 1.44.5), read 2026-11: the types of basic selectors.
_DATA = ("AWS::S3::Object", "AWS::Lambda::Function", "AWS::DynamoDB::Table")
_KINDS = ("All", "ReadOnly", "WriteOnly")
_INSIGHTS = ("ApiCallRateInsight", "ApiErrorRateInsight")
# AWS: Quotas in AWS CloudTrail: 5 selectors per trail; DataResource: 250 resources; read 2026-11 (the latter in
# botocore 1.44.5, the former from memory).
_SELECTORS, _RESOURCES = 5, 250


def problems(new: Props) -> Iterator[Refusal]:
    """Everything in the known properties of a trail that AWS refuses."""
    if isinstance(new["name"], str):
        yield from _name_problems(new["name"])
    if new["isMultiRegionTrail"] is True and new["includeGlobalServiceEvents"] is False:
        yield Refusal(
            "InvalidParameterCombinationException",
            "Multi-Region trail must include global service events.",
            "includeGlobalServiceEvents",
        )
    yield from _logs_problems(new)
    if new.get("eventSelectors") and new.get("advancedEventSelectors"):
        yield Refusal(
            "InvalidEventSelectorsException",
            "eventSelectors and advancedEventSelectors exclude each other.",
            "advancedEventSelectors",
        )
    if is_known(new.get("eventSelectors")):
        yield from _selector_problems(new.get("eventSelectors") or [])
    if is_known(new.get("advancedEventSelectors")):
        yield from _advanced_problems(new.get("advancedEventSelectors") or [])
    for position, item in enumerate(new.get("insightSelectors") or ()):
        kind = item.get("insightType") if isinstance(item, Mapping) else None
        if isinstance(kind, str) and kind not in _INSIGHTS:
            yield Refusal(
                "InvalidInsightSelectorsException",
                f"insightType {kind!r} is not one of {', '.join(_INSIGHTS)}.",
                f"insightSelectors[{position}].insightType",
            )


# AWS: CreateTrail, CloudTrail API reference: «Name» (botocore 1.44.5), read 2026-11.
def _name_problems(name: str) -> Iterator[Refusal]:
    faults = {
        "be between 3 and 128 characters long": 3 <= len(name) <= 128,
        "hold letters, digits, '.', '_' and '-' only": bool(re.fullmatch(r"[A-Za-z0-9._-]*", name)),
        "begin and end with a letter or digit": bool(re.fullmatch(r"[A-Za-z0-9].*[A-Za-z0-9]", name)),
        "have no adjacent '.', '_' or '-'": not re.search(r"[._-]{2}", name),
        "not look like an IP address": not re.fullmatch(r"(\d{1,3}\.){3}\d{1,3}", name),
    }
    for fault, fine in faults.items():
        if not fine:
            yield Refusal("InvalidTrailNameException", f"Trail name {name!r} must {fault}.", "name")
            return


def _logs_problems(new: Props) -> Iterator[Refusal]:
    group, role = new.get("cloudWatchLogsGroupArn"), new.get("cloudWatchLogsRoleArn")
    if group is not None and role is None:
        yield Refusal(
            "InvalidCloudWatchLogsRoleArnException",
            "a log group needs cloudWatchLogsRoleArn beside it.",
            "cloudWatchLogsRoleArn",
        )
    if role is not None and group is None:
        yield Refusal(
            "InvalidCloudWatchLogsLogGroupArnException",
            "a role for logs needs cloudWatchLogsGroupArn beside it.",
            "cloudWatchLogsGroupArn",
        )
    # AWS: «cloud_watch_logs_group_arn» of the provider's page: with the wildcard of streams; read 2026-11.
    if isinstance(group, str) and not group.endswith(":*"):
        yield Refusal(
            "InvalidCloudWatchLogsLogGroupArnException",
            f"CloudTrail wants the log group's ARN with the wildcard of streams: {group}:*",
            "cloudWatchLogsGroupArn",
        )


def _selector_problems(selectors: list[Mapping[str, Any]]) -> Iterator[Refusal]:
    code = "InvalidEventSelectorsException"
    resources = [item for selector in selectors for item in selector.get("dataResources") or ()]
    if len(selectors) > _SELECTORS or sum(len(item["values"]) for item in resources) > _RESOURCES:
        yield Refusal(
            code, f"at most {_SELECTORS} selectors with {_RESOURCES} resources are allowed.", "eventSelectors"
        )
    for position, selector in enumerate(selectors):
        here = f"eventSelectors[{position}]"
        if selector.get("readWriteType", "All") not in _KINDS:
            yield Refusal(code, f"readWriteType is not one of {', '.join(_KINDS)}.", f"{here}.readWriteType")
        if selector.get("includeManagementEvents") is False and not selector.get("dataResources"):
            yield Refusal(code, "the selector selects nothing.", here)
        for number, item in enumerate(selector.get("dataResources") or ()):
            if item["type"] not in _DATA:
                yield Refusal(
                    code,
                    f"type {item['type']!r} is not one of {', '.join(_DATA)}; others need advancedEventSelectors.",
                    f"{here}.dataResources[{number}].type",
                )


def _advanced_problems(selectors: list[Mapping[str, Any]]) -> Iterator[Refusal]:
    """AWS: AdvancedFieldSelector, CloudTrail API reference: eventCategory is required; from memory, not verified."""
    for position, selector in enumerate(selectors):
        fields = {item["field"]: item for item in selector["fieldSelectors"]}
        if "eventCategory" not in fields:
            yield Refusal(
                "InvalidEventSelectorsException",
                "a selector needs the field eventCategory.",
                f"advancedEventSelectors[{position}].fieldSelectors",
            )
        elif fields["eventCategory"].get("equals") == ["Data"] and "resources.type" not in fields:
            yield Refusal(
                "InvalidEventSelectorsException",
                "a selector of data events needs the field resources.type.",
                f"advancedEventSelectors[{position}].fieldSelectors",
            )
