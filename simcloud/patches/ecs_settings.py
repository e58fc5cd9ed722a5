"""Settings and capacity of an account as ECS keeps them."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ecs.exceptions import EcsClientException, InvalidParameterException
from moto.ecs.models import CapacityProvider, EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse

from simcloud.patches import adds, around

# AWS: «Account settings», ECS Developer Guide: what is in force if nobody said otherwise; from memory, not verified.
_DEFAULTS = {
    "serviceLongArnFormat": "enabled",
    "taskLongArnFormat": "enabled",
    "containerInstanceLongArnFormat": "enabled",
    "awsvpcTrunking": "disabled",
    "containerInsights": "disabled",
    "dualStackIPv6": "disabled",
    "fargateFIPSMode": "disabled",
    "fargateTaskRetirementWaitPeriod": "7",
    "guardDutyActivate": "off",
    "tagResourceAuthorization": "off",
    "defaultLogDriverMode": "non-blocking",
    "fargateEventWindows": "disabled",
}


@adds(EC2ContainerServiceResponse)
def put_account_setting_default(self: Any) -> Any:
    """AWS: a setting for all users of the account; moto: not implemented."""
    name, value = self._get_param("name"), self._get_param("value")
    if name.endswith("LongArnFormat") and value == "disabled":
        raise InvalidParameterException("You can no longer disable Long Arn settings.")
    self.ecs_backend.put_account_setting(name, value)
    return ActionResult({"setting": _setting(self, name)})


@around(EC2ContainerServiceResponse)
def list_account_settings(original: Any, self: Any) -> Any:
    """AWS: tells what is in force, whoever said it; moto: knows half of the settings."""
    name, value = self._get_param("name"), self._get_param("value")
    effective = self._get_bool_param("effectiveSettings", False)
    held = list(_DEFAULTS) if effective else list(self.ecs_backend.account_settings)
    found = [_setting(self, item) for item in held if name in (None, item)]
    return ActionResult({"settings": [item for item in found if value in (None, item["value"])]})


def _setting(self: Any, name: str) -> dict[str, str]:
    held = self.ecs_backend.account_settings.get(name)
    value = held.value if held is not None else _DEFAULTS[name]
    principal = f"arn:aws:iam::{self.current_account}:root"
    return {"name": name, "value": value, "principalArn": principal, "type": "user"}


@around(EC2ContainerServiceBackend)
def create_capacity_provider(original: Any, self: Any, name: str, *args: Any, **given: Any) -> Any:
    """AWS: a name is given once; moto: the last one wins."""
    if name in self.capacity_providers:
        raise EcsClientException(f"The specified capacity provider already exists: {name}.")
    return original(self, name, *args, **given)


@around(EC2ContainerServiceBackend)
def delete_capacity_provider(original: Any, self: Any, name_or_arn: str) -> Any:
    """AWS: a capacity provider that a cluster has stays; moto: it goes, and one that is not there is a fault."""
    provider = self._get_provider(name_or_arn)
    if provider is None:
        raise EcsClientException("The specified capacity provider does not exist.")
    for cluster in self.clusters.values():
        if cluster.status == "ACTIVE" and provider.name in (cluster.capacity_providers or ()):
            raise EcsClientException(
                "The capacity provider cannot be deleted because it is associated with cluster: "
                + cluster.name
            )
    return original(self, name_or_arn)


@around(CapacityProvider)
def update(original: Any, self: Any, asg_details: dict[str, Any]) -> None:
    """AWS: changes how instances are drained; moto: drops it."""
    original(self, asg_details)
    if "managedDraining" in asg_details:
        self.auto_scaling_group_provider["managedDraining"] = asg_details["managedDraining"]


@around(EC2ContainerServiceBackend)
def put_cluster_capacity_providers(
    original: Any, self: Any, cluster_name: str, capacity_providers: list[str], *args: Any, **given: Any
) -> Any:
    """AWS: a cluster takes capacity that exists; moto: any name."""
    for name in capacity_providers or ():
        if name not in ("FARGATE", "FARGATE_SPOT") and self._get_provider(name) is None:
            raise InvalidParameterException(f"The specified capacity provider {name} was not found.")
    return original(self, cluster_name, capacity_providers, *args, **given)
