"""What about the database cannot be."""

from collections.abc import Iterator

from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings

# Kept for administrators: PostgreSQL reserves 3 for superusers, RDS 2 for itself
# (PostgreSQL documentation, superuser_reserved_connections; rds.rds_superuser_reserved_connections).
RESERVED_CONNECTIONS = 5
# A rolling deployment starts the new tasks before it stops the old ones.
GENERATIONS = 2


def database(settings: Settings) -> Iterator[Problem]:
    """Passwords and replicas, replicas and backups, storage that cannot grow, too many connections."""
    yield from _managed_password_with_replicas(settings)
    yield from _replicas_without_backups(settings)
    yield from _no_room_to_grow(settings)
    yield from _connections_set_twice(settings)
    yield from _too_many_connections(settings)


def _managed_password_with_replicas(settings: Settings) -> Iterator[Problem]:
    db = settings.database
    if db.credentials == "managed" and db.replicas:
        yield Problem(
            path="database.credentials",
            problem="RDS refuses to manage the master password of a database with read replicas",
            expected=f"secret (or nothing) with database.replicas: {db.replicas}",
            fix=SetTo(path="database.credentials", value="secret"),
            involves=("database.credentials", "database.replicas"),
        )


def _replicas_without_backups(settings: Settings) -> Iterator[Problem]:
    db = settings.database
    if db.replicas and not db.backup_retention_days:
        yield Problem(
            path="database.backup_retention_days",
            problem=f"RDS makes read replicas from backups, and there are none for {db.replicas} replicas",
            expected="at least 1 day with replicas",
            fix=SetTo(path="database.backup_retention_days", value=7),
            involves=("database.backup_retention_days", "database.replicas"),
        )


def _no_room_to_grow(settings: Settings) -> Iterator[Problem]:
    db = settings.database
    # AWS: RDS user guide, "Managing capacity automatically with Amazon RDS storage autoscaling":
    # a ceiling less than 10 percent above the storage is refused; per general knowledge of that page
    least = -(-db.storage_gb * 11 // 10)
    if db.max_storage_gb < least:
        yield Problem(
            path="database.max_storage_gb",
            problem=f"{db.max_storage_gb} leaves {db.storage_gb} GiB no room to grow by 10 percent",
            expected=f"at least {least} (GiB)",
            fix=SetTo(path="database.max_storage_gb", value=least),
            involves=("database.max_storage_gb", "database.storage_gb"),
        )


def _connections_set_twice(settings: Settings) -> Iterator[Problem]:
    if "max_connections" in settings.database.parameters:
        yield Problem(
            path="database.parameters.max_connections",
            problem="it would contradict database.max_connections, which sets the same parameter",
            expected="only database.max_connections",
            fix="remove it and set database.max_connections",
            involves=("database.parameters", "database.max_connections"),
        )


def _too_many_connections(settings: Settings) -> Iterator[Problem]:
    tasks, pool = most_tasks(settings), settings.service.connection_pool_size
    limit = settings.database.max_connections
    needed = tasks * pool * GENERATIONS + RESERVED_CONNECTIONS
    if needed > limit:
        yield Problem(
            path="database.max_connections",
            problem=f"{limit} connections are too few for {tasks} tasks with pools of {pool}, twice that while "
            f"one generation replaces another, and {RESERVED_CONNECTIONS} for administrators",
            expected=f"at least {needed}, as no pooler stands between",
            fix=f"set database.max_connections to {needed} (if the instance class has the memory), "
            "or lower service.scaling.max or service.connection_pool_size",
            involves=("database.max_connections", "service.scaling", "service.connection_pool_size"),
        )


def most_tasks(settings: Settings) -> int:
    """The largest number of tasks of one generation."""
    scaling = settings.service.scaling
    return scaling.max if scaling else settings.service.desired_count
