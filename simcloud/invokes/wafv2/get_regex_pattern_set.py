from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.wafv2 import _by_name
from simcloud.values import Props


def get_regex_pattern_set(ctx: Context, args: Props) -> Props:
    """A set of patterns by name and scope."""
    place = _by_name.find(ctx, args, "list_regex_pattern_sets", "RegexPatternSets", "RegexPatternSet")
    found = ctx.client("wafv2").get_regex_pattern_set(**place)["RegexPatternSet"]
    patterns = [{"regexString": item["RegexString"]} for item in found["RegularExpressionList"]]
    return {**_by_name.common(ctx, args, found), "regularExpressions": patterns}
