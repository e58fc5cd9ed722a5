from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.wafv2 import _by_name
from simcloud.values import Props


def get_rule_group(ctx: Context, args: Props) -> Props:
    """A rule group by name and scope."""
    place = _by_name.find(ctx, args, "list_rule_groups", "RuleGroups", "RuleGroup")
    return _by_name.common(ctx, args, ctx.client("wafv2").get_rule_group(**place)["RuleGroup"])
