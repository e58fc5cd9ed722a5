from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.ecs import _service_api, _service_presence, _service_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# What an update must send to take away what was there before.
_NOTHING: Props = {
    "loadBalancers": [],
    "placementConstraints": [],
    "placementStrategy": [],
    "serviceConnectConfiguration": {"enabled": False},
    "serviceRegistries": [],
    "volumeConfigurations": [],
    "vpcLatticeConfigurations": [],
}
_NAMES = {
    "serviceName": "name",
    "capacityProviderStrategy": "capacityProviderStrategies",
    "placementStrategy": "orderedPlacementStrategies",
    "deploymentConfiguration.maximumPercent": "deploymentMaximumPercent",
    "deploymentConfiguration.minimumHealthyPercent": "deploymentMinimumHealthyPercent",
    "deploymentConfiguration.deploymentCircuitBreaker": "deploymentCircuitBreaker",
    "deploymentConfiguration.alarms": "alarms",
    "networkConfiguration.awsvpcConfiguration": "networkConfiguration",
}
_LISTENER = "loadBalancers[].advancedConfiguration"


class Service(Binding):
    """A service: so many tasks of a definition, behind a load balancer or not."""

    token = "aws:ecs/service:Service"
    service = "ecs"
    faults = {"InvalidParameterException: not idempotent": "name"}
    operation = "create_service"
    parameters = _NAMES
    replaces = frozenset({"name", "cluster", "launchType", "schedulingStrategy", "iamRole"})
    defaults = {
        "schedulingStrategy": "REPLICA",
        "deploymentMaximumPercent": 200,
        "deploymentMinimumHealthyPercent": 100,
        "enableEcsManagedTags": False,
        "enableExecuteCommand": False,
        "waitForSteadyState": False,
    }
    autoname = AutoName(limit=255)
    tagging = tagging.ECS
    references = (
        Reference("cluster", "ecs_cluster"),
        Reference("taskDefinition", "task_definition"),
        Reference("networkConfiguration.subnets[]", "subnet"),
        Reference("networkConfiguration.securityGroups[]", "security_group"),
        Reference("loadBalancers[].targetGroupArn", "target_group"),
        Reference(f"{_LISTENER}.alternateTargetGroupArn", "target_group"),
        Reference(f"{_LISTENER}.productionListenerRule", "listener_or_rule"),
        Reference(f"{_LISTENER}.testListenerRule", "listener_or_rule"),
        Reference(f"{_LISTENER}.roleArn", "role"),
        Reference("deploymentConfiguration.lifecycleHooks[].hookTargetArn", "lambda_function"),
        Reference("deploymentConfiguration.lifecycleHooks[].roleArn", "role"),
        Reference("serviceRegistries.registryArn", "discovery_service"),
        Reference("serviceConnectConfiguration.namespace", "connect_namespace"),
        Reference("volumeConfiguration.managedEbsVolume.roleArn", "role"),
        Reference("volumeConfiguration.managedEbsVolume.kmsKeyId", "kms_key"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return _service_api.creation(ctx, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["service"]["serviceArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            changes = _changes(ctx, new, old)
            ctx.client("ecs").update_service(
                cluster=_cluster_of(identity, new),
                service=identity,
                **changes,
                **({"forceNewDeployment": True} if new.get("forceNewDeployment") is True else {}),
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ecs").describe_services(
            cluster=_cluster_of(identity, given), services=[identity.rsplit("/", 1)[-1]]
        )["services"]
        if not found or found[0]["status"] == "INACTIVE":
            return None
        service = found[0]
        return {
            **_service_api.settings(ctx, service, given),
            "arn": service["serviceArn"],
            "name": service["serviceName"],
            "cluster": _as_given(given.get("cluster"), service["clusterArn"]),
            "taskDefinition": _definition(given.get("taskDefinition"), service.get("taskDefinition")),
            "desiredCount": service["desiredCount"],
            "schedulingStrategy": service["schedulingStrategy"],
            "launchType": service.get("launchType", ""),
            "iamRole": service.get("roleArn") or given.get("iamRole", ""),
            "triggers": given.get("triggers", {}),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ecs, cluster = ctx.client("ecs"), _cluster_of(identity, old)
        if old.get("schedulingStrategy") != "DAEMON":
            ecs.update_service(cluster=cluster, service=identity, desiredCount=0)
        ecs.delete_service(cluster=cluster, service=identity, force=bool(old.get("forceDelete")))

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return str(found["arn"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _service_rules.problems(ctx, new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _service_presence.problems(ctx, new)


def _changes(ctx: Context, new: Props, old: Props) -> Params:
    """Only what differs: some kinds of service refuse to be told what they are already."""
    before, after = _service_api.changeable(ctx, old), _service_api.changeable(ctx, new)
    changed = {name: value for name, value in after.items() if value != before.get(name)}
    gone = {name: nothing for name, nothing in _NOTHING.items() if name in before.keys() - after.keys()}
    controllers = [props.get("deploymentController") or {"type": "ECS"} for props in (old, new)]
    if controllers[0] != controllers[1]:
        changed["deploymentController"] = controllers[1]
    if new.get("desiredCount") != old.get("desiredCount") and new.get("desiredCount") is not None:
        changed["desiredCount"] = new["desiredCount"]
    return {**gone, **changed}


def _cluster_of(identity: str, props: Props) -> str:
    """The cluster's name: `arn:…:service/<cluster>/<service>` and `<cluster>/<service>` hold it."""
    parts = identity.split("/")
    return (
        parts[-2] if len(parts) > 1 + identity.startswith("arn:") else _name(props.get("cluster", "default"))
    )


def _name(value: Any) -> str:
    return str(value).rsplit("/", 1)[-1]


def _as_given(given: Any, arn: str) -> str:
    """A name stays a name."""
    return str(given) if given is not None and _name(given) == _name(arn) else arn


def _definition(given: Any, arn: str | None) -> str | None:
    """An ARN, or family and revision if the program says it so."""
    if arn is None:
        return None
    family, _, revision = _name(arn).partition(":")
    if isinstance(given, str) and given.startswith("arn:"):
        return f"{arn.rpartition(':')[0]}:{revision}" if given.rpartition(":")[0].endswith(family) else arn
    return str(given) if given in (family, f"{family}:{revision}") else f"{family}:{revision}"
