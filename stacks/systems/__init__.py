"""The products, as settings."""

from collections.abc import Callable, Mapping
from typing import Any

from stacks.environments import Environment
from stacks.systems import learning_assistant

SYSTEMS: Mapping[str, Callable[[Environment], dict[str, Any]]] = {
    "learning-assistant": learning_assistant.settings,
}
DEFAULT_SYSTEM = "learning-assistant"
