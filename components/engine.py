"""The database engines, and what differs between them."""

from __future__ import annotations

from enum import StrEnum

from components.errors import ComponentError


class Engine(StrEnum):
    """The database engines that are supported."""

    POSTGRES = "postgres"
    MYSQL = "mysql"

    @property
    def port(self) -> int:
        """The port that clients connect to."""
        return 5432 if self is Engine.POSTGRES else 3306

    @property
    def log_exports(self) -> tuple[str, ...]:
        """The logs that RDS can send to CloudWatch and that are worth keeping."""
        return ("postgresql", "upgrade") if self is Engine.POSTGRES else ("error", "slowquery")

    @property
    def forced_tls(self) -> tuple[str, str]:
        """The parameter and its value that make the server refuse connections without TLS."""
        return ("rds.force_ssl", "1") if self is Engine.POSTGRES else ("require_secure_transport", "1")


# AWS: "Amazon RDS DB engine, Region, and instance class support for Database Insights", read 2026-11.
_NO_INSIGHTS_ON_MYSQL = frozenset(
    f"db.{family}.{size}" for family in ("t2", "t3", "t4g") for size in ("micro", "small")
)


def family(where: str, engine: Engine, version: str) -> str:
    """The parameter group family of an engine version: `postgres16`, `mysql8.0`."""
    parts = version.split(".")
    wanted = 1 if engine is Engine.POSTGRES else 2
    if len(parts) < wanted or not all(part.isdigit() for part in parts):
        raise _bad_version(where, engine, version)
    return f"{engine}{'.'.join(parts[:wanted])}"


def supports_insights(engine: Engine, instance_class: str) -> bool:
    """Whether Performance Insights exists for this engine on this class."""
    return engine is Engine.POSTGRES or instance_class not in _NO_INSIGHTS_ON_MYSQL


def _bad_version(where: str, engine: Engine, version: str) -> ComponentError:
    example = "16 or 16.4" if engine is Engine.POSTGRES else "8.0 or 8.0.39"
    return ComponentError(
        where,
        f"`{version}` is no {engine} version",
        expected=f"numbers with dots, such as {example}",
        fix="set `engine_version` to a version that RDS offers",
    )
