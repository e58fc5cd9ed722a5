"""How much of a web ACL's capacity its rules need, in web ACL capacity units (WCU).

AWS: «Web ACL capacity units» and the pages of the statements, WAF developer guide; the numbers per general knowledge,
not verified against AWS.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from simcloud.bindings.wafv2 import _managed_groups

LIMIT = 5_000

_BASE = {
    "AsnMatchStatement": 1,
    "GeoMatchStatement": 1,
    "IPSetReferenceStatement": 1,
    "LabelMatchStatement": 1,
    "NotStatement": 1,
    "RateBasedStatement": 2,
    "RegexMatchStatement": 3,
    "RegexPatternSetReferenceStatement": 25,
    "SizeConstraintStatement": 1,
    "SqliMatchStatement": 20,
    "XssMatchStatement": 40,
}
_WHOLE = frozenset({"EXACTLY", "STARTS_WITH", "ENDS_WITH"})
_TRANSFORMATION, _ALL_ARGUMENTS, _CUSTOM_KEY, _THOROUGH_SQLI = 10, 10, 30, 30


def of_rules(rules: Iterable[Mapping[str, Any]], groups: Mapping[str, int]) -> int:
    """The sum over `rules`, which are in the API's words; `groups` are the capacities of rule groups by ARN."""
    statements = [rule.get("Statement") or {} for rule in rules]
    named = [statement.get("RuleGroupReferenceStatement") or {} for statement in statements]
    return sum(groups.get(group.get("ARN", ""), 0) for group in named) + sum(map(_of_statement, statements))


def _of_statement(statement: Mapping[str, Any]) -> int:
    return sum(_of_kind(kind, details) for kind, details in statement.items() if details)


def _of_kind(kind: str, details: Mapping[str, Any]) -> int:
    inner = sum(_of_statement(nested) for nested in _nested(details))
    if kind == "ManagedRuleGroupStatement":
        return inner + _managed_groups.AWS.get(details.get("Name", ""), 0)
    field = details.get("FieldToMatch") or {}
    base = _base(kind, details) * (2 if "JsonBody" in field else 1)
    keys = _CUSTOM_KEY * len(details.get("CustomKeys") or ())
    return inner + base + keys + _of_field(field, details)


def _base(kind: str, details: Mapping[str, Any]) -> int:
    if kind == "ByteMatchStatement":
        return 2 if details.get("PositionalConstraint") in _WHOLE else 10
    if kind == "SqliMatchStatement" and details.get("SensitivityLevel") == "HIGH":
        return _THOROUGH_SQLI
    return _BASE.get(kind, 0)


def _of_field(field: Mapping[str, Any], details: Mapping[str, Any]) -> int:
    changes = {
        item["Type"]
        for item in details.get("TextTransformations") or ()
        if item.get("Type") not in (None, "NONE")
    }
    return _TRANSFORMATION * len(changes) + (_ALL_ARGUMENTS if "AllQueryArguments" in field else 0)


def _nested(details: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from details.get("Statements") or ()
    for key in ("Statement", "ScopeDownStatement"):
        if details.get(key):
            yield details[key]
