"""Seconds as people say them."""

from __future__ import annotations

from stacks.recovery.way import Seconds

_EXACT_SECONDS = 600


def duration(seconds: Seconds) -> str:
    """`35 s`, `2 min 30 s`, `1 h 30 min`, `0`, `never`; beyond ten minutes rounded up to minutes."""
    if seconds is None:
        return "never"
    if seconds > _EXACT_SECONDS:
        seconds = -(-seconds // 60) * 60
    units = ((seconds // 3600, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s"))
    return " ".join(f"{count} {unit}" for count, unit in units if count) or "0"
