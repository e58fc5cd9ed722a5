"""Loads settings the short way."""

from typing import Any

from stacks.settings.load import Configuration, load
from stacks.settings.root import Settings


def loaded(stack: str, overrides: dict[str, Any] | None = None, **values: str) -> Settings:
    """The settings of `stack` with `overrides` over them and further `plinth:` keys beside them."""
    return load(Configuration(stack=stack, values={**values, "overrides": overrides or {}}))
