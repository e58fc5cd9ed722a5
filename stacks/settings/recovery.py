from stacks.settings.field import setting
from stacks.settings.section import Section


class Recovery(Section):
    """How long something may be away (rto), and how much of it may be lost (rpo); null: nothing is promised.

    What the chosen mechanisms achieve is computed (docs/recovery.md), and a promise beyond it is refused.
    """

    application_rto_minutes: float | None = setting(
        "Services after the loss of a task or zone", example=5, unit="minutes", gt=0, default=None
    )
    application_rpo_minutes: float | None = setting(
        "Services: state of their own", example=0, unit="minutes", ge=0, default=None
    )
    database_rto_minutes: float | None = setting(
        "Database after the loss of a server or zone", example=15, unit="minutes", gt=0, default=None
    )
    database_rpo_minutes: float | None = setting(
        "Database, also after a mistake", example=5, unit="minutes", ge=0, default=None
    )
    cache_rto_minutes: float | None = setting(
        "Cache after the loss of a node or zone", example=1, unit="minutes", gt=0, default=None
    )
    cache_rpo_minutes: float | None = setting(
        "Content of the cache after the loss of a node or zone",
        example=15,
        unit="minutes",
        ge=0,
        default=None,
    )
    whole_rto_minutes: float | None = setting(
        "Everything together after the loss of a zone", example=30, unit="minutes", gt=0, default=None
    )
    whole_rpo_minutes: float | None = setting(
        "Everything together after the loss of a zone", example=5, unit="minutes", ge=0, default=None
    )
    region_rto_minutes: float | None = setting(
        "Everything after the loss of the region", example=240, unit="minutes", gt=0, default=None
    )
    region_rpo_minutes: float | None = setting(
        "Everything after the loss of the region", example=60, unit="minutes", ge=0, default=None
    )
