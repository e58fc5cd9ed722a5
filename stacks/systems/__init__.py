"""The products, as settings: each file here is one, named like it, and says what it needs in `settings`."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from stacks.environments import Environment


def _found() -> Mapping[str, Callable[[Environment], dict[str, Any]]]:
    files = sorted(module.name for module in iter_modules(__path__))
    return {file.replace("_", "-"): import_module(f"stacks.systems.{file}").settings for file in files}


SYSTEMS = _found()
DEFAULT_SYSTEM = "learning-assistant"
