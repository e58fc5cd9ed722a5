"""Services as ECS answers them."""

from __future__ import annotations

from copy import copy
from typing import Any

from moto.core.utils import camelcase_to_underscores, utcnow
from moto.ec2.models import ec2_backends
from moto.ecs import models
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import EC2ContainerServiceBackend, Service
from moto.ecs.responses import EC2ContainerServiceResponse

from simcloud.patches import around

_LOST = (
    "availabilityZoneRebalancing", "capacityProviderStrategy", "deploymentConfiguration", "enableECSManagedTags",
    "enableExecuteCommand", "healthCheckGracePeriodSeconds", "placementConstraints", "placementStrategy",
    "serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations",
)  # fmt: skip
_OF_DEPLOYMENTS = (
    "capacityProviderStrategy", "serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations",
)  # fmt: skip


@around(EC2ContainerServiceBackend)
def list_clusters(original: Any, self: Any) -> list[str]:
    """AWS: a deleted cluster can be described for a while, but is not listed; moto: it is."""
    deleted = {cluster.arn for cluster in self.clusters.values() if cluster.status == "INACTIVE"}
    return [arn for arn in original(self) if arn not in deleted]


@around(EC2ContainerServiceResponse)
def create_service(original: Any, self: Any) -> Any:
    """AWS: a name is given once, every setting is kept and the tasks start; moto: nothing of that."""
    _require_new(self)
    answer = original(self)
    service = answer.result["service"]
    for name in _LOST:
        if (value := self._get_param(name)) is not None:
            setattr(service, camelcase_to_underscores(name), value)
    if self._get_param("capacityProviderStrategy"):
        service.launch_type = None
    _settle(service)
    return answer


@around(EC2ContainerServiceResponse)
def update_service(original: Any, self: Any) -> Any:
    """AWS: a new task definition is a new deployment, which ends; moto: the old deployment goes on for ever."""
    _require_own_controller(self)
    answer = original(self)
    _settle(answer.result["service"])
    return answer


@around(EC2ContainerServiceBackend)
def _calculate_task_resource_requirements(original: Any, self: Any, task_definition: Any) -> Any:
    """AWS: on Fargate the task has its size and a container need not; moto: such a task cannot be run."""
    sized = copy(task_definition)
    sized.container_definitions = [
        container if {"memory", "memoryReservation"} & container.keys() else {**container, "memory": 0}
        for container in task_definition.container_definitions
    ]
    return original(sized)


def _address_of_the_subnet() -> None:
    """AWS: a task has a free address of its subnet, which our EC2 finds when none is named; moto: any."""


vars(models).update(random_private_ip=_address_of_the_subnet)


def _require_new(self: Any) -> None:
    cluster, name = self._get_param("cluster", "default").rsplit("/", 1)[-1], self._get_param("serviceName")
    held = self.ecs_backend.services.get(f"{cluster}:{name}")
    if held is not None and held.status == "ACTIVE":
        raise InvalidParameterException("Creation of service was not idempotent.")


def _require_own_controller(self: Any) -> None:
    cluster = self._get_param("cluster", "default").rsplit("/", 1)[-1]
    name = self._get_param("service").rsplit("/", 1)[-1]
    held = self.ecs_backend.services.get(f"{cluster}:{name}")
    if self._get_param("deploymentController"):
        return
    if held is None or held.deployment_controller["type"] != "CODE_DEPLOY":
        return
    for parameter in ("taskDefinition", "loadBalancers", "networkConfiguration", "platformVersion"):
        if self._get_param(parameter) is not None:
            raise InvalidParameterException(
                f"Unable to update {parameter} on services with a CODE_DEPLOY deployment controller. Use AWS "
                "CodeDeploy to trigger a new deployment."
            )


def _settle(service: Any) -> None:
    """The state after a successful deployment: all tasks run the new definition."""
    service.running_count, service.pending_count = service.desired_count, 0
    for deployment in service.deployments:
        deployment.update(
            desiredCount=service.desired_count,
            runningCount=service.desired_count,
            pendingCount=0,
            taskDefinition=service.task_definition,
            rolloutState="COMPLETED",
            rolloutStateReason=f"ECS deployment {deployment['id']} completed.",
            updatedAt=utcnow(),
            **{name: value for name, value in _shown(service).items() if value is not None},
        )


def _shown(service: Any) -> dict[str, Any]:
    """What AWS tells of a service in its deployments only."""
    return {name: getattr(service, camelcase_to_underscores(name), None) for name in _OF_DEPLOYMENTS}


@around(Service)
def _validate_network(original: Any, self: Any, configuration: Any) -> Any:
    """AWS: without groups the VPC's default one is used; moto: it fails."""
    network = configuration["awsvpcConfiguration"]
    if network.get("subnets") and not network.get("securityGroups"):
        ec2 = ec2_backends[self._account_id][self.region_name]
        vpc = next(
            (subnet.vpc_id for subnet in ec2.describe_subnets() if subnet.id in network["subnets"]), None
        )
        group = ec2.get_security_group_from_name("default", vpc) if vpc else None
        network["securityGroups"] = [group.id] if group else []
    return original(self, configuration)


@around(EC2ContainerServiceResponse)
def register_task_definition(original: Any, self: Any) -> Any:
    """AWS: keeps whether faults may be injected; moto: drops it."""
    answer = original(self)
    answer.result["taskDefinition"].enable_fault_injection = bool(self._get_param("enableFaultInjection"))
    return answer
