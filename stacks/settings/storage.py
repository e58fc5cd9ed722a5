from stacks.settings.field import setting
from stacks.settings.kinds import HostName
from stacks.settings.section import Section


class Storage(Section):
    """The buckets: uploaded files, and the access logs of everything that writes them."""

    noncurrent_days: int = setting(
        "How long overwritten and deleted files can be brought back", example=90, unit="days", ge=1
    )
    expire_days: int | None = setting(
        "How long uploaded files stay; null: for good", example=730, unit="days", ge=1, default=None
    )
    infrequent_after_days: int | None = setting(
        "When uploaded files move to cheaper storage; null: never",
        example=30,
        unit="days",
        ge=30,
        default=None,
    )
    access_log_days: int = setting("How long access logs stay", example=365, unit="days", ge=1)
    cors_origins: tuple[HostName, ...] = setting(
        "Further hosts whose pages may upload straight into the bucket; the site itself always may",
        example=["admin.learning-assistant.app"],
        default=(),
    )
    force_destroy: bool = setting("Whether destroying the stack deletes the files too", example=False)
