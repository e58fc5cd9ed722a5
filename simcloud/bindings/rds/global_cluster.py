from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.rds import _care_rules
from simcloud.bindings.rds._aurora import AURORA
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_PARAMETERS = {
    "GlobalClusterIdentifier": "globalClusterIdentifier",
    "SourceDBClusterIdentifier": "sourceDbClusterIdentifier",
    "Engine": "engine",
    "EngineVersion": "engineVersion",
    "EngineLifecycleSupport": "engineLifecycleSupport",
    "DatabaseName": "databaseName",
    "DeletionProtection": "deletionProtection",
    "StorageEncrypted": "storageEncrypted",
}


class GlobalCluster(Binding):
    """An Aurora database in several regions: one cluster writes, those of other regions read."""

    token = "aws:rds/globalCluster:GlobalCluster"
    service = "rds"
    operation = "create_global_cluster"
    parameters = _PARAMETERS
    replaces = frozenset(
        {"databaseName", "engine", "globalClusterIdentifier", "sourceDbClusterIdentifier", "storageEncrypted"}
    )
    defaults = {"forceDestroy": False}
    tagging = tagging.RDS
    protected_by = "deletionProtection"
    references = (Reference("sourceDbClusterIdentifier", "db_cluster"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({parameter: new.get(name) for parameter, name in _PARAMETERS.items()})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["GlobalCluster"]["GlobalClusterIdentifier"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        changes: Params = {}
        if new.get("deletionProtection") != old.get("deletionProtection"):
            changes["DeletionProtection"] = bool(new.get("deletionProtection"))
        if new.get("engineVersion") != old.get("engineVersion") and new.get("engineVersion"):
            changes.update(EngineVersion=new["engineVersion"], AllowMajorVersionUpgrade=True)
        if changes:
            ctx.client("rds").modify_global_cluster(GlobalClusterIdentifier=identity, **changes)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        listed = ctx.client("rds").describe_global_clusters(GlobalClusterIdentifier=identity)
        found = listed["GlobalClusters"][0]
        actual, wanted = found["EngineVersion"], given.get("engineVersion")
        return {
            "arn": found["GlobalClusterArn"],
            "globalClusterIdentifier": found["GlobalClusterIdentifier"],
            "globalClusterResourceId": found["GlobalClusterResourceId"],
            "endpoint": found["Endpoint"],
            "databaseName": found.get("DatabaseName", ""),
            "deletionProtection": found["DeletionProtection"],
            "engine": found["Engine"],
            "engineLifecycleSupport": found["EngineLifecycleSupport"],
            "engineVersion": wanted if wanted and f"{actual}.".startswith(f"{wanted}.") else actual,
            "engineVersionActual": actual,
            "storageEncrypted": found["StorageEncrypted"],
            "sourceDbClusterIdentifier": given.get("sourceDbClusterIdentifier", ""),
            "globalClusterMembers": [
                {"dbClusterArn": member["DBClusterArn"], "isWriter": member["IsWriter"]}
                for member in found.get("GlobalClusterMembers", ())
            ],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        rds, where = ctx.client("rds"), {"GlobalClusterIdentifier": identity}
        found = rds.describe_global_clusters(**where)["GlobalClusters"][0]
        members = sorted(found.get("GlobalClusterMembers", ()), key=lambda member: bool(member["IsWriter"]))
        for member in members if old.get("forceDestroy") else ():
            rds.remove_from_global_cluster(**where, DbClusterIdentifier=member["DBClusterArn"])
        rds.delete_global_cluster(**where)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _care_rules.identifier(new["globalClusterIdentifier"], "globalClusterIdentifier")
        yield from _care_rules.database(new.get("databaseName"), "databaseName")
        # From memory of AWS's documentation, not verified: CreateGlobalCluster, RDS API Reference.
        name, source, version = (
            new.get("engine"),
            new.get("sourceDbClusterIdentifier"),
            new.get("engineVersion"),
        )
        if name is not None and source is not None:
            yield Refusal(
                "InvalidParameterCombination",
                "the engine is inherited from the source cluster and must not be given.",
                "engine",
            )
        if name is None and source is None:
            yield Refusal(
                "InvalidParameterValue",
                "When creating standalone global cluster, value for engineName should be specified",
                "engine",
            )
        engine = AURORA.get(name) if isinstance(name, str) else None
        if isinstance(name, str) and engine is None:
            yield Refusal(
                "InvalidParameterValue", f"Invalid engine {name}: {' or '.join(AURORA)} is needed.", "engine"
            )
        elif engine is not None and isinstance(version, str) and engine.resolved(version) is None:
            yield Refusal(
                "InvalidParameterCombination", f"Cannot find version {version} for {name}", "engineVersion"
            )
