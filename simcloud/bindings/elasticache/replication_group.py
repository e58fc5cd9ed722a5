from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.elasticache import _group_changes, _group_outputs, _group_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none

_SAME = {
    "AutomaticFailoverEnabled": "automaticFailoverEnabled",
    "MultiAZEnabled": "multiAzEnabled",
    "CacheNodeType": "nodeType",
    "Engine": "engine",
    "EngineVersion": "engineVersion",
    "CacheParameterGroupName": "parameterGroupName",
    "SecurityGroupIds": "securityGroupIds",
    "PreferredMaintenanceWindow": "maintenanceWindow",
    "NotificationTopicArn": "notificationTopicArn",
    "SnapshotRetentionLimit": "snapshotRetentionLimit",
    "SnapshotWindow": "snapshotWindow",
    "TransitEncryptionEnabled": "transitEncryptionEnabled",
    "TransitEncryptionMode": "transitEncryptionMode",
    "ClusterMode": "clusterMode",
    "IpDiscovery": "ipDiscovery",
}
_FIXED = {
    "CacheSubnetGroupName": "subnetGroupName",
    "Port": "port",
    "AtRestEncryptionEnabled": "atRestEncryptionEnabled",
    "KmsKeyId": "kmsKeyId",
    "NumCacheClusters": "numCacheClusters",
    "NumNodeGroups": "numNodeGroups",
    "ReplicasPerNodeGroup": "replicasPerNodeGroup",
    "DataTieringEnabled": "dataTieringEnabled",
    "NetworkType": "networkType",
    "UserGroupIds": "userGroupIds",
    "PreferredCacheClusterAZs": "preferredCacheClusterAzs",
}


class ReplicationGroup(Binding):
    """A cache: one or several shards, each a primary with replicas."""

    token = "aws:elasticache/replicationGroup:ReplicationGroup"
    service = "elasticache"
    faults = {"ReplicationGroupAlreadyExists": "replicationGroupId"}
    operation = "create_replication_group"
    parameters = {
        "ReplicationGroupId": "replicationGroupId",
        "ReplicationGroupDescription": "description",
        **_SAME,
        **_FIXED,
    }
    replaces = frozenset(
        {
            "replicationGroupId",
            "subnetGroupName",
            "port",
            "atRestEncryptionEnabled",
            "kmsKeyId",
            "dataTieringEnabled",
        }
        | {"networkType", "securityGroupNames", "snapshotArns", "snapshotName", "preferredCacheClusterAzs"}
    )
    defaults = {"engine": "redis", "automaticFailoverEnabled": False, "multiAzEnabled": False}
    autoname = AutoName(property="replicationGroupId", limit=40, lower=True)
    tagging = tagging.ELASTICACHE
    references = (
        Reference("subnetGroupName", "cache_subnet_group"),
        Reference("securityGroupIds[]", "security_group"),
        Reference("kmsKeyId", "kms_key"),
        Reference("notificationTopicArn", "topic"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "ReplicationGroupId": new["replicationGroupId"],
                "ReplicationGroupDescription": new["description"],
                **{parameter: new.get(name) for parameter, name in {**_SAME, **_FIXED}.items()},
                "AutoMinorVersionUpgrade": _flag(new.get("autoMinorVersionUpgrade")),
                "AuthToken": new.get("authToken", new.get("authTokenWo")),
                "LogDeliveryConfigurations": _group_changes.logs(new.get("logDeliveryConfigurations")),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["ReplicationGroup"]["ReplicationGroupId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        changed = {
            parameter: new.get(name) for parameter, name in _SAME.items() if new.get(name) != old.get(name)
        }
        if new.get("autoMinorVersionUpgrade") != old.get("autoMinorVersionUpgrade"):
            changed["AutoMinorVersionUpgrade"] = _flag(new.get("autoMinorVersionUpgrade"))
        ctx.client("elasticache").modify_replication_group(
            ReplicationGroupId=identity,
            ReplicationGroupDescription=new["description"],
            ApplyImmediately=new.get("applyImmediately", False) is True,
            **without_none(changed),
            **_group_changes.parameters(new, old),
        )
        _group_changes.resize(ctx, identity, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        groups = ctx.client("elasticache").describe_replication_groups(ReplicationGroupId=identity)
        group = groups["ReplicationGroups"][0]
        return None if group["Status"] == "deleting" else _group_outputs.props(ctx, group, given)

    def forced(self, old: Props, new: Props) -> frozenset[str]:
        """Before 7.0.5, encryption in transit could not be turned on or off later."""
        return frozenset({"transitEncryptionEnabled"}) if _is_before_7_0_5(new) else frozenset()

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        snapshot = old.get("finalSnapshotIdentifier")
        ctx.client("elasticache").delete_replication_group(
            ReplicationGroupId=identity, **({"FinalSnapshotIdentifier": snapshot} if snapshot else {})
        )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _group_rules.problems(ctx.region, new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _group_rules.parameter_group_problems(ctx, new)


def _flag(value: Value) -> Value:
    """The provider writes this boolean as text."""
    return value == "true" if isinstance(value, str) else value


def _is_before_7_0_5(props: Props) -> bool:
    """`7.0` without a patch is the newest of 7.0."""
    numbers = [int(part) for part in str(props.get("engineVersion") or "").split(".") if part.isdigit()]
    return str(props.get("engine")) == "redis" and bool(numbers) and (*numbers, 99, 99)[:3] < (7, 0, 5)
