"""What a database's arguments must not say together."""

from __future__ import annotations

import re

from components import database_option_checks, names
from components.database_args import DatabaseArgs
from components.engine import Engine, supports_insights
from components.errors import ComponentError

# AWS: CreateDBInstance, parameters of the same names; per reference notes.
_MONITORING_INTERVALS = (0, 1, 5, 10, 15, 30, 60)
_MINIMUM_GP3_GB = 20
_MAXIMUM_RETENTION_DAYS = 35
_MAXIMUM_REPLICAS = 15
_RESERVED_USERNAMES = {
    Engine.POSTGRES: frozenset({"admin", "rdsadmin", "rdsrepladmin", "rds_superuser"}),
    Engine.MYSQL: frozenset({"rdsadmin", "rdsrepladmin"}),
}
_LONGEST_SUFFIX = len("-replica-15")


def check(where: str, args: DatabaseArgs) -> None:
    """Refuses arguments that contradict each other or RDS, before anything is registered."""
    _check_identifier(where)
    _check_username(where, args)
    _check_zones(where, args)
    _check_storage(where, args)
    _check_backups(where, args)
    _check_replicas(where, args)
    _check_watching(where, args)
    _check_tls(where, args)
    database_option_checks.check(where, args)


def _check_identifier(where: str) -> None:
    names.fit(f"{where}-monitoring", names.ROLE)
    legal = re.fullmatch(r"[a-z](-?[a-z0-9])*", where)
    if legal and len(where) + _LONGEST_SUFFIX <= 63:
        return
    raise ComponentError(
        where,
        "the name cannot become an RDS identifier",
        expected=f"at most {63 - _LONGEST_SUFFIX} lower-case letters, digits and single hyphens",
        fix="shorten or change the component's name",
    )


def _check_username(where: str, args: DatabaseArgs) -> None:
    reserved = _RESERVED_USERNAMES[args.engine]
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,31}", args.username) and args.username not in reserved:
        return
    raise ComponentError(
        where,
        f"`{args.username}` cannot be the master user of {args.engine}",
        expected=f"up to 32 letters, digits and underscores, and none of {', '.join(sorted(reserved))}",
        fix="choose another `username`",
    )


def _check_zones(where: str, args: DatabaseArgs) -> None:
    if len(set(args.availability_zones)) >= 2:
        return
    raise ComponentError(
        where,
        f"subnets in {len(set(args.availability_zones))} availability zone(s)",
        expected="at least two, which an RDS subnet group must cover even for a single instance",
        fix="give `availability_zones` and `subnet_ids` of two or more zones",
    )


def _check_storage(where: str, args: DatabaseArgs) -> None:
    if args.storage_gb < _MINIMUM_GP3_GB:
        raise ComponentError(
            where,
            f"{args.storage_gb} GB of storage",
            expected=f"at least {_MINIMUM_GP3_GB} GB of gp3",
            fix=f"set `storage_gb` to {_MINIMUM_GP3_GB} or more",
        )
    # AWS: "Working with storage for Amazon RDS", storage autoscaling; per reference notes.
    grows = args.max_storage_gb != args.storage_gb
    if grows and args.max_storage_gb * 10 < args.storage_gb * 11:
        raise ComponentError(
            where,
            f"storage may grow from {args.storage_gb} to {args.max_storage_gb} GB",
            expected="a limit that is equal (no growth) or at least a tenth higher",
            fix=f"set `max_storage_gb` to {-(-args.storage_gb * 11 // 10)} or more",
        )


def _check_backups(where: str, args: DatabaseArgs) -> None:
    if not 0 <= args.backup_retention_days <= _MAXIMUM_RETENTION_DAYS:
        raise ComponentError(
            where,
            f"backups are kept {args.backup_retention_days} days",
            expected=f"0 to {_MAXIMUM_RETENTION_DAYS}",
            fix="set `backup_retention_days` within it",
        )
    if args.replicas > 0 and args.backup_retention_days < 1:
        raise ComponentError(
            where,
            f"{args.replicas} read replica(s) of a database without backups, from which RDS makes replicas",
            expected="`backup_retention_days` of 1 or more",
            fix="set `backup_retention_days` to 1 or more, or `replicas` to 0",
        )


def _check_replicas(where: str, args: DatabaseArgs) -> None:
    if 0 <= args.replicas <= _MAXIMUM_REPLICAS:
        return
    raise ComponentError(
        where,
        f"{args.replicas} read replicas",
        expected=f"0 to {_MAXIMUM_REPLICAS}",
        fix="set `replicas` within it",
    )


def _check_watching(where: str, args: DatabaseArgs) -> None:
    if args.monitoring_interval_seconds not in _MONITORING_INTERVALS:
        raise ComponentError(
            where,
            f"enhanced monitoring every {args.monitoring_interval_seconds} seconds",
            expected=f"one of {', '.join(str(seconds) for seconds in _MONITORING_INTERVALS)} (0 is off)",
            fix="set `monitoring_interval_seconds` to one of these",
        )
    for instance_class in (args.instance_class, args.replica_instance_class or args.instance_class):
        if args.performance_insights and not supports_insights(args.engine, instance_class):
            raise ComponentError(
                where,
                f"Performance Insights do not exist for {args.engine} on {instance_class}",
                expected="a class of size medium or larger",
                fix="set `performance_insights` to False, or take a larger class",
            )


def _check_tls(where: str, args: DatabaseArgs) -> None:
    name, forced = args.engine.forced_tls
    if args.parameters.get(name, forced) == forced:
        return
    raise ComponentError(
        where,
        f"parameter `{name}` is `{args.parameters[name]}`, which would allow connections without TLS",
        expected=f"`{forced}`, which is set anyway",
        fix=f"remove `{name}` from `parameters`",
    )
