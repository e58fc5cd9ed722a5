"""What AWS keeps after a destroy, and a simulated one removes too, so that the next `up` finds nothing in its way."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from plinth.engine.layout import Layout

Client = Callable[[str, str], Any]
_GONE = (
    "DBInstanceAutomatedBackupNotFound",
    "NotFound",
    "NotFoundFault",
    "ResourceNotFoundException",
    "DBSnapshotNotFound",
    "SnapshotNotFoundFault",
    "DBClusterSnapshotNotFoundFault",
)


@dataclass(frozen=True)
class Kept:
    """One thing that outlives its resource: in people's words, and the call that removes it."""

    what: str
    service: str
    region: str
    call: str
    arguments: Mapping[str, Any]


def kept_by_aws(layout: Layout, stack: str) -> tuple[Kept, ...]:
    """What the resources of `stack` will leave, read from the state file before the destroy."""
    latest = json.loads(layout.state_file(stack).read_bytes())["checkpoint"].get("latest") or {}
    return tuple(kept for resource in latest.get("resources") or () for kept in _kept(resource))


def remove_kept(kept: tuple[Kept, ...], client: Client) -> tuple[str, ...]:
    """One line about what was removed."""
    removed = [item.what for item in kept if _remove(item, client)]
    counted = ", ".join(f"{removed.count(what)} {what}" for what in sorted(set(removed)))
    return (f"AWS would have kept, and here it is gone too: {counted}.",) if removed else ()


def _kept(resource: Mapping[str, Any]) -> Iterator[Kept]:
    kind, outputs = resource["type"], resource.get("outputs") or {}
    region, snapshot = str(outputs.get("region", "")), outputs.get("finalSnapshotIdentifier")
    if kind == "aws:secretsmanager/secret:Secret":
        arguments = {"SecretId": resource["id"], "ForceDeleteWithoutRecovery": True}
        yield Kept("scheduled secrets", "secretsmanager", region, "delete_secret", arguments)
    if kind == "aws:rds/instance:Instance" and snapshot:
        named = {"DBSnapshotIdentifier": snapshot}
        yield Kept("final snapshots", "rds", region, "delete_db_snapshot", named)
    if kind == "aws:rds/instance:Instance" and outputs.get("deleteAutomatedBackups") is False:
        backup = {"DbiResourceId": outputs["resourceId"]}
        yield Kept("automated backups", "rds", region, "delete_db_instance_automated_backup", backup)
    if kind == "aws:rds/cluster:Cluster" and snapshot:
        named = {"DBClusterSnapshotIdentifier": snapshot}
        yield Kept("final snapshots", "rds", region, "delete_db_cluster_snapshot", named)
    if kind == "aws:cloudwatch/logGroup:LogGroup" and outputs.get("skipDestroy"):
        yield Kept("log groups", "logs", region, "delete_log_group", {"logGroupName": outputs["name"]})
    if kind == "aws:elasticache/replicationGroup:ReplicationGroup" and snapshot:
        yield Kept("final snapshots", "elasticache", region, "delete_snapshot", {"SnapshotName": snapshot})


def _remove(kept: Kept, client: Client) -> bool:
    try:
        getattr(client(kept.service, kept.region), kept.call)(**kept.arguments)
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in _GONE:
            return False
        raise
    return True
