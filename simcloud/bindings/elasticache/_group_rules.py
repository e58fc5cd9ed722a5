"""What AWS refuses in a replication group.

AWS: CreateReplicationGroup, ElastiCache API reference, and «Authenticating with the AUTH command»; per reference notes,
not verified against AWS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.bindings._regional import recorded
from simcloud.bindings.elasticache import _engines, _group_values
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_ID = re.compile(r"(?!.*--)[a-z][a-z0-9-]{0,39}(?<!-)")
_CODE = "InvalidParameterCombination"


def problems(region: str, new: Props) -> Iterator[Refusal]:
    """Contradictions inside the group."""
    yield from _name(new["replicationGroupId"])
    yield from _engine(new)
    yield from _availability(new)
    yield from _token(new)
    yield from _group_values.problems(region, new)


def parameter_group_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Whether the parameter group exists and is of the engine's family."""
    name, version = new.get("parameterGroupName"), new.get("engineVersion")
    yield from _group_values.user_groups(ctx, new)
    if not isinstance(name, str) or name.startswith("default."):
        return
    group = recorded(ctx, "aws:elasticache/parameterGroup:ParameterGroup", name)
    if group is None:
        yield Refusal(
            "CacheParameterGroupNotFound", f"CacheParameterGroup {name} not found.", "parameterGroupName"
        )
    elif isinstance(version, str) and group["family"] != (wanted := _engines.family(new["engine"], version)):
        yield Refusal(
            _CODE,
            f"Expected a parameter group of family {wanted} but found one of family {group['family']}",
            "parameterGroupName",
        )


def _name(name: Value) -> Iterator[Refusal]:
    if isinstance(name, str) and not _ID.fullmatch(name):
        yield Refusal(
            "InvalidParameterValue",
            f"replication group id {name!r}: 1 to 40 letters, digits and hyphens, beginning with a letter, "
            "without two hyphens in a row or one at the end.",
            "replicationGroupId",
        )


def _engine(new: Props) -> Iterator[Refusal]:
    engine, version, node = new["engine"], new.get("engineVersion"), new.get("nodeType")
    if isinstance(engine, str) and engine not in _engines.NAMES:
        yield Refusal(
            "InvalidParameterValue", f"engine {engine!r} is not one of {', '.join(_engines.NAMES)}.", "engine"
        )
    elif isinstance(engine, str) and isinstance(version, str) and not _engines.has_version(engine, version):
        yield Refusal(
            "InvalidParameterValue", f"Cannot find version {version} for {engine}.", "engineVersion"
        )
    if isinstance(node, str) and not _engines.is_node_type(node):
        yield Refusal("InvalidParameterValue", f"Invalid cache node type: {node}", "nodeType")


def _availability(new: Props) -> Iterator[Refusal]:
    failover, multi_az = new["automaticFailoverEnabled"], new["multiAzEnabled"]
    nodes, replicas = new.get("numCacheClusters"), new.get("replicasPerNodeGroup")
    alone = (isinstance(nodes, int) and nodes < 2) or (isinstance(replicas, int) and replicas < 1)
    if failover is True and alone and not _clustered(new):
        yield Refusal(
            _CODE,
            "Cannot create automatic failover without at least one replica.",
            "automaticFailoverEnabled",
        )
    if multi_az is True and (failover is not True or alone):
        yield Refusal(_CODE, "Multi-AZ needs automatic failover and at least one replica.", "multiAzEnabled")
    if _clustered(new) and failover is not True:
        yield Refusal(_CODE, "cluster mode needs automatic failover.", "automaticFailoverEnabled")
    if isinstance(replicas, int) and not 0 <= replicas <= 5:
        yield Refusal(
            "InvalidParameterValue", f"{replicas} replicas a shard, 0 to 5 allowed.", "replicasPerNodeGroup"
        )
    if nodes is not None and new.get("numNodeGroups") is not None:
        yield Refusal(_CODE, "numCacheClusters and numNodeGroups exclude each other.", "numCacheClusters")
    if isinstance(nodes, int) and not 1 <= nodes <= 6:
        yield Refusal(
            "InvalidParameterValue",
            f"{nodes} nodes, 1 to 6 allowed without cluster mode.",
            "numCacheClusters",
        )


def _clustered(new: Props) -> bool:
    groups = new.get("numNodeGroups")
    return new.get("clusterMode") == "enabled" or (isinstance(groups, int) and groups > 1)


def _token(new: Props) -> Iterator[Refusal]:
    name = "authToken" if new.get("authToken") is not None else "authTokenWo"
    token = new.get(name)
    if token is None:
        return
    if new.get("transitEncryptionEnabled") is not True:
        yield Refusal(
            _CODE, "an auth token needs encryption in transit.", name, "set transitEncryptionEnabled."
        )
    if new.get("userGroupIds"):
        yield Refusal(_CODE, "an auth token and user groups exclude each other.", name)
    if isinstance(token, str) and not (16 <= len(token) <= 128):
        yield Refusal(
            "InvalidParameterValue", f"the auth token has {len(token)} characters, 16 to 128 allowed.", name
        )
    elif isinstance(token, str) and not _printable(token):
        yield Refusal(
            "InvalidParameterValue",
            'the auth token may hold printable characters except space, @, " and /.',
            name,
        )


def _printable(token: str) -> bool:
    return all("!" <= letter <= "~" and letter not in '@"/' for letter in token)
