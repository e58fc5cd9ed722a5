"""Rule groups, IP sets and sets of patterns as WAF keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from moto.wafv2 import models
from moto.wafv2.exceptions import WAFv2ClientError, WAFV2DuplicateItemException
from moto.wafv2.models import FakeRegexPatternSet, WAFV2Backend
from moto.wafv2.utils import make_arn

from simcloud.bindings.wafv2 import _capacity
from simcloud.patches import around

# AWS: «AWS WAF quotas», patterns in a set; from memory, not verified.
_MOST_PATTERNS = 10

_models: Any = models
# AWS: the ARN of a global set says so; moto: calls every set regional.
_models.make_arn_for_regex_pattern_set = partial(make_arn, resource="regexpatternset")


@around(WAFV2DuplicateItemException)
def __init__(original: Any, self: Any) -> None:
    """AWS: WAFDuplicateItemException; moto: a word of its own."""
    WAFv2ClientError.__init__(
        self,
        "WAFDuplicateItemException",
        "AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing "
        "one.",
    )


@around(WAFV2Backend)
def create_rule_group(original: Any, self: Any, **settings: Any) -> Any:
    """AWS: a name is given once per scope, and rules fit into the capacity; moto: once, any rules."""
    _require_room(settings["rules"] or [], settings["capacity"])
    return original(self, **settings)


@around(WAFV2Backend)
def update_rule_group(original: Any, self: Any, **settings: Any) -> Any:
    """AWS: rules fit into the capacity, and what is left out is gone; moto: any rules, it stays."""
    group = self.get_rule_group(settings["name"], settings["scope"], settings["id"], None)
    _require_room(settings["rules"] or [], group.capacity)
    made = original(self, **settings)
    made.rules = made.rules if settings["rules"] else []
    made.description = settings["description"] or ""
    made.custom_response_bodies = settings["custom_response_bodies"]
    return made


@around(WAFV2Backend)
def delete_rule_group(original: Any, self: Any, **which: Any) -> None:
    """AWS: a group in use stays; moto: it goes."""
    _refuse_used(self, self.get_rule_group(which["name"], which["scope"], which["id"], None).arn)
    original(self, **which)


@around(WAFV2Backend)
def create_regex_pattern_set(original: Any, self: Any, **settings: Any) -> FakeRegexPatternSet:
    """AWS: ten patterns; moto: any number."""
    _require_few(settings["regular_expressions"])
    made: FakeRegexPatternSet = original(self, **settings)
    return made


@around(WAFV2Backend)
def update_regex_pattern_set(original: Any, self: Any, **settings: Any) -> FakeRegexPatternSet:
    """AWS: ten patterns, and a description that is left out is gone; moto: any number, it stays."""
    _require_few(settings["regular_expressions"])
    made: FakeRegexPatternSet = original(self, **settings)
    made.description = settings["description"] or ""
    return made


@around(WAFV2Backend)
def delete_regex_pattern_set(original: Any, self: Any, **which: Any) -> None:
    """AWS: a set in use stays; moto: it goes."""
    _refuse_used(self, self.get_regex_pattern_set(which["name"], which["scope"], which["id"]).arn)
    original(self, **which)


@around(WAFV2Backend)
def delete_ip_set(original: Any, self: Any, name: str, scope: str, _id: str, lock_token: str) -> None:
    """AWS: a set in use stays; moto: it goes."""
    _refuse_used(self, self.get_ip_set(name, scope, _id).arn)
    original(self, name, scope, _id, lock_token)


def _require_room(rules: Sequence[Mapping[str, Any]], capacity: int) -> None:
    needed = _capacity.of_rules(rules, {})
    if needed > capacity:
        raise WAFv2ClientError(
            "WAFLimitsExceededException",
            "AWS WAF couldn’t perform the operation because you exceeded your resource limit: the rules need "
            f"{needed} WCU, the group has {capacity}.",
        )


def _require_few(patterns: Sequence[Any] | None) -> None:
    if len(patterns or ()) > _MOST_PATTERNS:
        raise WAFv2ClientError(
            "WAFLimitsExceededException",
            "AWS WAF couldn’t perform the operation because you exceeded your resource limit: "
            f"{len(patterns or ())} patterns, a set holds {_MOST_PATTERNS}.",
        )


def _refuse_used(self: Any, arn: str) -> None:
    for holder in (*self.wacls.values(), *self.rule_groups.values()):
        if arn in json.dumps([rule.to_dict() for rule in holder.rules]):
            raise WAFv2ClientError(
                "WAFAssociatedItemException",
                "AWS WAF couldn’t perform the operation because your resource is being used by another resource or "
                "it’s associated with another resource.",
            )
