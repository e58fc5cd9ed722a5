"""What the state files of the simulated environments say, read without asking the engine."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from plinth.engine.layout import Layout
from plinth.report.urn import STACK_TYPE, is_provider


@dataclass(frozen=True)
class Environment:
    """One stack of the simulated backend. `updated` is in UTC; `resources` counts real ones by type token."""

    name: str
    updated: datetime
    resources: Mapping[str, int]
    protected: int
    unfinished: int

    @property
    def total(self) -> int:
        return sum(self.resources.values())


def stack_exists(layout: Layout, stack: str) -> bool:
    return layout.state_file(stack).is_file()


def environments(layout: Layout) -> tuple[Environment, ...]:
    """All stacks of the project, by name."""
    return tuple(read_environment(file) for file in sorted(layout.stacks.glob("*.json")))


def read_environment(file: Path) -> Environment:
    latest = json.loads(file.read_bytes())["checkpoint"].get("latest") or {}
    resources = [resource for resource in latest.get("resources") or () if _is_real(resource)]
    counts = Counter(resource["type"] for resource in resources)
    return Environment(
        name=file.stem,
        updated=datetime.fromtimestamp(file.stat().st_mtime, UTC),
        resources=dict(sorted(counts.items())),
        protected=sum(1 for resource in resources if resource.get("protect")),
        unfinished=len(latest.get("pending_operations") or ()),
    )


def _is_real(resource: Mapping[str, Any]) -> bool:
    token = resource["type"]
    return bool(resource.get("custom")) and token != STACK_TYPE and not is_provider(token)
