"""Data protection policies, as CloudWatch Logs answers them."""

from __future__ import annotations

import json
from typing import Any

from moto.core.utils import unix_time_millis, utcnow
from moto.logs.exceptions import ResourceNotFoundException
from moto.logs.responses import LogsResponse

from simcloud.patches import adds


@adds(LogsResponse)
def put_data_protection_policy(self: Any) -> str:
    """AWS: masks what the policy names, from now on; moto: not implemented."""
    group = _group(self)
    group.data_protection = {
        "logGroupIdentifier": group.name,
        "policyDocument": self._get_param("policyDocument"),
        "lastUpdatedTime": int(unix_time_millis(utcnow())),
    }
    return json.dumps(group.data_protection)


@adds(LogsResponse)
def get_data_protection_policy(self: Any) -> str:
    """AWS: tells the policy, or only the group if it has none; moto: not implemented."""
    group = _group(self)
    return json.dumps(getattr(group, "data_protection", None) or {"logGroupIdentifier": group.name})


@adds(LogsResponse)
def delete_data_protection_policy(self: Any) -> str:
    """AWS: masks no longer; moto: not implemented."""
    _group(self).data_protection = None
    return ""


def _group(response: Any) -> Any:
    """By name or ARN."""
    name = str(response._get_param("logGroupIdentifier")).rsplit(":log-group:", 1)[-1].removesuffix(":*")
    groups = response.logs_backend.groups
    if name not in groups:
        raise ResourceNotFoundException
    return groups[name]
