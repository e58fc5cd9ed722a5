"""Reads what the engine was given for this stack."""

import json
import os
from typing import Any

import pulumi
from pulumi.runtime.config import CONFIG

from stacks.settings.load import Configuration, load
from stacks.settings.root import Settings

NAMESPACE = "plinth:"


def configured() -> Settings:
    """The settings of the selected stack; ConfigurationError with every problem when there are any."""
    return load(
        Configuration(
            stack=pulumi.get_stack(),
            region=pulumi.Config("aws").get("region") or os.environ.get("AWS_REGION"),
            values={key: _parsed(text) for key, text in _own_keys().items()},
            encrypted=frozenset(
                key for key in _own_keys() if pulumi.runtime.is_config_secret(NAMESPACE + key)
            ),
        )
    )


def _own_keys() -> dict[str, Any]:
    # pulumi.Config can look a key up but not list the keys, and a mistyped key must not pass in silence.
    given = {**pulumi.runtime.config.get_config_env(), **CONFIG.get()}
    return {key.removeprefix(NAMESPACE): text for key, text in given.items() if key.startswith(NAMESPACE)}


def _parsed(text: str) -> Any:
    """Nested values arrive as JSON; everything else is text."""
    try:
        return json.loads(text) if text.startswith("{") else text
    except json.JSONDecodeError:
        return text
