"""What AWS refuses in single values of a replication group.

AWS: CreateReplicationGroup, ElastiCache API reference; from memory of AWS's documentation, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud import regions
from simcloud.bindings import _windows
from simcloud.bindings._checks import at, between, not_empty
from simcloud.bindings._regional import recorded
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

_CODE, _COMBINATION = "InvalidParameterValue", "InvalidParameterCombination"


def problems(region: str, new: Props) -> Iterator[Refusal]:
    """Everything wrong on its own, and in lists."""
    yield from _windows.problems(new, "snapshotWindow", "maintenanceWindow", (60, 60), _CODE)
    yield from between(new, "snapshotRetentionLimit", 0, 35, _CODE)
    yield from between(new, "port", 1, 65535, _CODE)
    yield from between(new, "numNodeGroups", 1, 500, _CODE)
    yield from not_empty(new, "description", _CODE)
    yield from _zone_problems(region, new)
    yield from _log_problems(new)
    if new.get("authTokenWo") is not None and new.get("authTokenWoVersion") is None:
        yield Refusal("MissingParameter", "authTokenWo needs authTokenWoVersion.", "authTokenWoVersion")
    if new.get("dataTieringEnabled") is True and ".r6gd." not in str(new.get("nodeType")):
        yield Refusal(_COMBINATION, "data tiering needs nodes of the family r6gd.", "dataTieringEnabled")
    if new.get("kmsKeyId") is not None and new.get("atRestEncryptionEnabled") is False:
        yield Refusal(_COMBINATION, "a key needs encryption at rest.", "kmsKeyId")
    default = str(new.get("parameterGroupName"))
    if default.startswith("default.") and new.get("clusterMode") == "enabled" and "cluster" not in default:
        text = f"cluster mode needs a parameter group with cluster-enabled, such as {default}.cluster.on."
        yield Refusal(_COMBINATION, text, "parameterGroupName")


def user_groups(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Whether the user groups exist."""
    for position, name in enumerate(new.get("userGroupIds") or ()):
        if recorded(ctx, "aws:elasticache/userGroup:UserGroup", name) is None:
            yield Refusal("UserGroupNotFound", f"User group {name} not found.", f"userGroupIds[{position}]")


def _zone_problems(region: str, new: Props) -> Iterator[Refusal]:
    zones, nodes = new.get("preferredCacheClusterAzs"), new.get("numCacheClusters")
    if not isinstance(zones, list):
        return
    if isinstance(nodes, int) and len(zones) != nodes:
        text = f"{len(zones)} zones are given for {nodes} nodes."
        yield Refusal(_CODE, text, "preferredCacheClusterAzs")
    for position, zone in enumerate(zones):
        if isinstance(zone, str) and zone not in regions.zones(region):
            yield Refusal(
                _CODE, f"{zone} is not a zone of {region}.", f"preferredCacheClusterAzs[{position}]"
            )


def _log_problems(new: Props) -> Iterator[Refusal]:
    seen: set[str] = set()
    for position, log in enumerate(new.get("logDeliveryConfigurations") or ()):
        path = f"logDeliveryConfigurations[{position}].logType"
        kind = at(new, path) if isinstance(log, Mapping) else None
        if is_known(kind) and kind in seen:
            yield Refusal(_COMBINATION, f"{kind} is there twice.", path)
        seen.add(str(kind))
