"""Subscription filters of log groups, as CloudWatch Logs answers them."""

from __future__ import annotations

from typing import Any

from moto.logs.exceptions import InvalidParameterException, ResourceNotFoundException
from moto.logs.models import SubscriptionFilter
from moto.logs.responses import LogsResponse

from simcloud.patches import around

_SAID = ("distribution", "applyOnTransformedLogs", "emitSystemFields")


@around(LogsResponse)
def put_subscription_filter(original: Any, self: Any) -> str:
    """AWS: both filters of a group can be changed, and all that is said is kept; moto: neither."""
    group = self.logs_backend.groups.get(self._get_param("logGroupName"))
    if group is None:
        raise ResourceNotFoundException
    filters, name = group.subscription_filters, self._get_param("filterName")
    held = filters.pop(name, None)
    try:
        answer = _put_to_destination(self, group) if _is_logical(self) else str(original(self))
    except Exception:
        if held is not None:
            filters[name] = held
        raise
    filters[name].said = {key: self._get_param(key) for key in _SAID if self._get_param(key) is not None}
    return answer


def _is_logical(response: Any) -> bool:
    return str(response._get_param("destinationArn")).split(":")[2:3] == ["logs"]


def _put_to_destination(response: Any, group: Any) -> str:
    """AWS: a logical destination is looked up; moto: takes it for a log group."""
    arn = response._get_param("destinationArn")
    if not any(destination.arn == arn for destination in response.logs_backend.destinations.values()):
        raise InvalidParameterException(f"Could not deliver test message to specified destination {arn}.")
    pattern, role = response._get_param("filterPattern"), response._get_param("roleArn")
    group.put_subscription_filter(response._get_param("filterName"), pattern, arn, role)
    return ""


@around(SubscriptionFilter)
def to_json(original: Any, self: Any) -> dict[str, Any]:
    """AWS: tells what was said, and no role if there is none; moto: not."""
    told = {**original(self), **getattr(self, "said", {})}
    return {key: value for key, value in told.items() if value is not None}
