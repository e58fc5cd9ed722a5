"""Global databases as AWS answers them."""

from __future__ import annotations

import re
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import DBClusterNotFoundError, InvalidParameterCombination, RDSClientError
from moto.rds.models import RDSBackend, rds_backends
from moto.rds.responses import RDSResponse

from simcloud.bindings.rds._aurora import AURORA
from simcloud.patches import adds, around
from simcloud.patches.rds import check_upgrade

_HOME = "us-east-1"


@around(RDSBackend)
def __init__(original: Any, self: Any, *args: Any, **given: Any) -> None:
    """AWS: everything that has an ARN has tags; moto: refuses some kinds."""
    original(self, *args, **given)
    self.arn_regex = re.compile(r"^arn:[^:]+:rds:[^:]*:[0-9]*:[a-z-]+:.+$")


@around(RDSBackend)
def _get_resource_for_tagging(original: Any, self: Any, arn: str) -> Any:
    """AWS: finds a global database from anywhere; moto: from nowhere."""
    if ":global-cluster:" in arn:
        return rds_backends[self.account_id][_HOME].global_clusters.get(arn.rsplit(":", 1)[-1])
    return original(self, arn)


@around(RDSResponse)
def create_global_cluster(original: Any, self: Any) -> Any:
    """AWS: unique names, full versions, and the source cluster writes; moto: overwrites, and nobody does."""
    given = self.params
    name, source = given["GlobalClusterIdentifier"], given.get("SourceDBClusterIdentifier")
    if name in self.global_backend.global_clusters:
        raise RDSClientError("GlobalClusterAlreadyExistsFault", f"Global cluster {name} already exists")
    engine = AURORA.get(given.get("Engine", ""))
    version = engine.resolved(given.get("EngineVersion")) if engine else given.get("EngineVersion")
    cluster = _of_arn(self, source) if source else None
    made = self.global_backend.create_global_cluster(
        global_cluster_identifier=name,
        source_db_cluster_identifier=None,
        engine=cluster.engine if cluster else given.get("Engine"),
        engine_version=cluster.engine_version if cluster else version,
        storage_encrypted=cluster.storage_encrypted if cluster else given.get("StorageEncrypted"),
        deletion_protection=given.get("DeletionProtection"),
    )
    made.database_name = cluster.database_name if cluster else given.get("DatabaseName")
    made.engine_lifecycle_support = given.get("EngineLifecycleSupport", "open-source-rds-extended-support")
    made.tags = given.get("Tags") or []
    if cluster is not None:
        cluster.is_writer, cluster.global_cluster_identifier = True, made.global_cluster_identifier
        made.members.append(cluster)
    return ActionResult({"GlobalCluster": made})


@around(RDSResponse)
def describe_global_clusters(original: Any, self: Any) -> Any:
    """AWS: says that a named one is not there; moto: lists all whatever is asked for."""
    name = self.params.get("GlobalClusterIdentifier")
    if name is None:
        return original(self)
    return ActionResult({"GlobalClusters": [_global(self, name)]})


@adds(RDSResponse)
def modify_global_cluster(self: Any) -> Any:
    """AWS: changes a global database, and the version of all its clusters; moto: not implemented."""
    found, given = _global(self, self.params["GlobalClusterIdentifier"]), self.params
    if given.get("DeletionProtection") is not None:
        found.deletion_protection = given["DeletionProtection"]
    engine, wanted = AURORA.get(found.engine), given.get("EngineVersion")
    if engine is not None and wanted:
        check_upgrade(engine, found.engine_version, wanted, bool(given.get("AllowMajorVersionUpgrade")))
        for upgraded in (found, *found.members):
            upgraded.engine_version = engine.resolved(wanted)
    return ActionResult({"GlobalCluster": found})


@around(RDSResponse)
def delete_global_cluster(original: Any, self: Any) -> Any:
    """AWS: keeps a protected one; moto: deletes."""
    if _global(self, self.params["GlobalClusterIdentifier"]).deletion_protection:
        raise InvalidParameterCombination(
            "Cannot delete protected Global Cluster, please disable deletion protection and try again."
        )
    return original(self)


@around(RDSResponse)
def remove_from_global_cluster(original: Any, self: Any) -> Any:
    """AWS: the cluster is on its own again; moto: in one region only, and tells no failure."""
    found, arn = _global(self, self.params["GlobalClusterIdentifier"]), self.params["DbClusterIdentifier"]
    gone = [member for member in found.members if member.db_cluster_arn == arn]
    if not gone:
        raise DBClusterNotFoundError(arn)
    found.members = [member for member in found.members if member is not gone[0]]
    gone[0].global_cluster_identifier, gone[0].is_writer = None, False
    return ActionResult({"GlobalCluster": found})


def _global(response: Any, name: str) -> Any:
    if name not in response.global_backend.global_clusters:
        raise RDSClientError("GlobalClusterNotFoundFault", f"Global cluster {name} not found")
    return response.global_backend.global_clusters[name]


def _of_arn(response: Any, arn: str) -> Any:
    region, name = arn.split(":")[3], arn.rsplit(":", 1)[-1]
    clusters = rds_backends[response.current_account][region].clusters
    if name not in clusters:
        raise DBClusterNotFoundError(arn)
    return clusters[name]
