"""The rules that AWS manages, and their parameters, as moto lists them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any


@cache
def _constraints() -> Mapping[str, Any]:
    # Only here, because moto's Config is slow to import.
    from moto.config.models import MANAGED_RULES_CONSTRAINTS

    known: Mapping[str, Any] = MANAGED_RULES_CONSTRAINTS
    return known


def is_known(identifier: str) -> bool:
    """Whether AWS has such a rule."""
    return identifier in _constraints()


def unknown_parameters(identifier: str, given: Collection[str]) -> list[str]:
    """Of the parameters given to the rule, those that it does not have."""
    known = {parameter["Name"] for parameter in _constraints()[identifier]["Parameters"]}
    return sorted(set(given) - known)


def missing_parameters(identifier: str, given: Collection[str]) -> list[str]:
    """The parameters that the rule needs and was not given."""
    needed = {item["Name"] for item in _constraints()[identifier]["Parameters"] if not item["Optional"]}
    return sorted(needed - set(given))
