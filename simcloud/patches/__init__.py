"""Where moto answers otherwise than AWS: one file per service, every patch with a line that says what differs."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import wraps
from typing import Any

Method = Callable[..., Any]


def apply() -> None:
    """Put every patch in place; once per process is enough, more do no harm."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def around(owner: type) -> Callable[[Method], Method]:
    """Put the decorated function in place of `owner`'s method of that name; it is given the original first."""

    def place(replacement: Method) -> Method:
        original = getattr(owner, replacement.__name__)

        @wraps(original)
        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            return replacement(original, self, *args, **kwargs)

        setattr(owner, replacement.__name__, method)
        return replacement

    return place


def adds(owner: type) -> Callable[[Method], Method]:
    """Give `owner` the decorated method, which moto lacks."""

    def place(method: Method) -> Method:
        setattr(owner, method.__name__, method)
        return method

    return place
