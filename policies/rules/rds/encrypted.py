"""Database storage is encrypted.

Matters here because it cannot be turned on later: the instance must be rebuilt from an encrypted snapshot.
"""

from collections.abc import Iterator

from policies import tokens
from policies.resource import Resource
from policies.verdict import Verdict, not_applicable, require_true, unknown
from policies.view import ABSENT, Truth, any_of

TYPES = (tokens.DB_INSTANCE, tokens.DB_CLUSTER)

# A replica in the same region always has its source's encryption, a restored database its snapshot's.
# AWS: API reference CreateDBInstanceReadReplica (KmsKeyId), read 2026-11.
_INHERITED_FROM = (
    "replicateSourceDb",
    "replicationSourceIdentifier",
    "snapshotIdentifier",
)


def check(database: Resource) -> Iterator[Verdict]:
    encrypted = database.at("storageEncrypted")
    inherits = any_of(database.at(key).is_set() for key in _INHERITED_FROM)
    if encrypted.value is ABSENT and inherits is Truth.TRUE:
        yield not_applicable("encrypted like the database or snapshot it is made from")
    elif encrypted.value is ABSENT and inherits is Truth.MAYBE:
        yield unknown(encrypted.path)
    else:
        yield require_true(encrypted, "is not true")
