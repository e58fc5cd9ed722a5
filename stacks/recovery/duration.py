"""Seconds as people say them."""

from __future__ import annotations

from stacks.recovery.way import Seconds


def duration(seconds: Seconds) -> str:
    """`35 s`, `5 min`, `1 h 30 min`, `0`, `never`; beyond two minutes rounded up to minutes."""
    if seconds is None:
        return "never"
    if seconds < 120 and seconds % 60:
        return f"{seconds} s"
    hours, minutes = divmod(-(-seconds // 60), 60)
    parts = [f"{hours} h"] * (hours > 0) + [f"{minutes} min"] * (minutes > 0)
    return " ".join(parts) or "0"
