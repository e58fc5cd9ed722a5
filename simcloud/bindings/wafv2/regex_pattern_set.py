from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.wafv2 import _scope
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# AWS: «AWS WAF quotas»: patterns in a set, characters of one; from memory, not verified.
_MOST, _LONGEST = 10, 200
# AWS: «Regex pattern set match rule statement»: what its engine lacks; from memory, not verified.
_UNSUPPORTED = (("(?=", "lookahead"), ("(?!", "lookahead"), ("(?<=", "lookbehind"), ("(?<!", "lookbehind"))


class RegexPatternSet(Binding):
    """Patterns that rules look for."""

    token = "aws:wafv2/regexPatternSet:RegexPatternSet"
    service = "wafv2"
    operation = "create_regex_pattern_set"
    parameters = {"RegularExpressionList": "regularExpressions"}
    replaces = frozenset({"name", "namePrefix", "scope"})
    faults = {"WAFDuplicateItemException": "name"}
    autoname = AutoName(limit=128)
    tagging = tagging.WAFV2

    def request(self, ctx: Context, new: Props) -> Params:
        return {"Name": new["name"], "Scope": new["scope"], **_contents(new)}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Summary"]["Id"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            waf, place = ctx.client("wafv2"), _place(identity, new)
            token = waf.get_regex_pattern_set(**place)["LockToken"]
            waf.update_regex_pattern_set(**place, **_contents(new), LockToken=token)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        place = _scope.locate(ctx, "list_regex_pattern_sets", "RegexPatternSets", identity)
        if place is None:
            return None
        answer = ctx.client("wafv2").get_regex_pattern_set(**place)
        found = answer["RegexPatternSet"]
        return {
            "arn": found["ARN"],
            "description": found.get("Description") or None,
            "lockToken": answer["LockToken"],
            "name": found["Name"],
            "namePrefix": given.get("namePrefix", ""),
            "regularExpressions": [
                {"regexString": item["RegexString"]} for item in found["RegularExpressionList"]
            ],
            "scope": place["Scope"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        waf, place = ctx.client("wafv2"), _place(identity, old)
        waf.delete_regex_pattern_set(**place, LockToken=waf.get_regex_pattern_set(**place)["LockToken"])

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _scope.own_id(identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _scope.problems(ctx, new)
        given = new.get("regularExpressions")
        patterns = given if isinstance(given, list) else []
        if len(patterns) > _MOST:
            yield Refusal(
                "WAFLimitsExceededException",
                f"A set holds {_MOST} patterns, not {len(patterns)}.",
                "regularExpressions",
            )
        for position, item in enumerate(patterns):
            text = item.get("regexString") if isinstance(item, Mapping) else None
            if isinstance(text, str):
                yield from _pattern_problems(text, f"regularExpressions[{position}].regexString")


def _place(identity: str, props: Props) -> Params:
    return {"Name": props["name"], "Scope": props["scope"], "Id": identity}


def _contents(new: Props) -> Params:
    given = new.get("regularExpressions") or []
    listed = (
        [{"RegexString": item["regexString"]} if isinstance(item, Mapping) else item for item in given]
        if isinstance(given, list)
        else given
    )
    return without_none({"Description": new.get("description"), "RegularExpressionList": listed})


def _pattern_problems(text: str, path: str) -> Iterator[Refusal]:
    problem = next((f"it uses {what}" for mark, what in _UNSUPPORTED if mark in text), "")
    if len(text) > _LONGEST:
        problem = f"it has {len(text)} characters, {_LONGEST} are allowed"
    try:
        re.compile(text)
    except re.error as error:
        problem = str(error)
    if problem:
        yield Refusal(
            "WAFInvalidParameterException",
            f"Error reason: The regular expression is not valid: {problem}, field: REGEX_PATTERN, parameter: {text}",
            path,
        )
