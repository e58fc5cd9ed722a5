"""What about the database cannot be."""

from collections.abc import Iterator

from components.connection_budget import (
    RESERVED,
    Clients,
    default_max_connections,
    least_max_connections,
)
from components.engine import Engine
from stacks.settings.database import Database
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings
from stacks.settings.service import Service


def database(settings: Settings) -> Iterator[Problem]:
    """Passwords and replicas, replicas and backups, clusters and storage, too many connections, a stranger's data."""
    db = settings.database
    if db is None:
        return
    yield from _managed_password_with_replicas(db)
    yield from _replicas_without_backups(db)
    yield from _no_room_to_grow(db)
    yield from _connections_set_twice(db)
    yield from _too_many_connections(settings, db)
    yield from _cluster(db)
    yield from _reference(settings, db)


def _managed_password_with_replicas(db: Database) -> Iterator[Problem]:
    if db.credentials == "managed" and db.replicas:
        yield Problem(
            path="database.credentials",
            problem="RDS refuses to manage the master password of a database with read replicas",
            expected=f"secret (or nothing) with database.replicas: {db.replicas}",
            fix=SetTo(path="database.credentials", value="secret"),
            involves=("database.credentials", "database.replicas"),
        )


def _replicas_without_backups(db: Database) -> Iterator[Problem]:
    if db.replicas and not db.backup_retention_days:
        yield Problem(
            path="database.backup_retention_days",
            problem=f"RDS makes read replicas from backups, and there are none for {db.replicas} replicas",
            expected="at least 1 day with replicas",
            fix=SetTo(path="database.backup_retention_days", value=7),
            involves=("database.backup_retention_days", "database.replicas"),
        )


def _no_room_to_grow(db: Database) -> Iterator[Problem]:
    # AWS: RDS user guide, "Managing capacity automatically with Amazon RDS storage autoscaling":
    # a ceiling less than 10 percent above the storage is refused; per general knowledge of that page
    least = -(-db.storage_gb * 11 // 10)
    if not db.clustered and db.max_storage_gb < least:
        yield Problem(
            path="database.max_storage_gb",
            problem=f"{db.max_storage_gb} leaves {db.storage_gb} GiB no room to grow by 10 percent",
            expected=f"at least {least} (GiB)",
            fix=SetTo(path="database.max_storage_gb", value=least),
            involves=("database.max_storage_gb", "database.storage_gb"),
        )


def _connections_set_twice(db: Database) -> Iterator[Problem]:
    if "max_connections" in db.parameters:
        yield Problem(
            path="database.parameters.max_connections",
            problem="it would contradict database.max_connections, which sets the same parameter",
            expected="only database.max_connections",
            fix="remove it and set database.max_connections",
            involves=("database.parameters", "database.max_connections"),
        )


def _too_many_connections(settings: Settings, db: Database) -> Iterator[Problem]:
    if db.pooler is not None:
        return
    users = {name: _clients(one) for name, one in settings.services.items() if "database" in one.uses}
    engine = Engine(db.engine)
    needed = least_max_connections(engine, list(users.values()))
    if needed > db.max_connections:
        tasks = " and ".join(
            f"{one.tasks} tasks of {name} with pools of {one.pool_size}" for name, one in users.items()
        )
        yield Problem(
            path="database.max_connections",
            problem=f"{db.max_connections} connections are too few for {tasks}, while one generation replaces "
            f"another, and {RESERVED[engine]} for administrators",
            expected=f"at least {needed}, as no pooler stands between",
            fix=f"{_more(db, needed)}, lower services.<name>.scaling.max or connection_pool_size, or set "
            "database.pooler to {}",
            involves=("database.max_connections", "database.pooler", "services"),
        )


def _clients(one: Service) -> Clients:
    return Clients(
        max_tasks=one.scaling.max if one.scaling else one.desired_count,
        pool_size=one.connection_pool_size,
        deployment_percent=one.deployment.maximum_percent,
    )


def _more(db: Database, needed: int) -> str:
    """What helps if it is to be that many: the setting, and the memory for it."""
    usual = default_max_connections(Engine(db.engine), db.instance_class)
    if usual is None or needed <= usual:
        return f"set database.max_connections to {needed}"
    return (
        f"set database.max_connections to {needed} and a larger database.instance_class ({db.instance_class} has "
        f"memory for about {usual})"
    )


def _cluster(db: Database) -> Iterator[Problem]:
    if not db.clustered:
        return
    # AWS: RDS user guide, "Multi-AZ DB cluster deployments": two readable standbys, no further ones here.
    if db.replicas:
        yield Problem(
            path="database.replicas",
            problem=f"a failover within {db.failover_seconds} seconds takes a Multi-AZ DB cluster, which has two "
            "readable standbys already",
            expected="0 with a cluster",
            fix=SetTo(path="database.replicas", value=0),
            involves=("database.replicas", "database.failover_seconds"),
        )


def _reference(settings: Settings, db: Database) -> Iterator[Problem]:
    if db.reference is not None and settings.environment != "dev":
        yield Problem(
            path="database.reference",
            problem=f"the reference database {db.reference.host} is for developers, and this is {settings.environment}",
            expected="null outside of dev",
            fix=SetTo(path="database.reference", value=None),
            involves=("database.reference",),
        )
