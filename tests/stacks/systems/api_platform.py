"""What boto3 says of the API platform."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.stacks.systems.standing import System

# An address of nobody.
OUTSIDE = {"anybody": "203.0.113.9"}


def service(system: System, name: str) -> Mapping[str, Any]:
    """`api` or `auth`, as ECS has it."""
    [found] = system.client("ecs").describe_services(
        cluster=system.outputs["cluster_name"], services=[system.outputs["service_names"][name]]
    )["services"]
    return dict(found)


def task(system: System, name: str) -> Mapping[str, Any]:
    """What its tasks are made of."""
    found: Mapping[str, Any] = system.client("ecs").describe_task_definition(
        taskDefinition=service(system, name)["taskDefinition"]
    )["taskDefinition"]
    return found


def container(system: System, name: str) -> Mapping[str, Any]:
    """The application's own, among those of a task."""
    [found] = [one for one in task(system, name)["containerDefinitions"] if one["name"] == "app"]
    return dict(found)


def told(system: System, name: str) -> dict[str, str]:
    """Its environment."""
    return {one["name"]: one["value"] for one in container(system, name)["environment"]}


def secrets(system: System, name: str) -> dict[str, str]:
    """Its secrets, by the variable that carries them."""
    return {one["name"]: one["valueFrom"] for one in container(system, name)["secrets"]}


def balancer(system: System) -> Mapping[str, Any]:
    """The one load balancer of the stack's region."""
    [found] = system.client("elbv2").describe_load_balancers()["LoadBalancers"]
    return dict(found)


def listener(system: System, port: int) -> Mapping[str, Any]:
    """What listens on a port of it."""
    arn = balancer(system)["LoadBalancerArn"]
    listeners = system.client("elbv2").describe_listeners(LoadBalancerArn=arn)["Listeners"]
    [found] = [one for one in listeners if one["Port"] == port]
    return dict(found)


def target_group(system: System, arn: str) -> Mapping[str, Any]:
    """One that a service registers its tasks with."""
    [found] = system.client("elbv2").describe_target_groups(TargetGroupArns=[arn])["TargetGroups"]
    return dict(found)


def ways(system: System) -> dict[str, dict[str, int]]:
    """Which paths of the HTTPS listener lead to which target groups, with their weights."""
    rules = system.client("elbv2").describe_rules(ListenerArn=listener(system, 443)["ListenerArn"])["Rules"]
    return {
        one["Conditions"][0]["PathPatternConfig"]["Values"][0]: _weights(one["Actions"][0])
        for one in rules
        if not one["IsDefault"]
    }


def _weights(action: Mapping[str, Any]) -> dict[str, int]:
    if "ForwardConfig" not in action:
        return {action["TargetGroupArn"]: 100}
    return {one["TargetGroupArn"]: one["Weight"] for one in action["ForwardConfig"]["TargetGroups"]}


def firewall(system: System) -> Mapping[str, Any]:
    """The firewall before the load balancer."""
    found: Mapping[str, Any] = system.client("wafv2").get_web_acl_for_resource(
        ResourceArn=balancer(system)["LoadBalancerArn"]
    )["WebACL"]
    return found


def flood_limit(system: System) -> Mapping[str, Any]:
    """The firewall's rule about everything that one address asks for."""
    [rule] = [one for one in firewall(system)["Rules"] if one["Name"] == "rate-limit"]
    return dict(rule)


def cluster(system: System) -> Mapping[str, Any]:
    """Production's database."""
    [found] = system.client("rds").describe_db_clusters()["DBClusters"]
    return dict(found)


def instances(system: System) -> list[Mapping[str, Any]]:
    """The primary, and then its replicas, where the database is no cluster."""
    found: list[Mapping[str, Any]] = system.client("rds").describe_db_instances()["DBInstances"]
    return sorted(found, key=lambda one: "ReadReplicaSourceDBInstanceIdentifier" in one)


def alarm(system: System, name: str) -> Mapping[str, Any]:
    """One by its name."""
    [found] = system.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
    return dict(found)
