"""What properties may name, kind by kind: a file per service, in which `RESOLVERS` maps a kind to its resolver."""

from __future__ import annotations

import importlib
import pkgutil

from simcloud.resolver import Resolver


def _all() -> dict[str, Resolver]:
    files = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return {kind: resolver for file in files for kind, resolver in file.RESOLVERS.items()}


RESOLVERS = _all()
