"""What RDS refuses of an instance of a cluster.

AWS: CreateDBInstance, RDS API Reference, and «Aurora DB instance classes»; from memory, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.bindings.rds import _care_rules, _storage_rules
from simcloud.bindings.rds._aurora import AURORA, SERVERLESS, is_class
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """What is wrong whatever the cluster is like."""
    engine, name, tier = new["engine"], new["instanceClass"], new["promotionTier"]
    yield from _care_rules.identifier(new["identifier"], "identifier")
    yield from _care_rules.monitoring(new)
    yield from _storage_rules.windows(new, "preferredBackupWindow", "preferredMaintenanceWindow")
    if isinstance(engine, str) and engine not in AURORA:
        yield Refusal(
            "InvalidParameterCombination",
            f"the instances of a cluster of {engine} are made with it; only {' and '.join(AURORA)} take more.",
            "engine",
        )
    elif isinstance(engine, str) and isinstance(name, str) and not is_class(engine, name):
        yield _combination(
            f"RDS does not support creating a DB instance with: DBInstanceClass={name}, Engine={engine}"
        )
    if isinstance(tier, int | float) and not 0 <= tier <= 15:
        yield Refusal("InvalidParameterValue", f"promotion tier {tier:g}: 0 to 15.", "promotionTier")
    zone = new.get("availabilityZone")
    if isinstance(zone, str) and not zone.startswith(ctx.region):
        yield Refusal(
            "InvalidParameterValue",
            f"Invalid availability zone {zone}: it is not in {ctx.region}.",
            "availabilityZone",
        )


def presence(ctx: Context, new: Props) -> Iterator[Refusal]:
    """What is wrong because of the cluster."""
    rds = ctx.client("rds")
    try:
        cluster = rds.describe_db_clusters(DBClusterIdentifier=new["clusterIdentifier"])["DBClusters"][0]
    except ClientError:
        return  # a missing cluster is told by its own refusal
    if cluster["Engine"] != new["engine"]:
        yield Refusal(
            "InvalidParameterCombination",
            f"The engine name requested for your DB instance ({new['engine']}) doesn't match the engine name of your "
            f"DB cluster ({cluster['Engine']}).",
            "engine",
        )
    if new["instanceClass"] == SERVERLESS and "ServerlessV2ScalingConfiguration" not in cluster:
        yield Refusal(
            "InvalidParameterCombination",
            "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB "
            "instance.",
            "instanceClass",
            "give the cluster serverlessv2ScalingConfiguration.",
        )
    group = new.get("dbSubnetGroupName")
    if group is not None and group != cluster["DBSubnetGroup"]:
        yield Refusal(
            "InvalidParameterCombination",
            f"the subnet group {group} is not the cluster's ({cluster['DBSubnetGroup']}).",
            "dbSubnetGroupName",
        )
    yield from _family(ctx, new, cluster)


def _family(ctx: Context, new: Props, cluster: Mapping[str, Any]) -> Iterator[Refusal]:
    group, expected = new.get("dbParameterGroupName"), _expected(cluster)
    if group is None or group.startswith("default.") or expected is None:
        return
    try:
        found = ctx.client("rds").describe_db_parameter_groups(DBParameterGroupName=group)[
            "DBParameterGroups"
        ][0]
    except ClientError:
        return  # a missing group is told by its own refusal
    if found["DBParameterGroupFamily"] != expected:
        yield Refusal(
            "InvalidParameterCombination",
            f"The parameter group {group} with DBParameterGroupFamily {found['DBParameterGroupFamily']} can't be used "
            f"for this instance. Please use a Parameter Group with DBParameterGroupFamily {expected}",
            "dbParameterGroupName",
        )


def _expected(cluster: Mapping[str, Any]) -> str | None:
    engine = AURORA.get(cluster["Engine"])
    return engine.family(cluster["EngineVersion"]) if engine else None


def _combination(message: str) -> Refusal:
    return Refusal("InvalidParameterCombination", message, "instanceClass")
