"""What the options of a database must not say, alone or together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from components.database_args import DatabaseArgs
from components.database_options import Existing, Insights, Proxy, Restore
from components.errors import ComponentError

# AWS: CreateDBProxy, ModifyDBProxyTargetGroup, CreateDBInstance; per reference notes.
_BORROW_SECONDS = 300
_IDLE_SECONDS = 28_800
_RETENTION_DAYS = 35
_ADVANCED_DAYS = 465


@dataclass(frozen=True)
class Problem:
    """One contradiction."""

    what: str
    expected: str
    fix: str


def check(where: str, args: DatabaseArgs) -> None:
    """Refuses the first contradiction, before anything is registered."""
    for problem in _problems(args):
        raise ComponentError(where, problem.what, expected=problem.expected, fix=problem.fix)


def _problems(args: DatabaseArgs) -> Iterator[Problem]:
    if args.proxy is not None:
        yield from _of_proxy(args.proxy)
    if args.restore is not None:
        yield from _of_restore(args.restore)
    yield from _of_regions(args)
    yield from _of_insights(args.insights)
    yield from _of_existing(args, args.existing)
    if args.blue_green:
        yield from _of_blue_green(args)


def _of_proxy(proxy: Proxy) -> Iterator[Problem]:
    most, idle = proxy.max_connections_percent, proxy.max_idle_connections_percent
    if not 1 <= most <= 100 or not 0 <= idle <= most:
        yield Problem(
            f"a proxy with {most} % of the connections, {idle} % of them idle",
            "1 to 100, and no more idle ones",
            "set `proxy.max_connections_percent` and `proxy.max_idle_connections_percent` within it",
        )
    if not 0 <= proxy.borrow_timeout_seconds <= _BORROW_SECONDS:
        yield Problem(
            f"clients wait {proxy.borrow_timeout_seconds} s for a connection of the proxy",
            f"0 to {_BORROW_SECONDS}",
            "set `proxy.borrow_timeout_seconds` within it",
        )
    if not 1 <= proxy.idle_client_timeout_seconds <= _IDLE_SECONDS:
        yield Problem(
            f"silent clients of the proxy are let go after {proxy.idle_client_timeout_seconds} s",
            f"1 to {_IDLE_SECONDS}",
            "set `proxy.idle_client_timeout_seconds` within it",
        )


def _of_restore(restore: Restore) -> Iterator[Problem]:
    if (restore.snapshot_identifier is None) == (restore.source_identifier is None):
        yield Problem(
            "`restore` names not exactly one source",
            "either `snapshot_identifier` or `source_identifier`",
            "give one of them",
        )
    if restore.time is not None and restore.source_identifier is None:
        yield Problem(
            "`restore` has a time and no database whose backups are meant",
            "`time` with `source_identifier`; a snapshot has a time of its own",
            "leave `restore.time` out",
        )


def _of_regions(args: DatabaseArgs) -> Iterator[Problem]:
    here = {zone.rstrip("abcdef") for zone in args.availability_zones}
    others = {name: getattr(args, name) for name in ("cross_region", "followed", "backup_region")}
    for name, other in others.items():
        if other is not None and other.region in here:
            yield Problem(
                f"`{name}` is {other.region}, where the database itself is",
                "another region, which survives the loss of this one",
                f"set `{name}.region` to another one",
            )
        if other is not None and args.backup_retention_days < 1:
            yield Problem(
                f"`{name}` of a database without backups, from which RDS makes it",
                "`backup_retention_days` of 1 or more",
                f"set `backup_retention_days` to 1 or more, or leave `{name}` out",
            )
    if args.backup_region is not None and not 1 <= args.backup_region.retention_days <= _RETENTION_DAYS:
        yield Problem(
            f"backups in {args.backup_region.region} are kept {args.backup_region.retention_days} days",
            f"1 to {_RETENTION_DAYS}",
            "set `backup_region.retention_days` within it",
        )


def _of_insights(insights: Insights) -> Iterator[Problem]:
    days = insights.days
    if days not in (7, 731) and not (days % 31 == 0 and 31 <= days <= 713):
        yield Problem(
            f"Performance Insights are kept {days} days",
            "7, a multiple of 31 up to 713, or 731",
            "set `insights.days` to one of these",
        )
    if insights.advanced and days < _ADVANCED_DAYS:
        yield Problem(
            f"Database Insights Advanced with {days} days",
            f"{_ADVANCED_DAYS} days or more",
            f"set `insights.days` to {_ADVANCED_DAYS}",
        )


def _of_existing(args: DatabaseArgs, existing: Existing) -> Iterator[Problem]:
    if existing.parameter_group_name is not None and (args.parameters or args.workload is not None):
        yield Problem(
            "an existing parameter group and settings for a new one",
            "one of them",
            "leave `existing.parameter_group_name` out, or `parameters` and `workload`",
        )


# Terraform AWS provider, aws_db_instance, "Low-Downtime Updates": not with replicas, only with backups; from memory.
def _of_blue_green(args: DatabaseArgs) -> Iterator[Problem]:
    if args.replicas > 0 or args.cross_region is not None or args.followed is not None:
        yield Problem(
            "blue/green changes of a database with read replicas, which the provider cannot carry over",
            "`blue_green` without replicas",
            "set `blue_green` to False, or `replicas` to 0 and leave `cross_region` and `followed` out",
        )
    if args.backup_retention_days < 1:
        yield Problem(
            "blue/green changes of a database without backups, from which RDS makes the copy",
            "`backup_retention_days` of 1 or more",
            "set `backup_retention_days` to 1 or more, or `blue_green` to False",
        )
