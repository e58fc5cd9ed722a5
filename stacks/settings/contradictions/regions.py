"""What about the second region cannot be."""

from collections.abc import Iterator

from stacks.settings.contradictions.standby import standby
from stacks.settings.database import Database
from stacks.settings.problem import Problem, SetTo
from stacks.settings.regions import another
from stacks.settings.root import Settings


def regions(settings: Settings) -> Iterator[Problem]:
    """Copies with nowhere to go or of nothing, a database that cannot be copied, a standby that cannot take over."""
    wanted = _wanted(settings)
    if wanted and settings.regions.second is None:
        yield _no_region(settings, wanted)
    yield from _the_same_region(settings)
    yield from _of_database(settings)
    yield from _of_vault(settings)
    if settings.regions.uploads_time_control and not settings.regions.uploads:
        yield Problem(
            path="regions.uploads_time_control",
            problem="a promise about copies of files that are not copied",
            expected="regions.uploads: true beside it",
            fix=SetTo(path="regions.uploads", value=True),
            involves=("regions",),
        )
    yield from _of_dumps(settings)
    yield from standby(settings)


def _wanted(settings: Settings) -> list[str]:
    regions = settings.regions
    return [
        name for name in ("standby", "uploads", "secrets", "backups", "dumps") if getattr(regions, name)
    ] + (["database"] if regions.database != "none" else [])


def _no_region(settings: Settings, wanted: list[str]) -> Problem:
    return Problem(
        path="regions.second",
        problem=f"nobody says in which region {', '.join(f'regions.{name}' for name in wanted)} would be",
        expected="the second region",
        fix=SetTo(path="regions.second", value=another(settings.region)),
        involves=("regions",),
    )


def _the_same_region(settings: Settings) -> Iterator[Problem]:
    second = settings.regions.second
    if second is None or settings.standby == (second == settings.region):
        return
    if settings.standby:
        yield Problem(
            path="aws:region",
            problem=f"the standby stack would stand in {settings.region}, and its data is copied to {second}",
            expected=f"{second}, which is regions.second",
            fix=f"set aws:region to {second} in the stack file of the standby",
            involves=("regions.second", "region"),
        )
        return
    yield Problem(
        path="regions.second",
        problem=f"{second} is the region of the stack itself, and would be lost with it",
        expected="another region",
        fix="choose another one, or remove it",
        involves=("regions.second", "region"),
    )


def _of_database(settings: Settings) -> Iterator[Problem]:
    kind, db = settings.regions.database, settings.database
    if kind == "none":
        return
    if db is None:
        yield _without("there is no database whose copy it could be", "none, as database is null", "none")
    elif db.clustered:
        # AWS: "Limitations of Multi-AZ DB clusters for Amazon RDS", read 2026-11: no cross-Region automated backups;
        # and a replica of one in another region the provider cannot make.
        yield _without(
            f"a failover within {db.failover_seconds} seconds takes a Multi-AZ DB cluster, which has neither backups "
            "nor a replica in another region",
            "none with database.failover_seconds below 120",
            "none",
        )
    else:
        yield from _of_instance(settings, db)


def _of_vault(settings: Settings) -> Iterator[Problem]:
    db = settings.database
    if not settings.regions.backups or db is None or not db.clustered:
        return
    # AWS: AWS Backup developer guide, "Copy a backup", read 2026-11: "copying a Multi-AZ DB cluster snapshot is not
    # supported".
    yield Problem(
        path="regions.backups",
        problem=f"a failover within {db.failover_seconds} seconds takes a Multi-AZ DB cluster, and AWS Backup cannot "
        "copy one's backups to another region: every copy would fail",
        expected="false with database.failover_seconds below 120",
        fix=SetTo(path="regions.backups", value=False),
        involves=("regions.backups", "database"),
    )


def _of_dumps(settings: Settings) -> Iterator[Problem]:
    if settings.regions.dumps and settings.backup.dump is None:
        yield Problem(
            path="regions.dumps",
            problem="there are no dumps that could be copied: backup.dump is null",
            expected="false without backup.dump",
            fix=SetTo(path="regions.dumps", value=False),
            involves=("regions.dumps", "backup.dump"),
        )


def _of_instance(settings: Settings, db: Database) -> Iterator[Problem]:
    kind = settings.regions.database
    if not db.backup_retention_days:
        yield Problem(
            path="database.backup_retention_days",
            problem=f"RDS makes the {'replica' if kind == 'replica' else 'copies'} in the second region from backups, "
            "and there are none",
            expected=f"at least 1 day with regions.database: {kind}",
            fix=SetTo(path="database.backup_retention_days", value=7),
            involves=("database.backup_retention_days", "regions.database"),
        )
    if kind != "replica":
        return
    if db.credentials == "managed" and not db.replicas:
        yield Problem(
            path="database.credentials",
            problem="RDS refuses to manage the master password of a database that has a replica, in whatever region",
            expected="secret (or nothing) with regions.database: replica",
            fix=SetTo(path="database.credentials", value="secret"),
            involves=("database.credentials", "regions.database"),
        )
    if not settings.regions.standby:
        yield _without(
            "a replica stands in the network of the standby stack, and there is none",
            "regions.standby: true beside replica",
            "backups",
        )


def _without(problem: str, expected: str, value: str) -> Problem:
    return Problem(
        path="regions.database",
        problem=problem,
        expected=expected,
        fix=SetTo(path="regions.database", value=value),
        involves=("regions.database", "database", "regions.standby"),
    )
