from collections.abc import Mapping
from typing import Literal

from stacks.settings.field import setting
from stacks.settings.kinds import VariableName
from stacks.settings.section import Section


class Slot(Section):
    """One secret that people fill and the application reads."""

    description: str = setting("What belongs into it", example="Key that signs session cookies")
    variable: VariableName = setting("Environment variable that carries it", example="SESSION_SECRET")


class Secrets(Section):
    """Empty places for secret values; no value is ever a setting."""

    slots: Mapping[str, Slot] = setting(
        "The secrets of the application, name to meaning",
        example={"session": {"description": "Key that signs session cookies", "variable": "SESSION_SECRET"}},
        default={},
    )
    path: str | None = setting(
        "First part of every secret's name, before /<slot>; left out: <system>/<environment>",
        example="muejam/production",
        pattern=r"^[a-z0-9][a-z0-9_/-]*[a-z0-9]$",
        default=None,
    )
    read_policy: Literal["path", "everywhere"] | None = setting(
        "A managed policy with GetSecretValue and DescribeSecret on everything below the path (path), or on it in "
        "whatever region and account, as some documents write it (everywhere); null: none, roles read exact secrets",
        example="path",
        default=None,
    )
    read_policy_path: str | None = setting(
        "What that policy names in the path's place, when one policy serves several environments; left out: the path",
        example="muejam",
        pattern=r"^[a-z0-9][a-z0-9_/-]*[a-z0-9]$",
        default=None,
    )
    recovery_window_days: int = setting(
        "How long a deleted secret can be brought back; 0: not at all", example=30, unit="days", ge=0, le=30
    )
