"""What about backups and dumps cannot be."""

from collections.abc import Iterator

from stacks.settings.backup import Dump
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings


def backup(settings: Settings) -> Iterator[Problem]:
    """Dumps of what is not there, and settings of a vault that is not made."""
    if settings.backup.dump is not None:
        yield from _dump(settings, settings.backup.dump)
    if not settings.backup.plan:
        yield from _no_vault(settings)


def _dump(settings: Settings, dump: Dump) -> Iterator[Problem]:
    db = settings.database
    if db is None:
        yield Problem(
            path="backup.dump",
            problem="there is no database to dump",
            expected="null without a database",
            fix=SetTo(path="backup.dump", value=None),
            involves=("backup.dump", "database"),
        )
        return
    if dump.source == "replica" and not db.replicas and not db.clustered:
        yield Problem(
            path="backup.dump.source",
            problem="there is no replica to ask",
            expected="primary without database.replicas",
            fix=SetTo(path="backup.dump.source", value="primary"),
            involves=("backup.dump", "database.replicas", "database.failover_seconds"),
        )


def _no_vault(settings: Settings) -> Iterator[Problem]:
    asked = {
        "backup.restore_test": settings.backup.restore_test,
        "backup.lock": settings.backup.lock != "none",
        "regions.backups": settings.regions.backups,
    }
    for path, wanted in asked.items():
        if wanted:
            yield Problem(
                path=path,
                problem="there is no vault: backup.plan is false",
                expected="it with backup.plan: true",
                fix=SetTo(path="backup.plan", value=True),
                involves=(path, "backup.plan"),
            )
