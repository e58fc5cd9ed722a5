from typing import Literal

from stacks.settings.field import setting
from stacks.settings.kinds import Cron
from stacks.settings.section import Section


class Dump(Section):
    """A nightly file of the whole database in a bucket, by pg_dump or mysqldump: readable without AWS."""

    cron: Cron = setting("When, in UTC", example="cron(0 2 * * ? *)", default="cron(0 2 * * ? *)")
    source: Literal["primary", "replica"] = setting(
        "Which server is asked", example="replica", default="primary"
    )
    keep_days: int = setting("How long dumps stay", example=365, unit="days", ge=1, default=365)
    image: str | None = setting(
        "Image with sh, pg_dump or mysqldump of the server's version, and the AWS command line (docs/components/job.md "
        "says how it is built); null: the tag database.engine_version of a registry that the stack makes",
        example="123456789012.dkr.ecr.eu-west-1.amazonaws.com/pg-dump:16",
        default=None,
    )


class Backup(Section):
    """Copies besides the database's own: a vault that AWS Backup fills."""

    plan: bool = setting("Whether there is one", example=True)
    daily_keep_days: int = setting("How long daily backups stay", example=7, unit="days", ge=1, default=7)
    weekly_keep_days: int = setting("How long weekly backups stay", example=28, unit="days", ge=1, default=28)
    monthly_keep_days: int = setting(
        "How long monthly backups stay", example=365, unit="days", ge=1, default=365
    )
    restore_test: bool = setting(
        "Whether AWS restores the newest backup every week, to see that it can", example=True, default=False
    )
    restore_test_cron: Cron = setting(
        "When, in UTC", example="cron(0 9 ? * MON *)", default="cron(0 9 ? * MON *)"
    )
    lock: Literal["none", "governance", "compliance"] = setting(
        "Who can delete backups before their time: who may (none; with protection.enabled who may change the vault's "
        "policy first), who may unlock the vault (governance), or nobody (compliance, three days after it was made)",
        example="governance",
        default="none",
    )
    dump: Dump | None = setting("A nightly dump; null: none", example={"source": "replica"}, default=None)
