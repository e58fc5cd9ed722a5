"""What the web application firewall at the edge checks, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class WafArgs:
    """`rate_limit_per_5_minutes` counts requests per client address; `block` False only counts what would be blocked."""

    rate_limit_per_5_minutes: int
    block: bool
    log_retention_days: int = 30
