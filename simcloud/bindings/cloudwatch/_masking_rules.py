"""What CloudWatch Logs wants of a data protection policy.

AWS: API reference of CloudWatch Logs, PutDataProtectionPolicy, policyDocument (botocore 1.44.5), read 2026-11.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.refusal import Refusal

_LONGEST = 30_720
# Of AWS, or defined in the policy's own Configuration.
_MANAGED = re.compile(r"arn:aws[a-z-]*:dataprotection::aws:data-identifier/[A-Za-z]+(-[A-Z]{2})?")


def problems(document: Any) -> Iterator[Refusal]:
    """Every reason to refuse `document`, as far as it is known."""
    if not isinstance(document, str):
        return
    if len(document) > _LONGEST:
        yield _refused(f"the policy has {len(document)} characters, at most {_LONGEST} are allowed.")
    try:
        policy = json.loads(document)
    except json.JSONDecodeError:
        policy = None
    if not isinstance(policy, dict) or not isinstance(policy.get("Statement"), list):
        yield _refused("the policy is no JSON object with statements.")
        return
    yield from _statements([one for one in policy["Statement"] if isinstance(one, dict)])
    yield from _identifiers(policy)


def _statements(statements: list[Mapping[str, Any]]) -> Iterator[Refusal]:
    finding = [one for one in statements if "Audit" in one.get("Operation", {})]
    masking = [one for one in statements if "Deidentify" in one.get("Operation", {})]
    if len(finding) != 1 or not masking:
        yield _refused("it needs one statement that audits and one that de-identifies.")
        return
    if "FindingsDestination" not in finding[0]["Operation"]["Audit"]:
        yield _refused("the audit needs a FindingsDestination, which may be empty.")
    for one in masking:
        if one["Operation"]["Deidentify"].get("MaskConfig") != {}:
            yield _refused("the de-identification needs an empty MaskConfig.")
        if one.get("DataIdentifier") != finding[0].get("DataIdentifier"):
            yield _refused("both statements must have the same DataIdentifier.")


def _identifiers(policy: Mapping[str, Any]) -> Iterator[Refusal]:
    own = {one.get("Name") for one in policy.get("Configuration", {}).get("CustomDataIdentifier", [])}
    listed = [one for statement in policy["Statement"] for one in statement.get("DataIdentifier", [])]
    for one in dict.fromkeys(listed):
        if one not in own and not _MANAGED.fullmatch(str(one)):
            yield _refused(f"there is no data identifier {one!r}.")


def _refused(problem: str) -> Refusal:
    return Refusal("InvalidParameterException", problem, "policyDocument")
