from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.ecs import _service_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value, without_none


class Service(Binding):
    """A service: so many tasks of a definition, behind a load balancer or not."""

    token = "aws:ecs/service:Service"
    service = "ecs"
    operation = "create_service"
    parameters = {"serviceName": "name", "capacityProviderStrategy": "capacityProviderStrategies"}
    replaces = frozenset(
        {"name", "cluster", "launchType", "schedulingStrategy", "enableEcsManagedTags", "iamRole"}
    )
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
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "cluster": new.get("cluster"),
                "serviceName": new["name"],
                "launchType": new.get("launchType"),
                "schedulingStrategy": new["schedulingStrategy"],
                "enableECSManagedTags": new["enableEcsManagedTags"],
                "deploymentController": new.get("deploymentController"),
                **_mutable(new),
                "desiredCount": new.get("desiredCount"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["service"]["serviceArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            count = (
                {"desiredCount": new["desiredCount"]}
                if new.get("desiredCount") != old.get("desiredCount")
                else {}
            )
            ctx.client("ecs").update_service(
                cluster=_cluster_of(identity, new),
                service=identity,
                **without_none({**_mutable(new), **count}),
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ecs").describe_services(
            cluster=_cluster_of(identity, given), services=[identity]
        )["services"]
        if not found or found[0]["status"] == "INACTIVE":
            return None
        return _props(found[0], given)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ecs, cluster = ctx.client("ecs"), _cluster_of(identity, old)
        ecs.update_service(cluster=cluster, service=identity, desiredCount=0)
        ecs.delete_service(cluster=cluster, service=identity, force=bool(old.get("forceDelete")))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _service_rules.problems(ctx, new)


def _mutable(new: Props) -> Props:
    return {
        "taskDefinition": new.get("taskDefinition"),
        "platformVersion": new.get("platformVersion"),
        "capacityProviderStrategy": new.get("capacityProviderStrategies"),
        "networkConfiguration": _network(new.get("networkConfiguration")),
        "loadBalancers": _load_balancers(new.get("loadBalancers")),
        "serviceRegistries": _one(new.get("serviceRegistries")),
        "healthCheckGracePeriodSeconds": new.get("healthCheckGracePeriodSeconds"),
        "enableExecuteCommand": new["enableExecuteCommand"],
        "propagateTags": new.get("propagateTags"),
        "availabilityZoneRebalancing": new.get("availabilityZoneRebalancing"),
        "deploymentConfiguration": without_none(
            {
                "maximumPercent": new["deploymentMaximumPercent"],
                "minimumHealthyPercent": new["deploymentMinimumHealthyPercent"],
                "deploymentCircuitBreaker": new.get("deploymentCircuitBreaker"),
                "alarms": new.get("alarms"),
            }
        ),
    }


def _network(given: Value) -> Value:
    if given is None or isinstance(given, Unknown):
        return given
    assigned = given.get("assignPublicIp")
    vpc = {
        "subnets": given["subnets"],
        "securityGroups": given.get("securityGroups"),
        "assignPublicIp": "ENABLED" if assigned is True else "DISABLED",
    }
    return {"awsvpcConfiguration": without_none(vpc)}


def _load_balancers(given: Value) -> Value:
    if given is None or isinstance(given, Unknown):
        return given
    names = {
        "targetGroupArn": "targetGroupArn",
        "containerName": "containerName",
        "containerPort": "containerPort",
        "elbName": "loadBalancerName",
    }
    return [without_none({api: balancer.get(name) for name, api in names.items()}) for balancer in given]


def _one(given: Value) -> Value:
    return None if given is None else [given]


def _cluster_of(identity: str, props: Props) -> str:
    """The cluster's name: `arn:…:service/<cluster>/<service>` holds it."""
    parts = identity.split("/")
    return parts[1] if len(parts) == 3 else str(props.get("cluster", "default")).rsplit("/", 1)[-1]


def _props(found: Mapping[str, Any], given: Props) -> Props:
    deployment = found.get("deploymentConfiguration") or {}
    network = (found.get("networkConfiguration") or {}).get("awsvpcConfiguration")
    return {
        "arn": found["serviceArn"],
        "name": found["serviceName"],
        "cluster": found["clusterArn"],
        "taskDefinition": found["taskDefinition"],
        "desiredCount": found["desiredCount"],
        "schedulingStrategy": found["schedulingStrategy"],
        "launchType": found.get("launchType", ""),
        "platformVersion": found.get("platformVersion") or "LATEST",
        "iamRole": given.get("iamRole", ""),
        "triggers": given.get("triggers", {}),
        "propagateTags": found.get("propagateTags", "NONE"),
        "enableExecuteCommand": found.get("enableExecuteCommand", False),
        "healthCheckGracePeriodSeconds": found.get("healthCheckGracePeriodSeconds"),
        "availabilityZoneRebalancing": found.get("availabilityZoneRebalancing", "ENABLED"),
        "capacityProviderStrategies": found.get("capacityProviderStrategy") or None,
        "deploymentMaximumPercent": deployment.get("maximumPercent", 200),
        "deploymentMinimumHealthyPercent": deployment.get("minimumHealthyPercent", 100),
        "deploymentCircuitBreaker": deployment.get("deploymentCircuitBreaker"),
        "deploymentConfiguration": given.get("deploymentConfiguration", {"strategy": "ROLLING"}),
        "loadBalancers": found.get("loadBalancers") or None,
        "networkConfiguration": None
        if network is None
        else {
            "subnets": network["subnets"],
            "securityGroups": network.get("securityGroups", []),
            "assignPublicIp": network.get("assignPublicIp") == "ENABLED",
        },
    }
