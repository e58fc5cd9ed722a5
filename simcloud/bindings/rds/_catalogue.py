"""What RDS offers: engine versions, instance classes, storage, logs. As of November 2026."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

# AWS: minors as in aws-cdk `PostgresEngineVersion` and `MysqlEngineVersion`, read 2026-11, PostgreSQL's raised by the
# three minors up to 18.6, which RDS offers since August 2026 (all majors get their minors together).
_POSTGRES_MINORS = {"13": (1, 23), "14": (1, 25), "15": (2, 20), "16": (1, 16), "17": (1, 12), "18": (1, 6)}
_MYSQL_MINORS = {"8.0": (11, 46), "8.4": (3, 10)}
# Never released by RDS.
_SKIPPED = frozenset({"8.0.12", "8.0.14", "8.0.18", "8.0.22", "8.0.24", "8.0.38"})

# AWS: «Hardware specifications for DB instance classes», RDS User Guide; per reference notes, not verified against AWS.
_BURST = ("micro", "small", "medium", "large", "xlarge", "2xlarge")
_UP_TO_16 = ("large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge")
_UP_TO_24 = (*_UP_TO_16, "24xlarge")
_UP_TO_32 = (*_UP_TO_24, "32xlarge")
_UP_TO_48 = (*_UP_TO_24, "48xlarge")
_SIZES = {
    **dict.fromkeys(("t3", "t4g"), _BURST),
    **dict.fromkeys(("m6g", "m6gd", "m7g", "r6g", "r6gd", "r7g", "x2g"), _UP_TO_16),
    **dict.fromkeys(("m5", "m5d", "r5", "r5b", "r5d"), _UP_TO_24),
    **dict.fromkeys(("m6i", "m6id", "m6idn", "m6in", "r6i", "r6id", "r6idn", "r6in"), _UP_TO_32),
    **dict.fromkeys(("m7i", "m8g", "m8gd", "r7i", "r8g", "r8gd"), _UP_TO_48),
    "x2iedn": ("xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge", "24xlarge", "32xlarge"),
    "x2idn": ("16xlarge", "24xlarge", "32xlarge"),
}
CLASSES = frozenset(f"db.{family}.{size}" for family, sizes in _SIZES.items() for size in sizes)


@dataclass(frozen=True)
class Engine:
    """One engine: its versions, oldest first, and its rules."""

    name: str
    port: int
    minors: dict[str, tuple[int, int]]
    default_major: str
    logs: frozenset[str]
    username_limit: int
    password_limit: int
    reserved_usernames: frozenset[str]
    license_model: str
    description: str
    listed: tuple[str, ...] = ()
    """Versions that do not simply count up."""
    versions: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "versions", tuple(self._every_version()))

    def _every_version(self) -> Iterator[str]:
        yield from self.listed
        for major, (first, last) in self.minors.items():
            yield from (
                f"{major}.{minor}" for minor in range(first, last + 1) if f"{major}.{minor}" not in _SKIPPED
            )

    def resolved(self, wanted: str | None) -> str | None:
        """The full version that `wanted` stands for (`16` is the newest 16), or None if there is none."""
        prefix = wanted or self.default_major
        if prefix in self.versions:
            return prefix
        return next(
            (version for version in reversed(self.versions) if version.startswith(f"{prefix}.")), None
        )

    def major(self, version: str) -> str:
        """The major version: `16` of `16.4`, `8.0` of `8.0.39`."""
        return ".".join(version.split(".")[: self.default_major.count(".") + 1])

    def family(self, version: str) -> str:
        """The family of parameter groups: `postgres16`, `mysql8.0`."""
        return f"{self.name}{self.major(version)}"

    @property
    def families(self) -> frozenset[str]:
        """All families of parameter groups."""
        return frozenset(map(self.family, self.versions))


# AWS: CreateDBInstance, RDS API Reference (names, passwords, log types); per reference notes, not verified against AWS.
POSTGRES = Engine(
    name="postgres",
    port=5432,
    minors=_POSTGRES_MINORS,
    default_major="17",
    logs=frozenset({"postgresql", "upgrade", "iam-db-auth-error"}),
    username_limit=63,
    password_limit=128,
    reserved_usernames=frozenset({"admin", "rdsadmin", "rdsrepladmin", "rds_superuser", "rdstopmgr"}),
    license_model="postgresql-license",
    description="PostgreSQL",
)
MYSQL = Engine(
    name="mysql",
    port=3306,
    minors=_MYSQL_MINORS,
    default_major="8.4",
    logs=frozenset({"audit", "error", "general", "slowquery", "iam-db-auth-error"}),
    username_limit=16,
    password_limit=41,
    reserved_usernames=frozenset({"rdsadmin", "rdsrepladmin", "mysql.sys", "mysql.session"}),
    license_model="general-public-license",
    description="MySQL Community Edition",
)
ENGINES = {engine.name: engine for engine in (POSTGRES, MYSQL)}


def is_older(one: str, other: str) -> bool:
    """Whether version `one` comes before `other`."""
    return _numbers(one) < _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


# AWS: «Amazon RDS endpoints», hosted zones; per reference notes, not verified against AWS.
_HOSTED_ZONES = {
    "ap-northeast-1": "Z24O6O9L7SGTNB",
    "ap-southeast-1": "Z2G0U3KFCY8NZ5",
    "ap-southeast-2": "Z32T0VRHXEXS0V",
    "eu-central-1": "Z1RLNUO7B9Q6NB",
    "eu-west-1": "Z29XKXDKYMONMX",
    "eu-west-2": "Z1TTGA775OQIYO",
    "us-east-1": "Z2R2ITUGPM61AM",
    "us-east-2": "Z2XHWR1WZ565X2",
    "us-west-1": "Z10WI91S59XXQN",
    "us-west-2": "Z1PVIF0B656C1W",
}


def hosted_zone(region: str) -> str:
    """The Route 53 zone that the endpoints of `region` are in; made up where it is not known."""
    return _HOSTED_ZONES.get(region, f"Z{region.replace('-', '').upper():0<13}")
