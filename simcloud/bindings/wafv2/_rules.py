"""What WAF refuses in the rules of web ACLs and rule groups."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from simcloud.bindings.wafv2 import _managed_groups, _scope
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value, as_document

# AWS: RateBasedStatement.EvaluationWindowSec, WAFV2 API reference (botocore 1.44.5), read 2026-11.
_WINDOWS = (60, 120, 300, 600)
# AWS: «cannot nest» in the WAFV2 API reference of each (botocore 1.44.5), read 2026-11.
_TOP_ONLY = frozenset({"rateBasedStatement", "managedRuleGroupStatement", "ruleGroupReferenceStatement"})
_OF_GROUPS = frozenset({"managedRuleGroupStatement", "ruleGroupReferenceStatement"})
_REFERRING = {
    "ipSetReferenceStatement": ("list_ip_sets", "IPSets"),
    "ruleGroupReferenceStatement": ("list_rule_groups", "RuleGroups"),
    "regexPatternSetReferenceStatement": ("list_regex_pattern_sets", "RegexPatternSets"),
}
# What an aggregation needs besides its name.
_AGGREGATION_NEEDS = {
    "CUSTOM_KEYS": "customKeys",
    "FORWARDED_IP": "forwardedIpConfig",
    "CONSTANT": "scopeDownStatement",
}


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything wrong with the rules of a web ACL, as far as it is known."""
    if len(_kinds(new["defaultAction"])) != 1:
        yield _invalid("Exactly one of allow and block is needed.", "defaultAction", "DEFAULT_ACTION", "")
    yield from rule_problems(ctx, new, "ruleJson")


def rule_problems(ctx: Context, new: Props, json_name: str) -> Iterator[Refusal]:
    """Everything wrong with `rules`, or with the JSON that stands for them under `json_name`."""
    yield from _choice_problems(new, json_name)
    rules = new.get("rules")
    if not isinstance(rules, list):
        return
    known = [(f"rules[{position}]", rule) for position, rule in enumerate(rules) if isinstance(rule, Mapping)]
    yield from _twice(known, "priority", "You have used the same priority for more than one rule.")
    yield from _twice(known, "name", "You have used the same name for more than one rule.")
    bodies = new.get("customResponseBodies") or []
    for path, rule in known:
        yield from _of_rule(ctx, rule, path)
        if not isinstance(bodies, Unknown):
            yield from _body_problems(rule, bodies, path)


def _choice_problems(new: Props, json_name: str) -> Iterator[Refusal]:
    text = new.get(json_name)
    if text is not None and new.get("rules"):
        yield _invalid(f"rules and {json_name} exclude each other.", json_name, "RULE", "")
    if isinstance(text, str) and not isinstance(as_document(text), list):
        yield _invalid(f"{json_name} is not a JSON list of rules.", json_name, "RULE", text[:60])


def _twice(rules: list[tuple[str, Mapping[str, Value]]], key: str, message: str) -> Iterator[Refusal]:
    counts = Counter(rule[key] for _, rule in rules if not isinstance(rule.get(key), Unknown))
    seen = set()
    for path, rule in rules:
        value = rule.get(key)
        if not isinstance(value, Unknown) and counts[value] > 1 and value in seen:
            yield _invalid(message, f"{path}.{key}", f"RULE_{key.upper()}", str(value))
        seen.add(value)


def _of_rule(ctx: Context, rule: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    statement = rule.get("statement")
    if not isinstance(statement, Mapping):
        if statement is None:
            yield _invalid(
                "A rule needs a statement.", f"{path}.statement", "STATEMENT", str(rule.get("name"))
            )
        return
    yield from _statement_problems(ctx, statement, f"{path}.statement", nested=False)
    wanted, other = "action", "overrideAction"
    if _OF_GROUPS & _kinds(statement):
        wanted, other = other, wanted
    if rule.get(other) is not None or rule.get(wanted) is None:
        yield _invalid(
            f"A rule with this statement needs {wanted}, and {other} must not be given.",
            f"{path}.{other if rule.get(other) is not None else wanted}",
            "RULE_ACTION",
            str(rule.get("name")),
        )
    for kind in (wanted, other):
        action = rule.get(kind)
        if isinstance(action, Mapping) and len(_kinds(action)) != 1:
            yield _invalid(f"{kind} must say exactly one thing.", f"{path}.{kind}", "RULE_ACTION", "")


def _statement_problems(
    ctx: Context, statement: Mapping[str, Value], path: str, *, nested: bool
) -> Iterator[Refusal]:
    kinds = _kinds(statement)
    if len(kinds) != 1:
        said = ", ".join(sorted(kinds)) or "none"
        yield _invalid(f"A statement must be of exactly one kind, this has {said}.", path, "STATEMENT", said)
    for kind in sorted(kinds):
        here, details = f"{path}.{kind}", statement[kind]
        if nested and kind in _TOP_ONLY:
            yield _invalid(f"A {kind} cannot stand inside another statement.", here, "STATEMENT", kind)
        if isinstance(details, Mapping):
            yield from _detail_problems(ctx, kind, details, here)
            yield from _inner_problems(ctx, details, here)


def _detail_problems(ctx: Context, kind: str, details: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    if kind == "rateBasedStatement":
        yield from _rate_problems(details, path)
    elif kind == "managedRuleGroupStatement":
        yield from _group_problems(details, path)
    elif kind in _REFERRING:
        yield from _reference_problems(ctx, kind, details.get("arn"), path)
    elif kind in ("andStatement", "orStatement"):
        statements = details.get("statements")
        if isinstance(statements, list) and len(statements) < 2:
            yield _invalid(
                f"A {kind} joins at least two statements.", f"{path}.statements", "STATEMENT", kind
            )
    yield from _header_problems(details, path)


def _inner_problems(ctx: Context, details: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    """Statements inside this one."""
    inner = [(key, details.get(key)) for key in ("scopeDownStatement", "statement")]
    statements = details.get("statements")
    if isinstance(statements, list):
        inner += [(f"statements[{position}]", statement) for position, statement in enumerate(statements)]
    for where, statement in inner:
        if isinstance(statement, Mapping):
            yield from _statement_problems(ctx, statement, f"{path}.{where}", nested=True)


def _rate_problems(details: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    window = details.get("evaluationWindowSec", 300)
    if not isinstance(window, Unknown) and int(window) not in _WINDOWS:
        yield _invalid(
            f"The evaluation window is one of {', '.join(map(str, _WINDOWS))} seconds.",
            f"{path}.evaluationWindowSec",
            "RATE_BASED_STATEMENT",
            str(window),
        )
    needed = _AGGREGATION_NEEDS.get(str(details.get("aggregateKeyType")))
    if needed is not None and not details.get(needed):
        yield _invalid(
            f"aggregateKeyType {details['aggregateKeyType']} needs {needed}.",
            f"{path}.{needed}",
            "RATE_BASED_STATEMENT",
            str(details["aggregateKeyType"]),
        )


def _group_problems(details: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    name = details.get("name")
    if details.get("vendorName") == "AWS" and isinstance(name, str) and name not in _managed_groups.AWS:
        near = difflib.get_close_matches(name, _managed_groups.AWS, n=1)
        yield Refusal(
            "WAFNonexistentItemException",
            "AWS WAF couldn’t perform the operation because your resource doesn’t exist: "
            f"AWS has no managed rule group {name}." + (f" Did you mean {near[0]}?" if near else ""),
            f"{path}.name",
        )


def _reference_problems(ctx: Context, kind: str, arn: Value, path: str) -> Iterator[Refusal]:
    if isinstance(arn, str) and not _scope.by_arn(ctx, *_REFERRING[kind], arn):
        yield Refusal(
            "WAFNonexistentItemException",
            f"AWS WAF couldn’t perform the operation because your resource doesn’t exist: {arn}.",
            f"{path}.arn",
        )


def _header_problems(details: Mapping[str, Value], path: str) -> Iterator[Refusal]:
    # The provider refuses what WAF would answer in lower case; per provider source, not verified.
    field = details.get("fieldToMatch")
    if isinstance(field, Mapping) and len(_kinds(field)) != 1:
        said = ", ".join(sorted(_kinds(field))) or "none"
        text = f"Exactly one part of the request is looked at, this has {said}."
        yield _invalid(text, f"{path}.fieldToMatch", "FIELD_TO_MATCH", said)
    header = field.get("singleHeader") if isinstance(field, Mapping) else None
    name = header.get("name") if isinstance(header, Mapping) else None
    if isinstance(name, str) and not re.fullmatch(r"[0-9a-z_-]+", name):
        yield Refusal(
            "InvalidParameterValue",
            f"header {name!r}: only lowercase letters, digits, underscores and hyphens are allowed.",
            f"{path}.fieldToMatch.singleHeader.name",
        )


def _body_problems(rule: Mapping[str, Value], bodies: list[Value], path: str) -> Iterator[Refusal]:
    value: Value = rule
    steps = ("action", "block", "customResponse", "customResponseBodyKey")
    for step in steps:
        value = value.get(step) if isinstance(value, Mapping) else None
    if isinstance(value, str) and value not in [
        body.get("key") for body in bodies if isinstance(body, Mapping)
    ]:
        yield _invalid(
            "There is no custom response body of this key.",
            f"{path}.{'.'.join(steps)}",
            "CUSTOM_RESPONSE_BODY",
            value,
        )


def _kinds(choice: Value) -> frozenset[str]:
    if not isinstance(choice, Mapping):
        return frozenset({"?"})
    return frozenset(kind for kind, value in choice.items() if value is not None)


def _invalid(reason: str, path: str, field: str, parameter: str) -> Refusal:
    return Refusal(
        "WAFInvalidParameterException",
        f"Error reason: {reason}, field: {field}, parameter: {parameter}".replace("., field", ", field"),
        path,
    )
