from typing import Literal

from stacks.settings.field import setting
from stacks.settings.section import Section


class Hosting(Section):
    """Where it all runs."""

    provider: Literal["aws"] = setting(
        "Whose machines; docs/hosting.md says why", example="aws", default="aws"
    )
