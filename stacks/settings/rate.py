from typing import Literal

from stacks.settings.field import setting
from stacks.settings.kinds import PathPattern
from stacks.settings.section import Section


class Rate(Section):
    """How often one address may ask."""

    limit: int = setting("Requests within the window", example=60, unit="requests", ge=10, le=2_000_000_000)
    # AWS: WAF API, RateBasedStatement.EvaluationWindowSec (botocore 1.44.5), read 2026-11
    window_seconds: Literal[60, 120, 300, 600] = setting("The window", example=60, unit="seconds", default=60)
    paths: tuple[PathPattern, ...] = setting(
        "Paths that count; none: all", example=["/auth/login"], default=()
    )
