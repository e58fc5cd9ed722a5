"""Log groups as CloudWatch Logs answers them."""

from __future__ import annotations

from typing import Any

from moto.logs.exceptions import ResourceNotFoundException
from moto.logs.metric_filters import MetricFilters
from moto.logs.responses import LogsResponse

from simcloud.patches import adds, around


@around(MetricFilters)
def add_filter(
    original: Any, self: Any, filter_name: str, pattern: str, group: str, transformations: Any
) -> None:
    """AWS: a filter of the same name is replaced; moto: there are two."""
    self.metric_filters = [
        item
        for item in self.metric_filters
        if (item["filterName"], item["logGroupName"]) != (filter_name, group)
    ]
    original(self, filter_name, pattern, group, transformations)


@adds(LogsResponse)
def associate_kms_key(self: Any) -> str:
    """AWS: the group is encrypted with the key from now on; moto: not implemented."""
    _group(self).kms_key_id = self._get_param("kmsKeyId")
    return ""


@adds(LogsResponse)
def disassociate_kms_key(self: Any) -> str:
    """AWS: the group is encrypted by the service's own key again; moto: not implemented."""
    _group(self).kms_key_id = None
    return ""


def _group(response: Any) -> Any:
    groups = response.logs_backend.groups
    name = response._get_param("logGroupName")
    if name not in groups:
        raise ResourceNotFoundException
    return groups[name]
