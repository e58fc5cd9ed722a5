from typing import Literal

from stacks.settings.field import setting
from stacks.settings.kinds import Cidr, Region
from stacks.settings.section import Section


def another(region: str) -> str:
    """The second region that is proposed where nobody names one."""
    return "us-east-1" if region == "us-west-2" else "us-west-2"


class Regions(Section):
    """What stands in a second region, for the day on which the first one is lost."""

    second: Region | None = setting("The second region; null: none", example="us-west-2", default=None)
    database: Literal["none", "backups", "replica"] = setting(
        "backups: any second of the last days can be restored there; replica: a server that follows, in the "
        "standby stack's network (instances only: clusters have neither)",
        example="backups",
        default="none",
    )
    database_keep_days: int = setting(
        "backups: how long they stay there", example=7, unit="days", ge=1, le=35, default=7
    )
    database_promoted: bool = setting(
        "Standby stack only, on the day on which the first region is lost: the replica becomes a server of its own, "
        "for good, and takes writes",
        example=True,
        default=False,
    )
    uploads: bool = setting("Whether uploaded files are copied there", example=True, default=False)
    uploads_time_control: bool = setting(
        "Whether S3 promises 99.99 percent of these copies within 15 minutes, for a fee",
        example=True,
        default=False,
    )
    secrets: bool = setting("Whether secrets are copied there", example=True, default=False)
    backups: bool = setting("Whether the backup vault is copied there", example=True, default=False)
    dumps: bool = setting(
        "Whether the dumps of backup.dump are copied there, within 15 minutes for S3's fee: the only copy that a "
        "Multi-AZ DB cluster can have there",
        example=True,
        default=False,
    )
    standby_tasks: int = setting(
        "Tasks of each service that run in the standby stack while the first region answers; 0: a pilot light, which "
        "is started once the database is restored (docs/recovery.md)",
        example=1,
        unit="tasks",
        ge=0,
        default=0,
    )
    cidr_block: Cidr | None = setting(
        "Address range of the standby stack's network; null: the range of the same size behind network.cidr_block",
        example="10.1.0.0/16",
        default=None,
    )
    standby: bool = setting(
        "Whether a stack of its own, <system>-<environment>-standby, runs the services there, to which DNS turns "
        "when the first region no longer answers; edge.kind none only",
        example=True,
        default=False,
    )
