"""The settings of a stack as plain values: what its file, its system and its environment come to."""

from pathlib import Path
from typing import Any

from plinth.errors import ConfigurationError
from plinth.settings.stack_file import configuration_of
from stacks.settings import errors
from stacks.settings.load import load
from stacks.settings.standby import standing_by


def settings_of(stack: str, root: Path) -> dict[str, Any]:
    """All of them; ConfigurationError with every problem when there are any."""
    try:
        settings = load(configuration_of(stack, root))
    except errors.ConfigurationError as error:
        raise ConfigurationError(str(error)) from error
    found: dict[str, Any] = (standing_by(settings) if settings.standby else settings).model_dump(mode="json")
    return found
