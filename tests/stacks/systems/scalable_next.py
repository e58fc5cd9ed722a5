"""What boto3 says of the scalable Next.js product's servers and data, and Cloudflare's SDK of its edge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.stacks.systems.standing import System


def service(system: System) -> Mapping[str, Any]:
    """The one service."""
    [found] = system.client("ecs").describe_services(
        cluster=system.outputs["cluster_name"], services=[system.outputs["service_names"]["web"]]
    )["services"]
    return dict(found)


def container(system: System) -> Mapping[str, Any]:
    """The one container of its tasks."""
    task = system.client("ecs").describe_task_definition(taskDefinition=service(system)["taskDefinition"])
    [found] = task["taskDefinition"]["containerDefinitions"]
    return dict(found)


def told(system: System) -> dict[str, str]:
    """Its environment."""
    return {one["name"]: one["value"] for one in container(system)["environment"]}


def balancer(system: System) -> Mapping[str, Any]:
    """The one load balancer."""
    [found] = system.client("elbv2").describe_load_balancers()["LoadBalancers"]
    return dict(found)


def listener(system: System, port: int) -> Mapping[str, Any]:
    """What the load balancer does on a port."""
    listeners = system.client("elbv2").describe_listeners(LoadBalancerArn=balancer(system)["LoadBalancerArn"])
    [found] = [one for one in listeners["Listeners"] if one["Port"] == port]
    return dict(found)


def target_group(system: System) -> Mapping[str, Any]:
    """Where the load balancer sends requests."""
    [found] = system.client("elbv2").describe_target_groups()["TargetGroups"]
    return dict(found)


def cache(system: System) -> Mapping[str, Any]:
    """The one replication group."""
    [found] = system.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    return dict(found)


def databases(system: System) -> list[Mapping[str, Any]]:
    """The primary, and then its replica."""
    found: list[Mapping[str, Any]] = system.client("rds").describe_db_instances()["DBInstances"]
    return sorted(found, key=lambda one: "ReadReplicaSourceDBInstanceIdentifier" in one)


def parameters(system: System) -> dict[str, str]:
    """What the primary runs with."""
    [group] = databases(system)[0]["DBParameterGroups"]
    found = system.client("rds").describe_db_parameters(DBParameterGroupName=group["DBParameterGroupName"])
    return {one["ParameterName"]: one["ParameterValue"] for one in found["Parameters"]}


def dump(system: System) -> Mapping[str, Any]:
    """The container that the schedule starts."""
    schedules = system.client("scheduler")
    [found] = schedules.list_schedules()["Schedules"]
    schedule = schedules.get_schedule(Name=found["Name"], GroupName=found["GroupName"])
    assert schedule["State"] == "ENABLED"
    task = schedule["Target"]["EcsParameters"]["TaskDefinitionArn"]
    described = system.client("ecs").describe_task_definition(taskDefinition=task)["taskDefinition"]
    [only] = described["containerDefinitions"]
    return dict(only)


def alarm(system: System, name: str) -> Mapping[str, Any]:
    """As CloudWatch tells it."""
    [found] = system.client("cloudwatch").describe_alarms(AlarmNames=[f"next-prod-{name}"])["MetricAlarms"]
    return dict(found)


def rules(system: System, name: str) -> dict[str, Mapping[str, Any]]:
    """The rules of one of the zone's rulesets, in order."""
    ruleset = system.inputs("cloudflare:index/ruleset:Ruleset")[f"next-prod-edge-{name}"]
    return {rule["ref"]: rule for rule in ruleset["rules"]}


def zone_setting(system: System, name: str) -> Any:
    """What the zone is set to."""
    return system.inputs("cloudflare:index/zoneSetting:ZoneSetting")[f"next-prod-edge-{name}"]["value"]


def drawn(system: System) -> set[tuple[str, str]]:
    """Every metric on the dashboard."""
    board = system.client("cloudwatch").get_dashboard(DashboardName=system.outputs["dashboard_name"])
    widgets = json.loads(board["DashboardBody"])["widgets"]
    lines = [line for widget in widgets for line in widget["properties"].get("metrics", ())]
    return {(line[0], line[1]) for line in lines if isinstance(line[0], str)}
