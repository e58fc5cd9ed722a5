"""Whether the connections that clients may open fit into those that a database takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.engine import Engine
from components.errors import ComponentError

_MIB = 1024**2
# AWS: "Quotas and constraints for Amazon RDS", maximum number of database connections; per reference notes.
_BYTES_PER_CONNECTION = {Engine.POSTGRES: 9_531_392, Engine.MYSQL: 12_582_880}
_MOST = {Engine.POSTGRES: 5_000, Engine.MYSQL: 16_000}
# RDS divides what is left of the memory after its own processes, which it does not publish. Fitted from below to the
# limits that people saw on MySQL (tritoneco.com, "max_connections at AWS RDS MySQL instance sizes", read 2026-11).
_OWN_MIB, _OWN_SHARE = 230, 0.03
# Kept for administrators: superuser_reserved_connections is 3 (PostgreSQL documentation), and RDS's own
# rds.rds_superuser_reserved_connections 2; MySQL keeps one for the master. Per reference notes.
RESERVED = {Engine.POSTGRES: 5, Engine.MYSQL: 1}

# AWS: "Hardware specifications for DB instance classes", GiB of memory; per reference notes.
_LARGE = {"c": 4, "m": 8, "r": 16, "x": 32}
_BURSTING = {"micro": 1, "small": 2, "medium": 4, "large": 8, "xlarge": 16, "2xlarge": 32}
_MEDIUM = {"c": 2, "m": 4, "r": 8}


@dataclass(frozen=True, kw_only=True)
class Clients:
    """Those of one service. `deployment_percent`: how many tasks a rolling deployment runs at its height."""

    max_tasks: int
    pool_size: int
    deployment_percent: int = 200

    @property
    def connections(self) -> int:
        """All that can be open at once."""
        return self.tasks * self.pool_size

    @property
    def tasks(self) -> int:
        """All that run while one generation replaces another."""
        return -(-self.max_tasks * self.deployment_percent // 100)

    def __str__(self) -> str:
        return (
            f"{self.max_tasks} tasks (at {self.deployment_percent} % during a deployment) with {self.pool_size} "
            "connections each"
        )


def memory_gib(instance_class: str) -> int | None:
    """The memory of a class such as `db.r6g.large`; None where it is not known here."""
    parts = instance_class.split(".")
    if len(parts) != 3 or parts[0] != "db" or not parts[1]:
        return None
    letter, size = parts[1][0], parts[2]
    if letter == "t":
        return _BURSTING.get(size)
    if size == "medium":
        return _MEDIUM.get(letter)
    return None if letter not in _LARGE else _times_large(_LARGE[letter], size)


def default_max_connections(engine: Engine, instance_class: str) -> int | None:
    """What RDS's own formula will come to at least, if no `max_connections` is given; an estimate from below."""
    gib = memory_gib(instance_class)
    if gib is None:
        return None
    usable = (gib * 1024 * (1 - _OWN_SHARE) - _OWN_MIB) * _MIB
    return min(int(usable) // _BYTES_PER_CONNECTION[engine], _MOST[engine])


def least_max_connections(engine: Engine, clients: Sequence[Clients]) -> int:
    """The `max_connections` with which nobody is turned away, administrators included."""
    return sum(client.connections for client in clients) + RESERVED[engine]


def check_connections(
    where: str,
    *,
    engine: Engine,
    instance_class: str,
    clients: Sequence[Clients],
    max_connections: int | None = None,
) -> None:
    """Refuses clients that can open more connections than the database takes.

    `max_connections` None means RDS's own limit, which follows from the class; unknown classes pass.
    """
    limit = max_connections or default_max_connections(engine, instance_class)
    if limit is None or least_max_connections(engine, clients) <= limit:
        return
    free, wanted = limit - RESERVED[engine], sum(client.connections for client in clients)
    raise ComponentError(
        where,
        f"{' and '.join(map(str, clients))} can open {wanted}, and {instance_class} leaves {free}",
        expected=f"at most {free} connections of clients",
        fix=_remedy(clients, free),
    )


def _remedy(clients: Sequence[Clients], free: int) -> str:
    pool = free // sum(client.tasks for client in clients)
    smaller = f"set the size of the pool{'s' * (len(clients) > 1)} to {pool}, " if pool >= 1 else ""
    return f"{smaller}give the database a `proxy`, or take a larger class"


def _times_large(large: int, size: str) -> int | None:
    if size == "large":
        return large
    count = size.removesuffix("xlarge")
    if size == count or not (count == "" or count.isdigit()):
        return None
    return large * 2 * int(count or 1)
