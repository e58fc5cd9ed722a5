"""The products, as settings."""

from collections.abc import Callable, Mapping
from typing import Any

from stacks.environments import Environment
from stacks.systems import api_platform, learning_assistant, muejam_library, practice_app, scalable_next

SYSTEMS: Mapping[str, Callable[[Environment], dict[str, Any]]] = {
    "learning-assistant": learning_assistant.settings,
    "practice-app": practice_app.settings,
    "api-platform": api_platform.settings,
    "scalable-next": scalable_next.settings,
    "muejam-library": muejam_library.settings,
}
DEFAULT_SYSTEM = "learning-assistant"
