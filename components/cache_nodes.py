"""How ElastiCache names the nodes of a replication group."""

from __future__ import annotations

from collections.abc import Sequence


def node_numbers(*, shards: int, replicas: int) -> Sequence[str]:
    """What follows the group's id and a hyphen: `001`, `002`; with several shards `0001-001`, …"""
    nodes = range(1, replicas + 2)
    if shards == 1:
        return [f"{node:03d}" for node in nodes]
    return [f"{shard:04d}-{node:03d}" for shard in range(1, shards + 1) for node in nodes]
