"""What Aurora offers beside RDS's own engines, and which classes clusters take."""

from __future__ import annotations

from simcloud.bindings.rds._catalogue import CLASSES, ENGINES, MYSQL, POSTGRES, Engine

# AWS: «Aurora PostgreSQL updates»; from memory, not verified: Aurora follows PostgreSQL's minors some months later, and
# begins a major with a later one.
_POSTGRES_MINORS = {"13": (9, 23), "14": (6, 23), "15": (3, 18), "16": (1, 14), "17": (4, 10), "18": (3, 4)}
# «Aurora MySQL updates», as another simulator of AWS listed them in 2026; not verified against AWS.
_MYSQL_VERSIONS = (
    *(f"5.7.mysql_aurora.2.11.{patch}" for patch in range(1, 7)),
    *(f"5.7.mysql_aurora.2.12.{patch}" for patch in range(7)),
    *(f"8.0.mysql_aurora.3.04.{patch}" for patch in (0, 1, 2, 3, 4, 6)),
    *(f"8.0.mysql_aurora.3.08.{patch}" for patch in range(3)),
    "8.0.mysql_aurora.3.09.0",
    *(f"8.0.mysql_aurora.3.10.{patch}" for patch in range(5)),
    "8.0.mysql_aurora.3.11.0",
    "8.0.mysql_aurora.3.11.1",
    "8.0.mysql_aurora.3.12.0",
    "8.4.mysql_aurora.8.4.7",
)

AURORA_POSTGRES = Engine(
    name="aurora-postgresql",
    port=POSTGRES.port,
    minors=_POSTGRES_MINORS,
    default_major="17",
    logs=frozenset({"instance", "postgresql", "iam-db-auth-error"}),
    username_limit=POSTGRES.username_limit,
    password_limit=POSTGRES.password_limit,
    reserved_usernames=POSTGRES.reserved_usernames,
    license_model=POSTGRES.license_model,
    description="Aurora PostgreSQL",
)
AURORA_MYSQL = Engine(
    name="aurora-mysql",
    port=MYSQL.port,
    minors={},
    default_major="8.0",
    logs=frozenset({"audit", "error", "general", "iam-db-auth-error", "instance", "slowquery"}),
    username_limit=MYSQL.username_limit,
    password_limit=MYSQL.password_limit,
    reserved_usernames=MYSQL.reserved_usernames,
    license_model=MYSQL.license_model,
    description="Aurora MySQL",
    listed=_MYSQL_VERSIONS,
)
AURORA = {engine.name: engine for engine in (AURORA_MYSQL, AURORA_POSTGRES)}
EVERY = {**ENGINES, **AURORA}
SERVERLESS = "db.serverless"

# AWS: «Aurora DB instance classes», «Instance class availability for Multi-AZ DB clusters»; from memory, not verified.
_AURORA_FAMILIES = ("r5", "r6g", "r6i", "r7g", "r7i", "r8g", "x2g")
_OPTIMIZED_READS = ("r6gd", "r6id", "r8gd")
_BURST = frozenset(f"db.{family}.{size}" for family in ("t3", "t4g") for size in ("medium", "large"))
_MULTI_AZ_FAMILIES = (
    "m5d",
    "m6gd",
    "m6id",
    "m6idn",
    "m8gd",
    "r5d",
    "r6gd",
    "r6id",
    "r6idn",
    "r8gd",
    "x2iedn",
)
_C6GD = frozenset(
    f"db.c6gd.{size}"
    for size in ("medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge")
)


def _of(families: tuple[str, ...]) -> frozenset[str]:
    return frozenset(one for one in CLASSES if one.split(".")[1] in families)


AURORA_CLASSES = _of((*_AURORA_FAMILIES, *_OPTIMIZED_READS)) | _BURST | {SERVERLESS}
MULTI_AZ_CLASSES = _of(_MULTI_AZ_FAMILIES) | _C6GD


def is_class(engine: str, name: str) -> bool:
    """Whether instances of a cluster of `engine` come in that size."""
    if engine not in AURORA:
        return name in MULTI_AZ_CLASSES
    return name in AURORA_CLASSES and (
        engine != AURORA_MYSQL.name or name.split(".")[1] not in _OPTIMIZED_READS
    )
