from stacks.settings.field import setting
from stacks.settings.kinds import PathPattern
from stacks.settings.section import Section


class Kept(Section):
    """Answers that are the same for everybody."""

    paths: tuple[PathPattern, ...] = setting("Path patterns", example=["/about"], min_length=1)
    edge_seconds: int = setting(
        "How long the edge keeps them", example=3600, unit="seconds", ge=0, le=31_536_000
    )
    browser_seconds: int | None = setting(
        "How long browsers keep them; null: as the application says",
        example=300,
        unit="seconds",
        ge=0,
        le=31_536_000,
        default=None,
    )
    by_query: bool = setting("Whether each query string has its own answer", example=False, default=False)
