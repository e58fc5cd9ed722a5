"""docs/requirements.yaml: what is required, without a word on what proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DATA = ROOT / "docs" / "requirements.yaml"
INFRASTRUCTURE_KINDS = (
    "network",
    "compute",
    "database",
    "cache",
    "edge",
    "dns-tls",
    "security",
    "secrets",
    "storage",
    "observability",
    "alerting",
    "backup-DR",
    "scaling",
    "cost",
    "environments",
)
"""What infrastructure can show by itself: none of these rows may stay open without a reason."""
KINDS = (*INFRASTRUCTURE_KINDS, "deployment", "policy", "application", "ci", "docs")


@dataclass(frozen=True)
class Requirement:
    """One row of a document; `reason` says why nothing proves it, empty where nobody has said."""

    id: str
    kind: str
    text: str
    reason: str


@dataclass(frozen=True)
class System:
    """A document of requirements; `short` begins the ids of its rows."""

    short: str
    name: str
    rows: tuple[Requirement, ...]


@cache
def read() -> tuple[System, ...]:
    """All systems, in the order of the file."""
    return tuple(_system(one) for one in yaml.safe_load(DATA.read_text())["systems"])


def requirements() -> tuple[Requirement, ...]:
    """The rows of all systems."""
    return tuple(row for system in read() for row in system.rows)


def _system(written: Mapping[str, Any]) -> System:
    return System(written["short"], written["name"], tuple(_row(row) for row in written["rows"]))


def _row(written: Mapping[str, str]) -> Requirement:
    given = dict(written)
    row = Requirement(given.pop("id"), given.pop("kind"), given.pop("requirement"), given.pop("open", ""))
    if given:
        raise ValueError(
            f"{DATA.name}: {row.id}: unknown {', '.join(given)}. Expected id, kind, requirement, open"
        )
    return row
