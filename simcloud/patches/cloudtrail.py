"""Trails as CloudTrail answers them."""

from __future__ import annotations

import json
from typing import Any

from moto.cloudtrail.models import CloudTrailBackend, Trail
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.exceptions import JsonRESTError

from simcloud.patches import around

_MANAGEMENT = [
    {
        "ReadWriteType": "All",
        "IncludeManagementEvents": True,
        "DataResources": [],
        "ExcludeManagementEventSources": [],
    }
]


@around(CloudTrailBackend)
def create_trail(original: Any, self: Any, name: str, *rest: Any) -> Any:
    """AWS: names are unique; moto: overwrites."""
    if name in self.trails:
        raise JsonRESTError(
            "TrailAlreadyExistsException", f"Trail {name} already exists for customer: {self.account_id}"
        )
    return original(self, name, *rest)


@around(CloudTrailBackend)
def delete_trail(original: Any, self: Any, name: str) -> None:
    """AWS: takes an ARN as well, and says that there is none; moto: does nothing."""
    original(self, self.get_trail(name).trail_name)


@around(CloudTrailResponse)
def get_trail(original: Any, self: Any) -> str:
    """AWS: tells where the trail is at home; moto: does not."""
    told = json.loads(original(self))
    return json.dumps({"Trail": {**told["Trail"], "HomeRegion": self.region}})


@around(Trail)
def description(original: Any, self: Any, include_region: bool = False) -> dict[str, Any]:
    """AWS: tells that there are selectors, and nothing of what is empty; moto: the other way round."""
    custom = bool(self.advanced_event_selectors) or self.event_selectors not in ([], _MANAGEMENT)
    told = {
        **original(self, include_region),
        "HasCustomEventSelectors": custom,
        "HasInsightSelectors": bool(self.insight_selectors),
    }
    return {key: value for key, value in told.items() if value not in (None, "")}


@around(Trail)
def put_event_selectors(original: Any, self: Any, basic: Any, advanced: Any) -> None:
    """AWS: one kind takes the place of the other; moto: the basic ones stand beside the advanced."""
    self.event_selectors, self.advanced_event_selectors = basic or [], advanced or []


@around(Trail)
def get_event_selectors(original: Any, self: Any) -> Any:
    """AWS: a new trail has the events of management; moto: none."""
    if not self.event_selectors and not self.advanced_event_selectors:
        return _MANAGEMENT, []
    return self.event_selectors, self.advanced_event_selectors


@around(Trail)
def put_insight_selectors(original: Any, self: Any, insight_selectors: list[dict[str, str]]) -> None:
    """AWS: replaces; moto: adds."""
    self.insight_selectors = list(insight_selectors)


def _topic_arn(trail: Any) -> str | None:
    """AWS: a topic is named by name or ARN; moto: by name."""
    name = trail.sns_topic_name
    if not name or name.startswith("arn:"):
        return name or None
    return f"arn:{trail.partition}:sns:{trail.region_name}:{trail.account_id}:{name}"


Trail.topic_arn = property(_topic_arn)  # type: ignore[method-assign,assignment]
