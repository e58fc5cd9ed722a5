"""Sources of AWS Config's rules as AWS answers them."""

from __future__ import annotations

from typing import Any

from moto.config.models import ConfigEmptyDictable, Source

from simcloud.patches import around


@around(Source)
def __init__(
    original: Any, self: Any, account_id: str, region: str, owner: str, *args: Any, **said: Any
) -> None:
    """AWS: a rule may be written in Guard; moto: knows managed rules and functions."""
    policy = said.pop("custom_policy_details", None)
    if owner != "CUSTOM_POLICY":
        original(self, account_id, region, owner, *args, **{"source_identifier": "", **said})
        return
    ConfigEmptyDictable.__init__(self, capitalize_start=True, capitalize_arn=False)
    self.owner = owner
    self.source_details = None
    self.written = {"SourceDetails": said.get("source_details") or [], "CustomPolicyDetails": policy}


@around(Source)
def to_dict(original: Any, self: Any) -> dict[str, Any]:
    """AWS: tells what was written; moto: does not."""
    told: dict[str, Any] = original(self)
    written = told.pop("Written", None)
    return {**told, **written} if written else told
