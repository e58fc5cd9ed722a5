from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from stacks.settings.field import setting
from stacks.settings.section import Section

VariableName = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]


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
    recovery_window_days: int = setting(
        "How long a deleted secret can be brought back; 0: not at all", example=30, unit="days", ge=0, le=30
    )
