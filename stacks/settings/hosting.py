from stacks.settings.field import setting
from stacks.settings.section import Section


class Hosting(Section):
    """Where it all runs."""

    provider: str = setting(
        "Whose machines; only AWS is provisioned (docs/hosting.md)",
        example="aws",
        pattern=r"^[a-z0-9]+$",
        default="aws",
    )
