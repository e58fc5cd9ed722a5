"""How ElastiCache names the nodes of a replication group."""

from __future__ import annotations

from collections.abc import Sequence


def node_numbers(*, shards: int, replicas: int, clustered: bool | None = None) -> Sequence[str]:
    """What follows the group's id and a hyphen: `001`, `002`; in cluster mode `0001-001`, …, be it of one shard."""
    nodes = range(1, replicas + 2)
    if not (shards > 1 if clustered is None else clustered):
        return [f"{node:03d}" for node in nodes]
    return [f"{shard:04d}-{node:03d}" for shard in range(1, shards + 1) for node in nodes]
