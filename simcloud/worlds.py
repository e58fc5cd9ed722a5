"""Moto has one world to a process; several clouds take turns in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data

Known = tuple[Mapping[str, Any], Mapping[str, dict[Any, Any]]]
World = Mapping[BackendDict[Any], Known]
"""What each service knows: by account, and beyond accounts (S3: whose each bucket is)."""


def empty() -> None:
    """Forget the world that is there."""
    BackendDict.reset()
    reset_model_data()


def take_out() -> World:
    """The world that is there; moto has an empty one afterwards."""
    kept = {service: (dict(service), _beyond_accounts(service)) for service in _services()}
    for service, (_, beyond) in kept.items():
        service.clear()
        vars(service).update({name: {} for name in beyond})
    return kept


def put_in(world: World) -> None:
    """Let moto have `world`; what was there before must have been taken out."""
    for service, (accounts, beyond) in world.items():
        service.update(accounts)
        vars(service).update(beyond)
        # Or the next reset would pass it by.
        if service not in _services():
            _services().append(service)


def _beyond_accounts(service: BackendDict[Any]) -> dict[str, dict[Any, Any]]:
    return {name: value for name, value in vars(service).items() if isinstance(value, dict)}


def _services() -> list[BackendDict[Any]]:
    """Those in use; moto has no other list of them."""
    every: Any = BackendDict
    services: list[BackendDict[Any]] = every._instances  # noqa: SLF001
    return services
