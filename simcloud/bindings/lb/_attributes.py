"""Attributes: what the API keeps as text under dotted names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.values import Props


@dataclass(frozen=True)
class Attribute:
    """One attribute: its name in the API and how its text is read."""

    key: str
    read: Callable[[str], Any] = str


def boolean(text: str) -> bool:
    """A boolean as the API spells it."""
    return text == "true"


def written(value: Any) -> str:
    """A value as the API spells it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def changed(table: Mapping[str, Attribute], new: Props, old: Props) -> list[dict[str, str]]:
    """The attributes that differ, as the API wants them."""
    return [
        {"Key": attribute.key, "Value": written(new[name])}
        for name, attribute in table.items()
        if new.get(name) is not None and new[name] != old.get(name)
    ]


def read(table: Mapping[str, Attribute], found: Mapping[str, str]) -> Props:
    """Properties out of the attributes that there are."""
    return {
        name: attribute.read(found[attribute.key])
        for name, attribute in table.items()
        if found.get(attribute.key) not in (None, "")
    }


def as_map(listed: list[Mapping[str, str]]) -> dict[str, str]:
    """The API's list as a map."""
    return {item["Key"]: item.get("Value", "") for item in listed}
