"""What AWS refuses in a serverless cache.

AWS: CreateServerlessCache, ElastiCache API Reference; from memory, not verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from simcloud.bindings.elasticache import _engines
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_NAME = re.compile(r"(?!.*--)[a-zA-Z][a-zA-Z0-9-]{0,39}(?<!-)")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_ONLY_REDIS = ("dailySnapshotTime", "snapshotArnsToRestores", "snapshotRetentionLimit", "userGroupId")
_GIGABYTES = (1, 5_000)
_UNITS = (1_000, 15_000_000)


def problems(new: Props) -> Iterator[Refusal]:
    """Contradictions inside the cache."""
    name, time, days = (new.get(key) for key in ("name", "dailySnapshotTime", "snapshotRetentionLimit"))
    if isinstance(name, str) and not _NAME.fullmatch(name):
        yield _invalid(
            f"{name!r}: 1 to 40 letters, digits and hyphens, beginning with a letter, without two hyphens in a row.",
            "name",
        )
    yield from _engine(new)
    if isinstance(time, str) and not _TIME.fullmatch(time):
        yield _invalid(f"the time {time!r} must be written hh24:mi.", "dailySnapshotTime")
    if isinstance(days, int | float) and not 0 <= days <= 35:
        yield _invalid(f"snapshots kept for {days:g} days, 0 to 35 allowed.", "snapshotRetentionLimit")
    limits, subnets = new.get("cacheUsageLimits"), new.get("subnetIds")
    if isinstance(limits, Mapping):
        yield from _limits(limits)
    if isinstance(subnets, list) and not 2 <= len(subnets) <= 3:
        yield _invalid(f"{len(subnets)} subnets, 2 or 3 in different zones are needed.", "subnetIds")


def _engine(new: Props) -> Iterator[Refusal]:
    engine, major = new["engine"], new.get("majorEngineVersion")
    if not isinstance(engine, str):
        return
    if engine not in _engines.SERVERLESS:
        yield _invalid(f"engine {engine!r} is not one of {', '.join(_engines.SERVERLESS)}.", "engine")
        return
    if isinstance(major, str) and major not in _engines.serverless_majors(engine):
        yield _invalid(
            f"Invalid major engine version {major} for {engine}: {', '.join(_engines.serverless_majors(engine))}.",
            "majorEngineVersion",
        )
    for name in _ONLY_REDIS if engine == "memcached" else ():
        if new.get(name):
            yield Refusal("InvalidParameterCombination", f"{name} is not for memcached.", name)


def _limits(limits: Mapping[str, Value]) -> Iterator[Refusal]:
    storage, units = limits.get("dataStorage"), limits.get("ecpuPerSeconds")
    yield from _range(storage, _GIGABYTES, "cacheUsageLimits.dataStorage")
    for position, unit in enumerate(units if isinstance(units, list) else ()):
        yield from _range(unit, _UNITS, f"cacheUsageLimits.ecpuPerSeconds[{position}]")


def _range(given: Value, allowed: tuple[int, int], path: str) -> Iterator[Refusal]:
    if not isinstance(given, Mapping):
        return
    low, high = given.get("minimum"), given.get("maximum")
    for name, value in (("minimum", low), ("maximum", high)):
        if isinstance(value, int | float) and not allowed[0] <= value <= allowed[1]:
            yield _invalid(f"{value:g}, {allowed[0]} to {allowed[1]} allowed.", f"{path}.{name}")
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        yield _invalid(f"the minimum {low:g} is above the maximum {high:g}.", f"{path}.minimum")


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("InvalidParameterValue", message, path)
