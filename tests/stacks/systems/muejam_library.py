"""What boto3 says of the MueJam Library's backend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.stacks.systems.standing import System


def cluster(system: System) -> str:
    """The name that the document's scripts give it."""
    return f"muejam-{system.settings.environment}"


def backend(system: System) -> Mapping[str, Any]:
    """The one service."""
    ecs = system.client("ecs")
    [found] = ecs.describe_services(cluster=cluster(system), services=["backend"])["services"]
    return dict(found)


def task(system: System) -> Mapping[str, Any]:
    """What its tasks are made of."""
    found: Mapping[str, Any] = system.client("ecs").describe_task_definition(
        taskDefinition=backend(system)["taskDefinition"]
    )["taskDefinition"]
    return found


def container(system: System) -> Mapping[str, Any]:
    """The application's own, among those of a task."""
    [found] = [one for one in task(system)["containerDefinitions"] if one["name"] == "app"]
    return dict(found)


def told(system: System) -> dict[str, str]:
    """Its environment."""
    return {one["name"]: one["value"] for one in container(system)["environment"]}


def secrets(system: System) -> dict[str, str]:
    """Its secrets, by the variable that carries them."""
    return {one["name"]: one["valueFrom"] for one in container(system)["secrets"]}


def cache(system: System) -> Mapping[str, Any]:
    """The one replication group."""
    [found] = system.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    return dict(found)


def databases(system: System) -> list[Mapping[str, Any]]:
    """The primary, and then its replicas."""
    found: list[Mapping[str, Any]] = system.client("rds").describe_db_instances()["DBInstances"]
    return sorted(found, key=lambda one: "ReadReplicaSourceDBInstanceIdentifier" in one)


def distributions(system: System) -> dict[str, Mapping[str, Any]]:
    """By the first of their names."""
    listed = system.client("cloudfront").list_distributions()["DistributionList"]
    return {one["Aliases"]["Items"][0]: one for one in listed.get("Items", ())}


def aliases(system: System) -> dict[str, str]:
    """Every name of the zone that stands for another, and for which."""
    records = system.client("route53").list_resource_record_sets(HostedZoneId=system.outputs["zone_id"])
    return {
        one["Name"].rstrip("."): one["AliasTarget"]["DNSName"].rstrip(".")
        for one in records["ResourceRecordSets"]
        if "AliasTarget" in one
    }
