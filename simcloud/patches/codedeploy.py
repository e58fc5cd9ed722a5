"""CodeDeploy as AWS answers it."""

from __future__ import annotations

import uuid
from typing import Any

from moto.codedeploy.exceptions import CodeDeployException
from moto.codedeploy.models import CodeDeployBackend
from moto.codedeploy.responses import CodeDeployResponse
from moto.core.responses import ActionResult, EmptyResult

from simcloud.patches import adds, around

_CHANGEABLE = {
    "deploymentConfigName": "deployment_config_name",
    "ec2TagFilters": "ec2_tag_filters",
    "onPremisesInstanceTagFilters": "on_premises_instance_tag_filters",
    "autoScalingGroups": "auto_scaling_groups",
    "serviceRoleArn": "service_role_arn",
    "triggerConfigurations": "trigger_configurations",
    "alarmConfiguration": "alarm_configuration",
    "autoRollbackConfiguration": "auto_rollback_configuration",
    "outdatedInstancesStrategy": "outdated_instances_strategy",
    "deploymentStyle": "deployment_style",
    "blueGreenDeploymentConfiguration": "blue_green_deployment_configuration",
    "loadBalancerInfo": "load_balancer_info",
    "ec2TagSet": "ec2_tag_set",
    "ecsServices": "ecs_services",
    "onPremisesTagSet": "on_premises_tag_set",
    "terminationHookEnabled": "termination_hook_enabled",
}
_IN_PLACE = {"deploymentType": "IN_PLACE", "deploymentOption": "WITHOUT_TRAFFIC_CONTROL"}


@adds(CodeDeployResponse)
def update_application(self: Any) -> Any:
    """AWS: renames an application, its groups stay with it; moto: not implemented."""
    backend, old, new = (
        _backend(self),
        self._get_param("applicationName"),
        self._get_param("newApplicationName"),
    )
    application = backend.get_application(old)
    if new and new != old:
        if new in backend.applications:
            raise CodeDeployException("ApplicationAlreadyExistsException", f"{new} exists already.")
        application.application_name = new
        backend.applications[new] = backend.applications.pop(old)
        backend.deployment_groups[new] = backend.deployment_groups.pop(old, {})
        _move_tags(backend, f"application:{old}", f"application:{new}")
        for group in backend.deployment_groups[new]:
            _move_tags(backend, f"deploymentgroup:{old}/{group}", f"deploymentgroup:{new}/{group}")
    return EmptyResult()


@adds(CodeDeployResponse)
def delete_application(self: Any) -> Any:
    """AWS: removes an application with its groups, and says nothing if there is none; moto: not implemented."""
    backend, name = _backend(self), self._get_param("applicationName")
    backend.applications.pop(name, None)
    backend.tagger.delete_all_tags_for_resource(backend._application_arn(name))
    for group in backend.deployment_groups.pop(name, {}):
        backend.tagger.delete_all_tags_for_resource(backend._deployment_group_arn(name, group))
    return EmptyResult()


@around(CodeDeployBackend)
def create_deployment_group(original: Any, self: Any, *args: Any, **given: Any) -> Any:
    """AWS: knows its configurations; moto: takes any name."""
    _require_config(self, given.get("deployment_config_name"))
    return original(self, *args, **given)


@around(CodeDeployResponse)
def get_deployment_group(original: Any, self: Any) -> Any:
    """AWS: tells the alarms and the style; moto: neither."""
    answer = original(self)
    info = answer.result["deploymentGroupInfo"]
    group = _backend(self).get_deployment_group(info["applicationName"], info["deploymentGroupName"])
    name = getattr(group.deployment_config_name, "value", group.deployment_config_name)
    info["deploymentConfigName"] = (
        name if "." in str(name) or name in _configs(_backend(self)) else _own(name)
    )
    info["alarmConfiguration"] = group.alarm_configuration or {}
    info["deploymentStyle"] = {**_IN_PLACE, **(group.deployment_style or {})}
    info["outdatedInstancesStrategy"] = group.outdated_instances_strategy or "UPDATE"
    info["terminationHookEnabled"] = bool(group.termination_hook_enabled)
    return answer


@adds(CodeDeployResponse)
def update_deployment_group(self: Any) -> Any:
    """AWS: changes what is given; moto: not implemented."""
    backend, application = _backend(self), self._get_param("applicationName")
    old, new = self._get_param("currentDeploymentGroupName"), self._get_param("newDeploymentGroupName")
    group = backend.get_deployment_group(application, old)
    given = {name: self._get_param(name) for name in _CHANGEABLE}
    _require_config(backend, given["deploymentConfigName"])
    for name, value in given.items():
        if value is not None:
            setattr(group, _CHANGEABLE[name], value)
    if new and new != old:
        groups = backend.deployment_groups[application]
        if new in groups:
            raise CodeDeployException("DeploymentGroupAlreadyExistsException", f"{new} exists already.")
        groups[new] = groups.pop(old)
        group.deployment_group_name = new
        _move_tags(backend, f"deploymentgroup:{application}/{old}", f"deploymentgroup:{application}/{new}")
    return ActionResult({"hooksNotCleanedUp": []})


@adds(CodeDeployResponse)
def delete_deployment_group(self: Any) -> Any:
    """AWS: removes a group, and says nothing if there is none; moto: not implemented."""
    backend, application = _backend(self), self._get_param("applicationName")
    name = self._get_param("deploymentGroupName")
    backend.deployment_groups.get(application, {}).pop(name, None)
    backend.tagger.delete_all_tags_for_resource(backend._deployment_group_arn(application, name))
    return ActionResult({"hooksNotCleanedUp": []})


@adds(CodeDeployResponse)
def create_deployment_config(self: Any) -> Any:
    """AWS: keeps configurations of one's own; moto: not implemented."""
    configs, name = _configs(_backend(self)), self._get_param("deploymentConfigName")
    if name in configs:
        raise CodeDeployException("DeploymentConfigAlreadyExistsException", f"{name} exists already.")
    kept = {
        key: self._get_param(key)
        for key in ("computePlatform", "minimumHealthyHosts", "trafficRoutingConfig", "zonalConfig")
    }
    configs[name] = {
        "deploymentConfigName": name,
        "deploymentConfigId": str(uuid.uuid4()),
        **{key: value for key, value in kept.items() if value is not None},
    }
    return ActionResult({"deploymentConfigId": configs[name]["deploymentConfigId"]})


@adds(CodeDeployResponse)
def get_deployment_config(self: Any) -> Any:
    """AWS: tells what a configuration holds; moto: not implemented."""
    name = self._get_param("deploymentConfigName")
    _require_config(_backend(self), name)
    own = {"deploymentConfigName": name, "deploymentConfigId": f"00000000-0000-0000-0000-{0:012d}"}
    return ActionResult({"deploymentConfigInfo": _configs(_backend(self)).get(name) or own})


@adds(CodeDeployResponse)
def delete_deployment_config(self: Any) -> Any:
    """AWS: removes a configuration that no group uses; moto: not implemented."""
    backend, name = _backend(self), self._get_param("deploymentConfigName")
    groups = [group for held in backend.deployment_groups.values() for group in held.values()]
    if any(group.deployment_config_name == name for group in groups):
        raise CodeDeployException(
            "DeploymentConfigInUseException", f"{name} is in use by a deployment group."
        )
    _configs(backend).pop(name, None)
    return EmptyResult()


def _backend(self: Any) -> Any:
    return self.codedeploy_backend


def _configs(backend: Any) -> dict[str, Any]:
    configs: dict[str, Any] = vars(backend).setdefault("deployment_configs", {})
    return configs


def _own(name: Any) -> str:
    return f"CodeDeployDefault.{name}"


def _require_config(backend: Any, name: Any) -> None:
    if isinstance(name, str) and not name.startswith("CodeDeployDefault.") and name not in _configs(backend):
        raise CodeDeployException(
            "DeploymentConfigDoesNotExistException", f"No Deployment Configuration found for name: {name}"
        )


def _move_tags(backend: Any, old: str, new: str) -> None:
    tags = backend.tagger.list_tags_for_resource(backend._arn(old))["Tags"]
    backend.tagger.delete_all_tags_for_resource(backend._arn(old))
    if tags:
        backend.tagger.tag_resource(backend._arn(new), tags)
