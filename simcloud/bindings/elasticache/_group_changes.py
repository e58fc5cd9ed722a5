"""What a change of a replication group calls for beside its plain settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.context import Context
from simcloud.values import Props, Unknown, Value

_ROTATE = "ROTATE"


def logs(given: Value) -> Value:
    """Log deliveries in the API's words."""
    if given is None or isinstance(given, Unknown):
        return given
    return [_log(item) for item in given] or None


def parameters(new: Props, old: Props) -> Params:
    """Parameters of the modification that are no setting: logs, user groups and the token."""
    return {**_log_changes(new, old), **_user_groups(new, old), **_token(new, old)}


def resize(ctx: Context, identity: str, new: Props, old: Props) -> None:
    """Add or remove shards and replicas."""
    elasticache = ctx.client("elasticache")
    shards = new.get("numNodeGroups")
    if shards != old.get("numNodeGroups") and shards is not None:
        elasticache.modify_replication_group_shard_configuration(
            ReplicationGroupId=identity, NodeGroupCount=shards, ApplyImmediately=True, **_removed(new, old)
        )
    before, after = _replicas(old), _replicas(new)
    if before is not None and after is not None and before != after:
        change = elasticache.increase_replica_count if after > before else elasticache.decrease_replica_count
        change(ReplicationGroupId=identity, NewReplicaCount=after, ApplyImmediately=True)


def _removed(new: Props, old: Props) -> Params:
    """AWS wants to be told which shards go."""
    gone = range(new["numNodeGroups"], old.get("numNodeGroups") or 1)
    return {"NodeGroupsToRemove": [f"{number + 1:0>4}" for number in gone]} if gone else {}


def _replicas(props: Props) -> int | None:
    nodes, replicas = props.get("numCacheClusters"), props.get("replicasPerNodeGroup")
    return nodes - 1 if isinstance(nodes, int) else replicas


def _log_changes(new: Props, old: Props) -> Params:
    after, before = (props.get("logDeliveryConfigurations") or [] for props in (new, old))
    if after == before:
        return {}
    kept = {item["logType"] for item in after}
    gone = [{"LogType": item["logType"], "Enabled": False} for item in before if item["logType"] not in kept]
    return {"LogDeliveryConfigurations": [*(logs(after) or []), *gone]}


def _user_groups(new: Props, old: Props) -> Params:
    after, before = (props.get("userGroupIds") or [] for props in (new, old))
    changes = {
        "UserGroupIdsToAdd": [name for name in after if name not in before],
        "UserGroupIdsToRemove": [name for name in before if name not in after],
    }
    return {key: names for key, names in changes.items() if names}


def _token(new: Props, old: Props) -> Params:
    """A token that was written anew is rotated in, one that is gone is deleted."""
    keys = ("authToken", "authTokenWoVersion")
    if all(new.get(key) == old.get(key) for key in keys):
        return {}
    token = new.get("authToken", new.get("authTokenWo"))
    if token is None:
        return {"AuthTokenUpdateStrategy": "DELETE"}
    return {"AuthToken": token, "AuthTokenUpdateStrategy": new.get("authTokenUpdateStrategy", _ROTATE)}


def _log(item: Mapping[str, Any]) -> Props:
    to_logs = item["destinationType"] == "cloudwatch-logs"
    details = {"CloudWatchLogsDetails": {"LogGroup": item["destination"]}}
    stream = {"KinesisFirehoseDetails": {"DeliveryStream": item["destination"]}}
    return {
        "LogType": item["logType"],
        "DestinationType": item["destinationType"],
        "DestinationDetails": details if to_logs else stream,
        "LogFormat": item["logFormat"],
    }
