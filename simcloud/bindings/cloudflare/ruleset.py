from __future__ import annotations

from simcloud.bindings.cloudflare._scoped import ScopedBinding
from simcloud.cloudflare.resources.rulesets import ACCOUNT, ZONE


class Ruleset(ScopedBinding):
    """Rules of one phase."""

    token = "cloudflare:index/ruleset:Ruleset"
    resource = ZONE
    of_account = ACCOUNT
    replaces = frozenset({"zoneId", "accountId", "kind", "phase", "name"})
    renamed = {
        "checkPresences": "check_presence",
        "includes": "include",
        "lists": "list",
        "statusCodeTtls": "status_code_ttl",
    }
