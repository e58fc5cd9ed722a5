"""Windows of time in which a service may work on a thing: daily `03:00-04:00`, weekly `sun:05:00-sun:06:00`, in UTC."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.bindings._checks import at
from simcloud.refusal import Refusal
from simcloud.values import Props

_CLOCK = r"([01]\d|2[0-3]):([0-5]\d)"
_DAILY = re.compile(f"{_CLOCK}-{_CLOCK}")
_WEEKLY = re.compile(f"([a-z]{{3}}):{_CLOCK}-([a-z]{{3}}):{_CLOCK}", re.IGNORECASE)
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_DAY, _WEEK = 24 * 60, 7 * 24 * 60


def problems(new: Props, daily: str, weekly: str, shortest: tuple[int, int], code: str) -> Iterator[Refusal]:
    """What is wrong with two windows: their form, their length (minutes, daily and weekly), and that they overlap."""
    day, week = at(new, daily), at(new, weekly)
    if isinstance(day, str) and daily_span(day) is None:
        yield Refusal(code, f"{day!r} is not a window such as 03:00-04:00.", daily)
    if isinstance(week, str) and weekly_span(week) is None:
        yield Refusal(code, f"{week!r} is not a window such as sun:05:00-sun:06:00.", weekly)
    spans = (daily_span(day), weekly_span(week))
    for path, span, least in zip((daily, weekly), spans, shortest, strict=True):
        if span is not None and span[1] < least:
            yield Refusal(code, f"the window has {span[1]} minutes, at least {least} are needed.", path)
    if spans[0] and spans[1] and _overlap(spans[0], spans[1]):
        yield Refusal(code, f"{daily} and {weekly} must not overlap.", daily)


def daily_span(text: object) -> tuple[int, int] | None:
    """Start, as minute of the day, and length."""
    found = _DAILY.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    start, end = _minute(found[1], found[2]), _minute(found[3], found[4])
    return start, (end - start) % _DAY


def weekly_span(text: object) -> tuple[int, int] | None:
    """Start, as minute of the week, and length."""
    found = _WEEKLY.fullmatch(text) if isinstance(text, str) else None
    if found is None or not {found[1].lower(), found[4].lower()} <= set(_DAYS):
        return None
    start = _DAYS.index(found[1].lower()) * _DAY + _minute(found[2], found[3])
    end = _DAYS.index(found[4].lower()) * _DAY + _minute(found[5], found[6])
    return start, (end - start) % _WEEK


def _minute(hour: str, minute: str) -> int:
    return int(hour) * 60 + int(minute)


def _overlap(daily: tuple[int, int], weekly: tuple[int, int]) -> bool:
    minutes = {(weekly[0] + passed) % _DAY for passed in range(min(weekly[1], _DAY))}
    return any((daily[0] + passed) % _DAY in minutes for passed in range(daily[1]))
