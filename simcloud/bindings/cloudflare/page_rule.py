from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.resources.page_rules import COLLECTION, pattern_of
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_FLAGS = frozenset(
    {"always_use_https", "disable_apps", "disable_performance", "disable_security", "disable_zaraz"}
)
"""Actions without a value: they are there, or not."""


class PageRule(CloudflareBinding):
    """An URL pattern and what happens to requests for it: the API has lists where the provider has properties."""

    token = "cloudflare:index/pageRule:PageRule"
    resource = COLLECTION
    replaces = frozenset({"zoneId"})
    renamed = {"checkPresences": "check_presence", "includes": "include", "excludes": "exclude"}

    def request(self, ctx: Context, new: Props) -> Params:
        said = super().request(ctx, {**new, "target": None})
        target = {"target": "url", "constraint": {"operator": "matches", "value": new["target"]}}
        return {**said, "targets": [target], "actions": _listed(said["actions"])}

    def outputs(self, answer: Any, given: Props) -> Props:
        actions = {item["id"]: item.get("value", True) for item in answer["actions"]}
        found = super().outputs({**answer, "actions": actions}, given)
        return {**found, "target": pattern_of(answer)}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from super().rules(ctx, new)
        if isinstance(new["target"], str) and "." not in new["target"]:
            yield self.refusal(
                ApiError(1004, f"Page Rule validation failed: {new['target']!r} names no host", "target")
            )


def _listed(actions: Value) -> Value:
    if not isinstance(actions, Mapping):
        return actions
    return [
        {"id": name} if name in _FLAGS else {"id": name, "value": value}
        for name, value in actions.items()
        if not (name in _FLAGS and value is False)
    ]
