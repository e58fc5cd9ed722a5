"""How many tasks a service runs, and what decides it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Scaling:
    """Between `min` and `max` tasks, held at the named targets (percent; requests per task and minute)."""

    min: int
    max: int
    cpu_percent: int = 70
    memory_percent: int | None = None
    requests_per_target: int | None = None
    scale_in_seconds: int = 300
    scale_out_seconds: int = 60
