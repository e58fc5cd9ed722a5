from stacks.settings.field import setting
from stacks.settings.kinds import HostLabel
from stacks.settings.section import Section


class Site(Section):
    """A frontend that is only files: a private bucket behind its own CloudFront distribution and firewall."""

    hosts: tuple[HostLabel, ...] = setting(
        "Names that lead to it, as labels within the zone; @ is the zone itself",
        example=["@", "www"],
        default=("@",),
        min_length=1,
    )
    single_page: bool = setting(
        "Whether every path that is no file shows the start page, whose program knows its own paths",
        example=True,
        default=True,
    )
    page_ttl_seconds: int = setting(
        "How long the edge keeps pages; built files stay for a year",
        example=3600,
        unit="seconds",
        ge=0,
        le=31_536_000,
        default=3600,
    )
