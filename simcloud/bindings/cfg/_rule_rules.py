"""What AWS Config refuses in a rule."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.bindings.cfg import _managed
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

_CODE = "InvalidParameterValueException"


def problems(new: Props) -> Iterator[Refusal]:
    """Everything in the known properties of a rule that AWS refuses."""
    source, text = new["source"], new.get("inputParameters")
    given = _parameters(text) if isinstance(text, str) else {}
    if given is None:
        yield Refusal(_CODE, f"Invalid json {text} passed in the InputParameters field.", "inputParameters")
    if isinstance(source, Mapping) and is_known(source):
        yield from _source_problems(source)
        if source["owner"] == "AWS" and given is not None and is_known(text):
            yield from _managed_problems(source.get("sourceIdentifier"), given)
    if isinstance(new.get("scope"), Mapping) and is_known(new["scope"]):
        yield from _scope_problems(new["scope"])


def _parameters(text: str) -> dict[str, Any] | None:
    try:
        given = json.loads(text)
    except ValueError:
        return None
    return given if isinstance(given, dict) else None


# AWS: PutConfigRule and Source, Config API reference (botocore 1.44.5), read 2026-11.
def _source_problems(source: Mapping[str, Any]) -> Iterator[Refusal]:
    owner, details = source["owner"], source.get("sourceDetails")
    if owner == "AWS" and details:
        yield Refusal(
            _CODE, "SourceDetails should be null/empty if the owner is AWS.", "source.sourceDetails"
        )
    if owner in ("CUSTOM_LAMBDA", "CUSTOM_POLICY") and not details:
        yield Refusal(
            _CODE, f"SourceDetails should be provided if the owner is {owner}.", "source.sourceDetails"
        )
    if owner == "CUSTOM_POLICY" and not source.get("customPolicyDetails"):
        yield Refusal(_CODE, "a rule written in Guard needs its text.", "source.customPolicyDetails")
    if owner in ("AWS", "CUSTOM_LAMBDA") and not source.get("sourceIdentifier"):
        yield Refusal(_CODE, f"the owner {owner} needs a sourceIdentifier.", "source.sourceIdentifier")


def _managed_problems(identifier: Any, given: Mapping[str, Any]) -> Iterator[Refusal]:
    if not isinstance(identifier, str):
        return
    if not _managed.is_known(identifier):
        yield Refusal(
            _CODE,
            f"The sourceIdentifier {identifier} is invalid. Please refer to the documentation for a list of "
            "valid sourceIdentifiers that can be used when AWS is the Owner.",
            "source.sourceIdentifier",
        )
        return
    for name in _managed.unknown_parameters(identifier, given.keys()):
        yield Refusal(_CODE, f"Unknown parameter provided in the inputParameters: {name}", "inputParameters")
    for name in _managed.missing_parameters(identifier, given.keys()):
        yield Refusal(
            _CODE, f"The required parameter [{name}] is not present in the inputParameters", "inputParameters"
        )
    for name, value in given.items():
        if not isinstance(value, str):
            yield Refusal(
                _CODE,
                f"the value of {name} must be written as a string: {json.dumps(str(value))}.",
                "inputParameters",
            )


def _scope_problems(scope: Mapping[str, Any]) -> Iterator[Refusal]:
    if scope.get("tagValue") and not scope.get("tagKey"):
        yield Refusal(
            _CODE, "Tag key should not be empty when tag value is provided in scope", "scope.tagKey"
        )
    types = scope.get("complianceResourceTypes") or []
    if scope.get("tagKey") and (types or scope.get("complianceResourceId")):
        yield Refusal(_CODE, "Scope cannot be applied to both resource and tag", "scope.tagKey")
    if scope.get("complianceResourceId") and len(types) != 1:
        yield Refusal(
            _CODE,
            "A single resourceType should be provided when resourceId is provided in scope",
            "scope.complianceResourceTypes",
        )
