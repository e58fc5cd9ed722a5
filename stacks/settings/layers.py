"""Lays the settings of environment, system and user over one another."""

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any

from stacks.settings.merge import merge

EVERY = "*"


def lay(*layers: Mapping[str, Any]) -> dict[str, Any]:
    """The last layer wins; what a layer says of the service `*` holds for every service that any layer names."""
    names = dict.fromkeys(name for layer in layers for name in _services(layer) if name != EVERY)
    return reduce(merge, (_spread(layer, list(names)) for layer in layers), {})


def _spread(layer: Mapping[str, Any], names: list[str]) -> Mapping[str, Any]:
    services = _services(layer)
    if EVERY not in services:
        return layer
    return {**layer, "services": dict(_each(services, names))}


def _each(services: Mapping[str, Any], names: list[str]) -> Iterator[tuple[str, Any]]:
    every = services[EVERY]
    for name in names:
        own = services.get(name, {})
        both = isinstance(every, Mapping) and isinstance(own, Mapping)
        yield name, merge(every, own) if both else own or every


def _services(layer: Mapping[str, Any]) -> Mapping[str, Any]:
    services = layer.get("services", {})
    return services if isinstance(services, Mapping) else {}
