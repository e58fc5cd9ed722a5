"""Deliveries of other services' logs as CloudWatch Logs keeps them."""

from __future__ import annotations

from typing import Any

from moto.backends import get_backend
from moto.logs.exceptions import ConflictException, ResourceNotFoundException
from moto.logs.models import LogsBackend
from moto.logs.responses import LogsResponse

from simcloud.patches import adds, around


@around(LogsBackend)
def put_delivery_source(
    original: Any, self: Any, name: str, resource_arn: str, *rest: Any, **more: Any
) -> Any:
    """AWS: the resource exists, and a renewed source keeps its deliveries; moto: looks at no resource."""
    if ":cloudfront::" in resource_arn:
        known = get_backend("cloudfront")[self.account_id]["aws"].distributions.values()
        if resource_arn not in [distribution.arn for distribution in known]:
            raise ResourceNotFoundException(msg=f"The resource {resource_arn} does not exist.")
    return original(self, name, resource_arn, *rest, **more)


@around(LogsBackend)
def put_delivery_destination(original: Any, self: Any, name: str, *rest: Any, **more: Any) -> Any:
    """AWS: a changed destination keeps its format and policy; moto: loses both."""
    known = self.delivery_destinations.get(name)
    made = original(self, name, *rest, **more)
    if known is not None:
        made.policy, made.output_format = known.policy, made.output_format or known.output_format
    return made


@adds(LogsResponse)
def update_delivery_configuration(self: Any) -> str:
    """AWS: changes what is delivered, and how; moto: does not know the call."""
    delivery = self.logs_backend.get_delivery(self._get_param("id"))
    for name, attribute in _CHANGEABLE.items():
        if self._get_param(name) is not None:
            setattr(delivery, attribute, self._get_param(name))
    return "{}"


@around(LogsBackend)
def delete_delivery_source(original: Any, self: Any, name: str) -> None:
    """AWS: a source with deliveries stays; moto: it goes."""
    if name in [delivery.delivery_source_name for delivery in self.deliveries.values()]:
        raise ConflictException(msg="This resource is associated with a delivery: delete that first.")
    original(self, name)


@around(LogsBackend)
def delete_delivery_destination(original: Any, self: Any, name: str) -> None:
    """AWS: a destination with deliveries stays; moto: it goes."""
    arn = self.get_delivery_destination(name).arn
    if arn in [delivery.delivery_destination_arn for delivery in self.deliveries.values()]:
        raise ConflictException(msg="This resource is associated with a delivery: delete that first.")
    original(self, name)


_CHANGEABLE = {
    "recordFields": "record_fields",
    "fieldDelimiter": "field_delimiter",
    "s3DeliveryConfiguration": "s3_delivery_configuration",
}
