"""Log lines that are counted."""

from __future__ import annotations

from dataclasses import dataclass

from components.metric import Metric


@dataclass(frozen=True, kw_only=True)
class Logged:
    """`name` is what its alarms are called after; `what` completes "more than 5 … a minute"."""

    name: str
    what: str
    metric: Metric
