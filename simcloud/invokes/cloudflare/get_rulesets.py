from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudflare._asking import answered, ask, first, scope_of
from simcloud.values import Props

_NAMES = "description id kind lastUpdated name phase version"


def get_rulesets(ctx: Context, args: Props) -> Props:
    """The rulesets of a zone or an account."""
    found = first(ask(ctx, f"{scope_of(args)}/rulesets"), args)
    results = [answered(_NAMES, ruleset, {}) for ruleset in found]
    names = "accountId maxItems results rulesets zoneId"
    return answered(names, {}, args, results=results, rulesets=results)
