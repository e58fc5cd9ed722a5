"""Which environment a stack is, and so which level each rule has."""

import os
from collections.abc import Mapping
from enum import StrEnum

CONFIG_KEY = "plinth:environment"
VARIABLE = "PLINTH_ENVIRONMENT"


class Environment(StrEnum):
    DEV = "dev"
    STAGING = "staging"
    PRODUCTION = "production"


def environment_of(
    stack: str, config: Mapping[str, str], variables: Mapping[str, str] = os.environ
) -> Environment:
    """Say what a stack is: by its config, else its name, else the variable; unknown words mean production.

    The variable comes last, so that nobody weakens the rules of a stack named `production` from a shell.
    """
    if stated := config.get(CONFIG_KEY):
        return _named(stated) or Environment.PRODUCTION
    return _named(_last_word(stack)) or _named(variables.get(VARIABLE, "")) or Environment.PRODUCTION


def _last_word(stack: str) -> str:
    return stack.rsplit("/", 1)[-1].rsplit("-", 1)[-1]


def _named(word: str) -> Environment | None:
    return Environment(word) if word in set(Environment) else None
