"""What AWS refuses in a cache without replication.

AWS: CreateCacheCluster, ElastiCache API Reference; from memory, not verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.bindings.elasticache import _engines, _group_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_ID = re.compile(r"(?!.*--)[a-z][a-z0-9-]{0,49}(?<!-)")
_ENGINES = ("memcached", "redis")
_ONLY_REDIS = (
    "finalSnapshotIdentifier",
    "snapshotArns",
    "snapshotName",
    "snapshotRetentionLimit",
    "snapshotWindow",
)


def problems(new: Props) -> Iterator[Refusal]:
    """Contradictions inside the cache."""
    name, node = new["clusterId"], new.get("nodeType")
    if isinstance(name, str) and not _ID.fullmatch(name):
        yield _invalid(
            f"{name!r}: 1 to 50 lower-case letters, digits and hyphens, beginning with a letter, without two hyphens "
            "in a row or one at the end.",
            "clusterId",
        )
    if isinstance(node, str) and not _engines.is_node_type(node):
        yield _invalid(f"Invalid cache node type: {node}", "nodeType")
    if "replicationGroupId" in new:
        yield Refusal(
            "UnsupportedProperty",
            "the simulated cloud adds no clusters to a replication group.",
            "replicationGroupId",
            "set numCacheClusters or replicasPerNodeGroup of the replication group.",
        )
        return
    yield from _engine(new)
    yield from _nodes(new)


def presence(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Whether the parameter group exists and is of the engine's family."""
    return _group_rules.parameter_group_problems(ctx, new)


def _engine(new: Props) -> Iterator[Refusal]:
    engine, version = new.get("engine"), new.get("engineVersion")
    for name in ("engine", "nodeType"):
        if name not in new:
            yield Refusal("InvalidParameterCombination", f"{name} is needed.", name)
    if isinstance(engine, str) and engine not in _ENGINES:
        yield Refusal(
            "InvalidParameterValue",
            f"engine {engine!r} is not one of {', '.join(_ENGINES)}.",
            "engine",
            "use elasticache.ReplicationGroup for valkey." if engine == "valkey" else "",
        )
    elif isinstance(engine, str) and isinstance(version, str) and not _offered(engine, version):
        yield _invalid(f"Cannot find version {version} for {engine}.", "engineVersion")
    for name in _ONLY_REDIS if engine == "memcached" else ():
        if new.get(name):
            yield Refusal("InvalidParameterCombination", f"{name} is not for memcached.", name)
    if new.get("transitEncryptionEnabled") is True and engine == "redis":
        yield Refusal(
            "InvalidParameterCombination",
            "Encryption features are not supported for engine redis on a single cache cluster.",
            "transitEncryptionEnabled",
            "use elasticache.ReplicationGroup.",
        )


def _offered(engine: str, version: str) -> bool:
    return _engines.has_memcached(version) if engine == "memcached" else _engines.has_version(engine, version)


def _nodes(new: Props) -> Iterator[Refusal]:
    engine, nodes, zones = new.get("engine"), new.get("numCacheNodes"), new.get("preferredAvailabilityZones")
    most = 1 if engine == "redis" else 40
    if nodes is None:
        yield Refusal("InvalidParameterCombination", "numCacheNodes is needed.", "numCacheNodes")
    elif isinstance(nodes, int | float) and not 1 <= nodes <= most:
        yield _invalid(f"{nodes:g} nodes, 1 to {most} allowed for {engine}.", "numCacheNodes")
    if new.get("azMode") == "cross-az" and nodes == 1:
        yield Refusal(
            "InvalidParameterCombination",
            "cross-az needs at least two nodes.",
            "azMode",
            "raise numCacheNodes.",
        )
    if isinstance(zones, list) and isinstance(nodes, int | float) and len(zones) != nodes:
        yield Refusal(
            "InvalidParameterCombination",
            f"{len(zones)} zones for {nodes:g} nodes.",
            "preferredAvailabilityZones",
        )


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterValue", message, path)
