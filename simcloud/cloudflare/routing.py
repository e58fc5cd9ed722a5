"""Which function answers which method and path."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from simcloud.cloudflare import resources
from simcloud.cloudflare.call import Call
from simcloud.cloudflare.errors import ApiError, no_route

Answer = Callable[[Call], Any]


@dataclass(frozen=True)
class Page:
    """A list that answers with `result_info`."""

    items: list[Any]
    number: int
    size: int
    total: int


@dataclass(frozen=True)
class Route:
    """`path` has parameters in braces: `/zones/{zone_id}`."""

    method: str
    path: str
    answer: Answer


def find(method: str, path: str) -> tuple[Route, Mapping[str, str]]:
    """The route of a request and its path parameters. Raises ApiError as Cloudflare does."""
    found = [(route, match.groupdict()) for route, pattern in _table() if (match := pattern.fullmatch(path))]
    for route, params in found:
        if route.method == method:
            return route, params
    if found:
        raise ApiError(7001, f"Method {method} not available for that URI.", status=405)
    raise no_route(path)


@cache
def _table() -> tuple[tuple[Route, re.Pattern[str]], ...]:
    """Paths without parameters come first: `/x/settings` is not the x called settings."""
    routes = sorted(_routes(), key=lambda route: [("{" in step, step) for step in route.path.split("/")])
    return tuple((route, _pattern(route.path)) for route in routes)


def _routes() -> Iterator[Route]:
    for found in pkgutil.iter_modules(resources.__path__):
        module = importlib.import_module(f"{resources.__name__}.{found.name}")
        yield from getattr(module, "ROUTES", ())


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))
