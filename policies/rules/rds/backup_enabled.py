"""Databases keep automated backups.

Matters here because point-in-time recovery and read replicas both need them; without them
lost data stays lost.
"""

from collections.abc import Iterator

from policies import tokens
from policies.resource import Resource
from policies.verdict import COMPLIANT, Verdict, not_applicable, unknown, violation
from policies.view import ABSENT, UNKNOWN, Truth

TYPES = (tokens.DB_INSTANCE, tokens.DB_CLUSTER)


def check(database: Resource) -> Iterator[Verdict]:
    # AWS: API reference CreateDBInstanceReadReplica ("created with backups disabled"), read 2026-11.
    replica = database.at("replicateSourceDb").is_set()
    days = database.at("backupRetentionPeriod")
    if replica is Truth.TRUE:
        yield not_applicable("a replica: its source is backed up")
    elif _days(database) is UNKNOWN or (_days(database) == 0 and replica is Truth.MAYBE):
        yield unknown(days.path)
    else:
        yield (COMPLIANT if _days(database) != 0 else violation("is 0: no backups are kept", days.path))


def _days(database: Resource) -> object:
    """Retention in days; left out it means 0 for an instance and 1 for a cluster."""
    # Provider schema, pulumi-aws 7.51.1 docstrings of rds.Instance and rds.Cluster.
    default = 1 if database.type == tokens.DB_CLUSTER else 0
    days = database.at("backupRetentionPeriod").number()
    return default if days is ABSENT else days
