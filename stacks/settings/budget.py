from collections.abc import Mapping

from stacks.settings.field import setting
from stacks.settings.kinds import Email, Slug
from stacks.settings.section import Section


class Line(Section):
    """One part of the budget."""

    monthly_usd: float = setting("What it may cost", example=200, unit="USD per month", gt=0)
    services: tuple[str, ...] = setting(
        "AWS services that count, as bills name them",
        example=["Amazon Relational Database Service"],
        min_length=1,
    )


class Budget(Section):
    """What the environment may cost; told before it costs more."""

    monthly_usd: float | None = setting(
        "For everything with this stack's tag Stack, which must be activated once as a cost allocation tag; null: no "
        "budget",
        example=525,
        unit="USD per month",
        gt=0,
        default=None,
    )
    elsewhere_usd: Mapping[Slug, float] = setting(
        "Parts of it that others bill, such as Cloudflare; AWS's budget is what remains",
        example={"cdn": 30},
        unit="USD per month",
        default={},
    )
    lines: Mapping[Slug, Line] = setting(
        "Parts with a limit of their own",
        example={"database": {"monthly_usd": 200, "services": ["Amazon Relational Database Service"]}},
        default={},
    )
    emails: tuple[Email, ...] = setting(
        "Who is told; nobody: the warnings' topic", example=["finance@learning-assistant.app"], default=()
    )
    unusual_usd: float | None = setting(
        "Unusual costs of so much are told; null: not looked for", example=20, unit="USD", gt=0, default=None
    )
