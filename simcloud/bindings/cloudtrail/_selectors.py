"""Which events a trail keeps, in the provider's words and in the API's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud import shapes
from simcloud.context import Context
from simcloud.schema import schema_of
from simcloud.values import Props, Value

_TOKEN = "aws:cloudtrail/trail:Trail"
_ALL_MANAGEMENT = [{"ReadWriteType": "All", "IncludeManagementEvents": True}]
_EVENTS = {"eventSelectors": "EventSelectors", "advancedEventSelectors": "AdvancedEventSelectors"}
_DEFAULTS = {"readWriteType": "All", "includeManagementEvents": True}


def write(ctx: Context, identity: str, new: Props, old: Props) -> None:
    """Set what changed; selectors that are no longer given become AWS's own."""
    trails = ctx.client("cloudtrail")
    if any(new.get(name) != old.get(name) for name in _EVENTS):
        said = {there: _params(ctx, there, new[here]) for here, there in _EVENTS.items() if new.get(here)}
        trails.put_event_selectors(TrailName=identity, **(said or {"EventSelectors": _ALL_MANAGEMENT}))
    if new.get("insightSelectors") != old.get("insightSelectors"):
        insights = [{"InsightType": item["insightType"]} for item in new.get("insightSelectors") or ()]
        trails.put_insight_selectors(TrailName=identity, InsightSelectors=insights)


def found(ctx: Context, identity: str, trail: Mapping[str, Any]) -> Props:
    """The selectors as properties; None where AWS's own are in place."""
    trails, schema = ctx.client("cloudtrail"), schema_of(_TOKEN)
    told = trails.get_event_selectors(TrailName=identity) if trail["HasCustomEventSelectors"] else {}
    insights = (
        trails.get_insight_selectors(TrailName=identity).get("InsightSelectors", [])
        if trail["HasInsightSelectors"]
        else []
    )
    return {
        **{
            here: shapes.answered(schema, here, _shape(ctx, there), told[there]) if told.get(there) else None
            for here, there in _EVENTS.items()
        },
        "insightSelectors": [{"insightType": item["InsightType"]} for item in insights] or None,
    }


def _params(ctx: Context, member: str, given: Value) -> Value:
    filled = [{**_DEFAULTS, **item} for item in given] if member == "EventSelectors" else given
    return shapes.params(_shape(ctx, member), filled)


def _shape(ctx: Context, member: str) -> Any:
    return ctx.client("cloudtrail").meta.service_model.shape_for(member)
